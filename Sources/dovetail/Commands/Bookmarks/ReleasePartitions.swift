import ArgumentParser
import IncrementalJoin

/// `dovetail bookmarks release`: partitions that an undo holds are let go.
struct ReleasePartitions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Let go of partitions that an undo holds, so that the next run builds them.",
    discussion: "Example: dovetail bookmarks release month=1/day=31 --confirm flights_weather")

  @OptionGroup var operation: BookmarkOperation

  func run() async throws { try await operation.perform(.release) }
}
