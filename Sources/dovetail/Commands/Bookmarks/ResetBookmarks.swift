import ArgumentParser
import IncrementalJoin

/// `dovetail bookmarks reset`: makes nothing count as consumed.
struct ResetBookmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset",
    abstract: "Forget what was consumed: everything becomes pending.",
    discussion: """
      Example: dovetail bookmarks reset 'month=1/day=1..month=1/day=7' --confirm flights_weather

      Published rows stay as they are until the next run. An input whose table declaration has \
      changed is accepted as it is now.
      """)

  @OptionGroup var operation: BookmarkOperation

  func run() async throws { try await operation.perform(.reset) }
}
