public import Foundation
public import PartitionPredicate

/// Everything about one output partition: why it is pending, or why it is not.
public struct PartitionAccount: Hashable, Sendable {
  /// Where the partition stands.
  public enum Status: Hashable, Sendable {
    /// The next run builds it.
    case pending
    /// It is pending, and a run leaves it out for now.
    case held(Hold)
    /// What it would read is what was consumed.
    case settled
    /// No input has it, and it was never consumed or built; `near` are neighboring partitions.
    case unknown(near: [Partition])
  }

  /// One branch of the why-tree.
  public struct Cause: Hashable, Sendable {
    /// Why the partition is pending.
    public let reason: Reason
    /// The input that it is about; nil when it is about none.
    public let input: String?
    /// The input's own partition.
    public let partition: Partition?
    /// The files, in the order of their paths.
    public let changes: [FileChange]

    /// What kind of event it was; nil for a reason that is no change of an input.
    public var changeClass: ChangeClass? { reason.changeClass }
  }

  /// One input of the partition: what it is, what was consumed from it and what was built from it.
  public struct Input: Hashable, Sendable {
    /// The job's input.
    public let name: String
    /// The input's own partition; nil for an unknown partition.
    public let partition: Partition?
    /// What the listing saw; nil without files.
    public let current: PartitionVersion?
    /// Whether all of that is of neighboring partitions, which are read as halo.
    public let isHaloOnly: Bool
    /// The consumed files; nil when none were.
    public let consumed: PartitionVersion?
    /// The files that the published content was built from; nil when none were.
    public let built: PartitionVersion?
    /// When it landed and how late it is; nil while no input has files of the partition.
    public let arrival: ArrivalSkew.Arrival?
    /// Which of its changes make output partitions pending.
    public let changes: ChangePolicy
  }

  /// Why the published content was not built from what counts as consumed.
  public enum Divergence: Hashable, Sendable {
    /// A run built the partition and left its position where it was.
    case built(run: RunID, mode: BookmarkMode?)
    /// A run moved the position and built nothing; `kind` is nil when the ledger has no record of it.
    case moved(run: RunID, kind: RunKind?)
  }

  /// What one run did with the partition.
  public struct Visit: Hashable, Sendable {
    /// The run.
    public let run: RunRecord
    /// How its work unit ended.
    public let unit: WorkUnitRecord
  }

  /// The job as it was when the report was made.
  public let job: String
  /// In the order of the output's keys.
  public let partition: Partition
  /// When the inputs were listed.
  public let listedAt: Date
  /// Where it stands.
  public let status: Status
  /// The why-tree: empty for a partition that is not pending.
  public let causes: [Cause]
  /// Whether its files are those that count as consumed, and only what is published was built from others: then the
  /// causes compare with these.
  public let isBehind: Bool
  /// One an input of the job, in its order.
  public let inputs: [Input]
  /// What counts as consumed; nil when nothing ever did.
  public let position: Position?
  /// The run that moved the position; nil without a position or a record of the run.
  public let positionRun: RunRecord?
  /// What the published content was built from; nil when the partition was never built.
  public let lineage: Lineage?
  /// Why position and lineage differ; nil when they agree, and when there is neither.
  public let divergence: Divergence?
  /// The newest runs that did something with the partition, newest first.
  public let visits: [Visit]
  /// Whether a publish of the partition was interrupted, which the next run recovers.
  public let isUnfinished: Bool
  /// What the listings found and could not count as data.
  public let problems: [ListingProblem]
  /// Files that landed and cannot change it, so that it is not pending.
  public internal(set) var outOfReach: [OutOfReach] = []

  /// The inputs that have no file here, while another one has; in the job's order.
  public var missingInputs: [Input] {
    inputs.contains { $0.current != nil } ? inputs.filter { $0.current == nil } : []
  }

  /// When the first input landed; nil without files.
  public var landed: Date? { inputs.compactMap { $0.arrival?.landed }.min() }
}
