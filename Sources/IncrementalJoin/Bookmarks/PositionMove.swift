public import PartitionPredicate

/// Where the position of one output partition goes.
public struct PositionMove: Hashable, Sendable {
  /// The output partition.
  public let partition: Partition
  /// `JobDefinition.fingerprint` that counts as consumed.
  public let definition: String
  /// The versions that count as consumed, by input name; none for a partition that counts as new.
  public let inputs: [String: PartitionVersion]
  /// The build that this undoes: it holds the partition until its inputs change.
  public let undone: Undone?

  /// A build that is undone, with what it had read.
  public struct Undone: Hashable, Sendable {
    /// The run whose build it was.
    public let run: RunID
    /// What the run had read, by input name.
    public let inputs: [String: PartitionVersion]

    /// Creates an undone build.
    public init(run: RunID, inputs: [String: PartitionVersion]) {
      self.run = run
      self.inputs = inputs
    }
  }

  /// Creates a move.
  public init(
    partition: Partition, definition: String, inputs: [String: PartitionVersion],
    undone: Undone? = nil
  ) {
    self.partition = partition
    self.definition = definition
    self.inputs = inputs
    self.undone = undone
  }
}
