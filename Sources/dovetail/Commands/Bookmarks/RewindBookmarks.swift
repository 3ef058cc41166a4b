import ArgumentParser
import IncrementalJoin

/// `dovetail bookmarks rewind RUN`: moves positions back to where a run had left them.
struct RewindBookmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rewind",
    abstract: "Go back to the positions after a run: what was consumed since becomes pending.",
    discussion: """
      Example: dovetail bookmarks rewind 12 --input weather --note 'weather was wrong' \
      --confirm flights_weather

      Run 0 is before the first one. Published rows stay as they are until the next run.
      """)

  @Argument(help: ArgumentHelp("The run; 0 is before the first one.", valueName: "run"))
  var number: RunID

  @OptionGroup var operation: BookmarkOperation

  func run() async throws { try await operation.perform(.rewind(to: number)) }
}
