import ArgumentParser
import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Workspace

/// `dovetail changes`: what became of the jobs since yesterday.
struct ShowChanges: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: "Show what changed lately: files that landed, runs, and what these published.",
    discussion: """
      Example: dovetail changes --since 2d

      Files count by their modification time, partitions by the newest run that wrote them.
      """)

  @Option(
    help: ArgumentHelp(
      "How far to look back, such as 90m, 2h or 7d; by default a day.", valueName: "span"),
    transform: { text in
      guard let span = DeclaredQuantity.duration(text), span >= .seconds(1) else {
        throw ValidationError("\"\(text)\" is not a span of time: write 90s, 15m, 2h or 7d.")
      }
      return span
    })
  var since = Duration.seconds(86_400)

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() async throws {
    let session = try await Session(options.workspace)
    let start = Date(timeIntervalSinceNow: -(since / .seconds(1)))
    var changes: [RecentChanges] = []
    for job in try session.jobs(choice) {
      changes.append(try await session.recentChanges(of: job, since: start))
    }
    if options.json { return try Report.json(changes.map { RecentChangesJSON($0) }) }
    for change in changes { Report.titled(.recentChanges(change)) }
  }
}

/// The JSON of what changed in one job.
struct RecentChangesJSON: Encodable {
  struct Landed: Encodable {
    let input: String
    let files: Int
    let bytes: Int64
    let partitions: Int
    let newestFile: Date?
  }

  struct Published: Encodable {
    let partition: ExactText
    let run: RunID
    let rowsBefore: Int64?
    let rowsNow: Int64?
  }

  let job: String
  let since: Date
  let pending: Int
  let held: Int
  let landed: [Landed]
  let runs: [RunRecordJSON]
  let published: [Published]

  init(_ changes: RecentChanges) {
    job = changes.job
    since = changes.since
    pending = changes.pending
    held = changes.held
    landed = changes.arrivals.map { arrival in
      Landed(
        input: arrival.input, files: arrival.files, bytes: arrival.bytes,
        partitions: arrival.partitions,
        newestFile: arrival.newest.map { Date(timeIntervalSince1970: Double($0) / 1e9) })
    }
    runs = changes.runs.map { RunRecordJSON($0) }
    published = changes.changes.map {
      Published(
        partition: $0.partition.path, run: $0.run, rowsBefore: $0.rowsBefore, rowsNow: $0.rowsNow)
    }
  }
}
