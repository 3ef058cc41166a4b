import ArgumentParser
import Foundation
import IncrementalJoin

/// `dovetail bookmarks skip`: marks pending partitions as not to be processed.
struct SkipPartitions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skip",
    abstract: "Mark pending partitions as not to be processed, with a note.",
    discussion: """
      Example: dovetail bookmarks skip month=1/day=31 --note 'broken delivery, comes again' \
      --confirm flights_weather

      A partition that was skipped is pending again as soon as another change of an input comes.
      """)

  @OptionGroup var operation: BookmarkOperation

  func validate() throws {
    let note = operation.why.note?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    if note.isEmpty {
      throw ValidationError(
        "Give the reason with --note: later, nothing else will explain why this is missing.")
    }
  }

  func run() async throws { try await operation.perform(.skip) }
}
