/// A simplified predicate, and how it came about.
public struct MinimisedPredicate: Hashable, Sendable {
  /// One application of a rule.
  public struct Step: Hashable, Sendable {
    /// The rule that applied.
    public let rule: MinimiserRule
    /// The node before; its range is its place in the text, where it was read from one.
    public let before: PredicateNode
    /// What replaced it.
    public let after: PredicateNode
  }

  /// Selects the same partitions as the predicate that was simplified.
  public let predicate: PushdownPredicate
  /// The rules that applied, in order.
  public let steps: [Step]
}

extension PushdownPredicate {
  /// An equivalent filter, by all rules: it selects the same partitions, whatever their values.
  ///
  /// Where this predicate is NULL the simplified one may be FALSE; neither selects.
  public func simplified() -> PushdownPredicate { Minimiser().minimise(self).predicate }
}
