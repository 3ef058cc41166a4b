/// When a pending partition is taken by a run.
public enum WaitPolicy: Hashable, Sendable {
  /// As soon as anything changes: the recipe.
  case anyChange
  /// Only when every input has landed in the partition, or, with a deadline, when that much time has
  /// passed since the first one did.
  case allInputs(deadline: Duration?)
}
