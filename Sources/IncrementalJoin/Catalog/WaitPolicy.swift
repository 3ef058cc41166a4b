/// When a run builds a pending partition.
public enum WaitPolicy: Hashable, Sendable {
  /// As soon as anything changes: the recipe.
  case anyChange
  /// Only when every input has landed in the partition, or, with a deadline, when that much time has
  /// passed since the first one did.
  case allInputs(of: WaitScope = .partition, deadline: Duration?)
}

/// How much of an input must have landed.
public enum WaitScope: String, Hashable, Sendable, CaseIterable {
  /// A file in any of the partitions that are read.
  case partition
  /// A file in each of the partitions into which the input's keys divide the time that is read.
  case window
}
