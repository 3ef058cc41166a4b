/// What an operator asks a run to do.
public struct RunRequest: Hashable, Sendable {
  /// Output partitions to rebuild whether pending or not; nil for what is pending.
  public var partitions: [Partition]?
  /// Over the output's keys: of what is pending only the partitions that it selects; the rest stays
  /// pending.
  public var filter: PushdownPredicate?
  /// The plan that the operator saw: the run is refused when it would now be another.
  public var expectedPlan: String?
  /// Lets the run treat a whole input as deleted, or remove more than the job's limit.
  public var allowsRemovals: Bool
  /// Lets the run take over an output location whose data no run of this workspace wrote.
  public var adoptsOutput: Bool

  /// Creates a request; by default for what is pending.
  public init(
    partitions: [Partition]? = nil, filter: PushdownPredicate? = nil, expectedPlan: String? = nil,
    allowsRemovals: Bool = false, adoptsOutput: Bool = false
  ) {
    self.partitions = partitions
    self.filter = filter
    self.expectedPlan = expectedPlan
    self.allowsRemovals = allowsRemovals
    self.adoptsOutput = adoptsOutput
  }
}
