import ArgumentParser
import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording
import Workspace

/// `dovetail skew`: shows which input is late, and how late compared with the job's own history.
struct Skew: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show when each input landed, which side is still missing, and how late it is.",
    discussion: """
      Example: dovetail skew --job flights_weather
      or: dovetail skew month=1/day=31

      An input lands in a partition with its oldest file there. It is late when it has been missing \
      for longer than 95 of 100 partitions had to wait for it.
      """)

  @OptionGroup var partitions: PartitionOptions

  @Flag(help: "Show also the partitions in which every input has landed.")
  var all = false

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() async throws {
    let session = try await Session(options.workspace)
    let jobs =
      partitions.isEmpty
      ? try session.jobs(choice) : [try session.workspace.job(named: choice.job)]
    var reports: [PendingReport] = []
    var rows: [SkewJSON] = []
    for job in jobs {
      let report = try await session.report(of: job)
      reports.append(report)
      let chosen = try partitions.choice(session, job).resolve(
        in: report, ledger: try session.ledger())
      let named = chosen.map { Set($0) }
      let skew = ArrivalSkew(report)
      let shown = skew.partitions.filter { arrivals in
        named?.contains(arrivals.partition) ?? (all || !arrivals.missing.isEmpty)
      }
      if options.json {
        rows.append(SkewJSON(skew, shown, job: job.name))
      } else {
        print(skew, shown, job: job.name)
      }
    }
    if options.json { try Report.json(rows) }
    try session.refuseUnseen(reports)
  }

  private func print(
    _ skew: ArrivalSkew, _ shown: [ArrivalSkew.PartitionArrivals], job: String
  ) {
    Report.line("Arrivals of \(job), delays counted from the first input:")
    Report.table(
      ["INPUT", .number("MEDIAN DELAY"), .number("P95 DELAY"), .number("PARTITIONS")],
      skew.delays.map { delay in
        [
          delay.input, delay.median.map(Quantity.span) ?? "unknown",
          delay.p95.map(Quantity.span) ?? "unknown",
          Quantity.number(delay.partitions),
        ]
      })
    guard !shown.isEmpty else {
      return Report.line(
        skew.partitions.isEmpty
          ? "No input has a file yet."
          : "Nothing is awaited: every input has landed or was deleted.")
    }
    Report.line()
    Report.table(
      ["PARTITION"] + skew.delays.map { TextReport.Column("\($0.input) (UTC)") },
      shown.map { [$0.partition.path.text] + $0.arrivals.map(\.text) })
  }
}

extension ArrivalSkew.Arrival {
  /// `2026-01-01 00:00:00 +2 h` once it has landed, otherwise `missing for 3 d, late` or `deleted`.
  fileprivate var text: String {
    if isDeleted { return "deleted" }
    guard let landed else {
      let time = missingFor.map { " for \(Quantity.span($0))" } ?? ""
      return "missing\(time)" + (isLate == true ? ", late" : isLate == nil ? "" : ", not late yet")
    }
    let delay = delay ?? .zero
    return Quantity.instant(landed) + (delay > .zero ? " +\(Quantity.span(delay))" : "")
  }
}

/// The JSON of the arrival skew of one job.
struct SkewJSON: Encodable {
  struct Input: Encodable {
    let input: String
    let lag: LagJSON
  }

  struct Partition: Encodable {
    let partition: ExactText
    let arrivals: [Arrival]
  }

  struct Arrival: Encodable {
    let input: String
    let landed: Date?
    let delaySeconds: Double?
    let missingSeconds: Double?
    let late: Bool?
    let deleted: Bool?
  }

  let job: String
  let inputs: [Input]
  let partitions: [Partition]

  init(_ skew: ArrivalSkew, _ shown: [ArrivalSkew.PartitionArrivals], job: String) {
    self.job = job
    inputs = skew.delays.map { Input(input: $0.input, lag: LagJSON($0)) }
    partitions = shown.map { shown in
      Partition(
        partition: shown.partition.path,
        arrivals: shown.arrivals.map { arrival in
          Arrival(
            input: arrival.input, landed: arrival.landed,
            delaySeconds: arrival.delay.map { $0 / .seconds(1) },
            missingSeconds: arrival.missingFor.map { $0 / .seconds(1) }, late: arrival.isLate,
            deleted: arrival.isDeleted ? true : nil)
        })
    }
  }
}
