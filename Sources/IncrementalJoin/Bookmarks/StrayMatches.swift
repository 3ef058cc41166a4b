public import Foundation
public import PartitionPredicate

/// What a run found when it looked for partners of unmatched rows in other partitions.
///
/// Rows of different partitions never meet, so such partners are lost to the join.
public struct StrayMatches: Hashable, Sendable {
  /// The run that looked.
  public let run: RunID
  /// The job's first input, whose rows matched nothing.
  public let left: String
  /// The other input.
  public let right: String
  /// The output partition from whose rows a sample was taken.
  public let partition: Partition
  /// The number of the other input's other partitions that were examined.
  public let lookedAt: Int
  /// Distinct values of the join's columns that matched nothing in their own partition.
  public let sampled: Int
  /// Those among them that exactly one of the other partitions has.
  public let found: Int

  /// Creates a finding.
  public init(
    run: RunID, left: String, right: String, partition: Partition, lookedAt: Int, sampled: Int,
    found: Int
  ) {
    self.run = run
    self.left = left
    self.right = right
    self.partition = partition
    self.lookedAt = lookedAt
    self.sampled = sampled
    self.found = found
  }
}

/// Who has seen the alarms of some runs, which are then not shown again.
public struct AlarmAcknowledgement: Hashable, Sendable {
  /// The runs of the job whose alarms were seen.
  public let runs: ClosedRange<RunID>
  /// The operator.
  public let user: String
  /// When.
  public let instant: Date
  /// Why, in the operator's words.
  public let note: String?

  /// Creates an acknowledgement.
  public init(runs: ClosedRange<RunID>, user: String, at instant: Date, note: String? = nil) {
    self.runs = runs
    self.user = user
    self.instant = instant
    self.note = note
  }
}
