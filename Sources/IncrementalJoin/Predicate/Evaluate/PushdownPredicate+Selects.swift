extension PushdownPredicate {
  /// Whether the predicate selects a partition; its keys are found by name, ignoring case.
  public func selects(_ partition: Partition) -> Bool {
    PredicateEvaluator(self).selects(partition)
  }
}
