public import Foundation

/// What is pending for one job, and the listings that say so.
public struct PendingReport: Sendable {
  /// The job whose inputs were listed, as it is defined now.
  public let job: JobDefinition
  /// One snapshot an input, in the job's order.
  public let snapshots: [Snapshot]
  /// Every partition that an input has, that a position knows or that is published, pending or not, in
  /// order.
  public let known: [PendingPartition]
  /// Where every known partition stands that has a position, by canonical path.
  public let positions: [ExactText: Position]
  /// The newest lineage of every partition that was ever built, by canonical path.
  public let lineages: [ExactText: Lineage]
  /// Known partitions whose position is behind what is published, by canonical path: a paused run
  /// published them, or an operator went back.
  let behind: Set<ExactText>
  /// Output partitions whose publish was interrupted; the next run recovers them.
  public let unfinished: [ExactText]

  /// The partitions that differ from their position, held ones included, in order.
  public var pending: [PendingPartition] { known.filter { !$0.reasons.isEmpty } }

  /// What the listings met and could not count as data.
  public var problems: [ListingProblem] {
    var seen: Set<ListingProblem> = []
    return snapshots.flatMap(\.problems).filter { seen.insert($0).inserted }
  }

  /// When the first listing began.
  public var listedAt: Date { snapshots.map(\.listedAt).min() ?? .distantPast }

  /// Inputs that positions know files of and that have none at all now.
  public var emptiedInputs: [String] {
    zip(job.inputs, snapshots).filter { input, snapshot in
      snapshot.partitions.isEmpty
        && known.contains { partition in
          partition.reasons.contains {
            if case .inputChanged(input.name, _, _) = $0 { true } else { false }
          }
        }
    }.map(\.0.name)
  }

  /// The same report, in which other partitions stand for the known ones.
  func replacing(known: [PendingPartition]) -> PendingReport {
    PendingReport(
      job: job, snapshots: snapshots, known: known, positions: positions, lineages: lineages,
      behind: behind, unfinished: unfinished)
  }
}
