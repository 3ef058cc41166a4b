public import Foundation
public import IncrementalJoin
public import PartitionPredicate
import Wording

/// Everything that a picture of a job shows.
public struct JobReport: Sendable {
  /// A partition that a run would build, or leave out for now.
  public struct Pending: Hashable, Sendable {
    /// In the order of the output's keys.
    public let partition: Partition
    /// Pending, stale, held or failed.
    public let status: PartitionStatus
    /// Why, in one line: what changed, and why it is held or failed.
    public let reason: String
  }

  /// How many pending partitions are listed individually.
  public static let pendingLimit = 40

  /// The workspace's name.
  public let workspace: String
  /// The job's name.
  public let job: String
  /// When the inputs were listed.
  public let listedAt: Date
  /// The inputs and the output, partition by partition.
  public let calendar: JobCalendar
  /// The newest runs.
  public let history: RunHistory
  /// When the inputs landed.
  public let delays: ArrivalDelays
  /// What waits for the operator; at least one.
  public let steps: [NextStep]
  /// The first pending partitions: those that failed, then the others in order.
  public let pending: [Pending]
  /// How many partitions are pending in all, including those that are held.
  public let pendingCount: Int
  /// What the listings found and could not count as data.
  public let problems: [String]

  /// Builds a report.
  ///
  /// - Parameters:
  ///   - status: The job's status.
  ///   - workspace: The workspace's name.
  ///   - runs: The runs to show, in any order.
  ///   - matches: The job's match ledger, newest run first.
  public init(
    _ status: JobStatus, workspace: String, runs: [RunRecord], matches: [MatchRecord]
  ) {
    let report = status.report
    let failures = status.failures
    self.workspace = workspace
    job = report.job.name
    listedAt = report.listedAt
    calendar = JobCalendar(report, matches: matches, failed: Set(failures.keys))
    history = RunHistory(runs, matches: matches)
    delays = ArrivalDelays(ArrivalSkew(report))
    steps = status.nextSteps
    problems = report.problems.map(\.description)
    let waiting = report.known.filter { !$0.reasons.isEmpty }
    pendingCount = waiting.count
    let failed = waiting.filter { failures[$0.partition] != nil }
    let others = waiting.filter { failures[$0.partition] == nil }
    pending = (failed.prefix(Self.pendingLimit) + others.prefix(Self.pendingLimit))
      .prefix(Self.pendingLimit).map { partition in
        let message = failures[partition.partition].map { $0.message ?? "failed" }
        return Pending(
          partition: partition.partition, status: PartitionStatus(of: partition, in: status),
          reason: message ?? partition.hold.map { "\($0)" } ?? partition.reasonText)
      }
  }

  /// Partitions of the output by their status.
  public func count(_ status: PartitionStatus) -> Int { calendar.output.counts[status] ?? 0 }

  /// The most telling figures, each with its name.
  public var figures: [(name: String, value: String)] {
    let rows = calendar.output.entries.reduce(0 as Int64) { $0 + ($1.cell.rows ?? 0) }
    let last = history.points.last
    return [
      ("pending", Quantity.number(count(.pending) + count(.stale))),
      ("held", Quantity.number(count(.held))),
      ("failed", Quantity.number(count(.failed))),
      ("up to date", Quantity.number(count(.done) + count(.empty))),
      ("rows published", Quantity.number(rows)),
      ("last run", last.map { "\($0.run) \($0.state.rawValue)" } ?? "never ran"),
    ]
  }
}
