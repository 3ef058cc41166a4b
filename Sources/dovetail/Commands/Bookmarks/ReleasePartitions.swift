import ArgumentParser
import IncrementalJoin

/// `dovetail bookmarks release`: releases partitions held by an undo or because they would be emptied.
struct ReleasePartitions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Release partitions that an undo holds or that would be emptied.",
    discussion: """
      Example: dovetail bookmarks release month=1/day=31 --confirm flights_weather

      The next run builds what an undo held, and removes what was held because it would be emptied.
      """)

  @OptionGroup var operation: BookmarkOperation

  func run() async throws { try await operation.perform(.release) }
}
