import ArgumentParser
import Foundation
import IncrementalJoin

/// `dovetail bookmarks`: what every input's positions add up to.
struct Bookmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the bookmark of every input of every job.",
    discussion: "Example: dovetail bookmarks --job flights_weather")

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() throws {
    let session = try Session(options.workspace)
    let ledger = session.ledger()
    let bookmarks = try session.jobs(choice).flatMap { try Bookmark.all(of: $0, in: ledger) }
    if options.json { return try Report.json(bookmarks.map(Shape.init)) }
    Report.table(
      ["JOB", "INPUT", "RUN", "LISTED AT", "NEWEST FILE", "PARTITIONS", "FILES", "BYTES"],
      bookmarks.map { bookmark in
        [
          bookmark.job, bookmark.input, bookmark.run.map { "\($0)" } ?? "never",
          bookmark.listedAt?.formatted(.iso8601) ?? "",
          bookmark.files == 0 ? "" : timestamp(bookmark.newest), "\(bookmark.partitions)",
          "\(bookmark.files)", "\(bookmark.bytes)",
        ]
      })
  }

  private struct Shape: Encodable {
    let job: String
    let input: String
    let table: String
    let run: RunID?
    let listedAt: Date?
    let newestFile: String?
    let partitions: Int
    let files: Int
    let bytes: Int64

    init(_ bookmark: Bookmark) {
      job = bookmark.job
      input = bookmark.input
      table = bookmark.table
      run = bookmark.run
      listedAt = bookmark.listedAt
      newestFile = bookmark.files == 0 ? nil : timestamp(bookmark.newest)
      partitions = bookmark.partitions
      files = bookmark.files
      bytes = bookmark.bytes
    }
  }
}
