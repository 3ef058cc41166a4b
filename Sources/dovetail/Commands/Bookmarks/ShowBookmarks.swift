import ArgumentParser
import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// `dovetail bookmarks show`: what each input's positions add up to, and what has arrived since.
struct ShowBookmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what was consumed of every input, as of when, and what arrived since.",
    discussion: """
      Example: dovetail bookmarks show --job flights_weather --partitions

      The delay of an input is how long after the first one it lands, over the partitions that have all \
      of them. The counters are Glue's: run, attempt and version.
      """)

  @Flag(help: "List where the position of every output partition stands instead.")
  var partitions = false

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() async throws {
    let session = try await Session(options.workspace)
    let statuses = try await session.statuses(choice)
    if partitions {
      let rows = statuses.flatMap { PositionJSON.all(in: $0.report) }
      options.json ? try Report.json(rows) : printPositions(rows)
    } else {
      let rows = statuses.flatMap { BookmarkJSON.all(in: $0) }
      options.json ? try Report.json(rows) : printBookmarks(rows, statuses)
    }
    try session.refuseUnseen(statuses.map(\.report))
  }

  private func printBookmarks(_ rows: [BookmarkJSON], _ statuses: [JobStatus]) {
    Report.table(
      [
        "JOB", "INPUT", .number("RUN"), "LISTED AT", "NEWEST FILE", .number("PARTITIONS"),
        .number("FILES"), .number("BYTES"),
      ],
      zip(rows, statuses.flatMap(\.bookmarks)).map { row, bookmark in
        [
          row.job, row.input, row.run.map { "\($0)" } ?? "never",
          row.listedAt.map(Quantity.instant) ?? "",
          bookmark.files == 0 ? "" : Quantity.instant(nanoseconds: bookmark.newest),
          Quantity.number(row.partitions), Quantity.number(row.files),
          Quantity.bytes(row.bytes),
        ]
      })
    for status in statuses {
      Report.line()
      Report.titled(.bookmarks(status))
    }
  }

  private func printPositions(_ rows: [PositionJSON]) {
    if rows.isEmpty { Report.line("No partition is known yet.") }
    Report.table(
      ["JOB", "PARTITION", "POSITION", "BUILT BY", "VERSIONS", "STATUS"],
      rows.map { row in
        [
          row.job, row.partition.text, row.run.map { "run \($0)" } ?? "none",
          row.builtBy.map { "run \($0)" } ?? "never",
          row.inputs.sorted { $0.key < $1.key }
            .map { "\($0.key) \($0.value.prefix(8))" }.joined(separator: ", "),
          row.status.rawValue,
        ]
      })
  }
}
