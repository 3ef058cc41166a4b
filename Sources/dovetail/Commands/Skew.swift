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

      An input lands in a partition with its oldest file there; for a job with `of: window`, with the \
      last part of the window. It is late when it has been missing for longer than 95 of 100 partitions \
      had to wait for it.
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
        if named != nil { printAbsent(of: shown) }
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
    let hasDeadline = shown.contains { $0.deadline != nil }
    let headings = ["PARTITION"] + skew.delays.map { TextReport.Column("\($0.input) (UTC)") }
    let rows = shown.map { [$0.partition.path.text] + $0.arrivals.map(\.text) }
    Report.table(
      hasDeadline ? headings + ["DEADLINE (UTC)"] : headings,
      hasDeadline ? zip(rows, shown).map { $0 + [$1.deadlineText] } : rows)
  }

  /// Says which parts of the windows of partitions are missing.
  private func printAbsent(of shown: [ArrivalSkew.PartitionArrivals]) {
    for partition in shown {
      for arrival in partition.missing {
        guard let presence = arrival.presence else { continue }
        Report.line(
          "\(partition.partition.path): \(arrival.input) lacks \(presence.absence) UTC.")
      }
    }
  }
}

extension ArrivalSkew.PartitionArrivals {
  /// `2026-01-02 12:00:00`, or with `, passed`; empty where nothing is awaited.
  fileprivate var deadlineText: String {
    deadline.map { "\(Quantity.instant($0))\(isOverdue ? ", passed" : "")" } ?? ""
  }
}

extension ArrivalSkew.Arrival {
  /// `2026-01-01 00:00:00 +2 h` once it has landed, otherwise `missing for 3 d, late`, `18 of 25 hours missing for 3 d`,
  /// `deleted` or `not awaited`.
  fileprivate var text: String {
    if isDeleted { return "deleted" }
    guard let landed else {
      guard let missingFor else { return "not awaited" }
      let parts = presence.map { "\($0.missing) of \($0.expected) \($0.unit) " } ?? ""
      let word = isLate.map { $0 ? ", late" : ", not late yet" } ?? ""
      return "\(parts)missing for \(Quantity.span(missingFor))\(word)"
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
    let deadline: Date?
    let overdue: Bool?
  }

  struct Arrival: Encodable {
    let input: String
    let landed: Date?
    let delaySeconds: Double?
    let missingSeconds: Double?
    let late: Bool?
    let deleted: Bool?
    let window: Window?
  }

  struct Window: Encodable {
    struct Absence: Encodable {
      let from: Date
      let to: Date
    }

    let present: Int
    let expected: Int
    let unit: String
    let absent: [Absence]

    init(_ presence: WindowPresence) {
      present = presence.present
      expected = presence.expected
      unit = presence.unit
      absent = presence.absent.map { Absence(from: $0.lowerBound, to: $0.upperBound) }
    }
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
            deleted: arrival.isDeleted ? true : nil, window: arrival.presence.map { Window($0) })
        }, deadline: shown.deadline, overdue: shown.deadline == nil ? nil : shown.isOverdue)
    }
  }
}
