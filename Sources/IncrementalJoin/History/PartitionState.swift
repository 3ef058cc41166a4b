/// A state by which an operator chooses output partitions.
public enum PartitionState: String, Hashable, Sendable, Codable, CaseIterable {
  /// A run would take it now.
  case pending
  /// Pending, and left out by runs for now.
  case held
  /// Its work unit failed: in the run that the choice names, otherwise in the newest run or rerun that ended.
  case failed
  /// Some input has files here and another one has none.
  case oneSided = "one-sided"
  /// The output has rows of it.
  case published
}
