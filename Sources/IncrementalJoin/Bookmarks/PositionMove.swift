public import PartitionPredicate

/// Where to move the position of one output partition.
public struct PositionMove: Hashable, Sendable {
  /// The output partition.
  public let partition: Partition
  /// `JobDefinition.fingerprint` that counts as consumed.
  public let definition: String
  /// The versions that count as consumed, by input name; none for a partition that counts as new.
  public let inputs: [String: PartitionVersion]
  /// The build that this undoes: it holds the partition until its inputs change.
  public let undone: UndoneBuild<PartitionVersion>?

  /// Creates a move.
  public init(
    partition: Partition, definition: String, inputs: [String: PartitionVersion],
    undone: UndoneBuild<PartitionVersion>? = nil
  ) {
    self.partition = partition
    self.definition = definition
    self.inputs = inputs
    self.undone = undone
  }

  /// The partition's position once a run has made the move.
  public func position(movedBy run: RunID) -> Position {
    Position(
      run: run, definition: definition, inputs: inputs.mapValues { VersionReference($0) },
      undone: undone?.mapInputs { $0.mapValues { VersionReference($0) } })
  }
}
