import ArgumentParser
import IncrementalJoin

/// `dovetail bookmarks set`: the current files count as consumed.
struct SetBookmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Take the current files as consumed without running: these are already right.",
    discussion: """
      Example: dovetail bookmarks set --where 'month = 1' --note 'loaded by hand' \
      --confirm flights_weather

      What is published stays as it is. A changed definition of the job counts as applied too, unless \
      --input names one input.
      """)

  @OptionGroup var operation: BookmarkOperation

  func run() async throws { try await operation.perform(.set) }
}
