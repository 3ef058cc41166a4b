extension PredicateNode {
  /// NOT above AND, OR and clauses as the negated operators.
  func pushingNegationDown() -> PredicateNode? {
    guard case .not = kind else { return nil }
    let pushed = withNegationsDown
    return pushed == self ? nil : pushed
  }
}
