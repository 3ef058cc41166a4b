public import PartitionPredicate

/// One entry of the match ledger.
public struct MatchRecord: Hashable, Sendable {
  /// The run that joined.
  public let run: RunID
  /// The output partition.
  public let partition: Partition
  /// How two inputs met.
  public let match: InputMatch
  /// Whether the run's build of the partition was undone, in which case others are not compared with it.
  public let isUndone: Bool

  /// Creates an entry.
  public init(run: RunID, partition: Partition, match: InputMatch, isUndone: Bool = false) {
    self.run = run
    self.partition = partition
    self.match = match
    self.isUndone = isUndone
  }
}
