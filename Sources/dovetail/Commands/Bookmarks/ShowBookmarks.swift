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

      LAG is how long after the first input this one lands, over the partitions that have all inputs. \
      The counters are Glue's: run, attempt and version.
      """)

  @Flag(help: "List where the position of every output partition stands instead.")
  var partitions = false

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() async throws {
    let session = try await Session(options.workspace)
    let statuses = try await session.statuses(choice)
    if partitions {
      let shapes = statuses.flatMap { PositionShape.all(in: $0.report) }
      options.json ? try Report.json(shapes) : printPositions(shapes)
    } else {
      let shapes = statuses.flatMap { BookmarkShape.all(in: $0) }
      options.json ? try Report.json(shapes) : printBookmarks(shapes, statuses)
    }
    try session.refuseUnseen(statuses.map(\.report))
  }

  private func printBookmarks(_ shapes: [BookmarkShape], _ statuses: [JobStatus]) {
    Report.table(
      ["JOB", "INPUT", "RUN", "LISTED AT", "NEWEST FILE", "PARTITIONS", "FILES", "BYTES"],
      shapes.map { shape in
        [
          shape.job, shape.input, shape.run.map { "\($0)" } ?? "never",
          shape.listedAt.map(Quantity.instant) ?? "", shape.newestFile ?? "",
          Quantity.number(shape.partitions), Quantity.number(shape.files),
          Quantity.bytes(shape.bytes),
        ]
      })
    for status in statuses {
      Report.line()
      Report.titled(.bookmarks(status))
    }
  }

  private func printPositions(_ shapes: [PositionShape]) {
    if shapes.isEmpty { Report.line("No partition is known yet.") }
    Report.table(
      ["JOB", "PARTITION", "POSITION", "BUILT BY", "VERSIONS", "STANDING"],
      shapes.map { shape in
        [
          shape.job, shape.partition.text, shape.run.map { "run \($0)" } ?? "none",
          shape.builtBy.map { "run \($0)" } ?? "never",
          shape.inputs.sorted { $0.key < $1.key }
            .map { "\($0.key) \($0.value.prefix(8))" }.joined(separator: ", "),
          shape.standing.rawValue,
        ]
      })
  }
}
