extension PushdownPredicate {
  /// What is known of the predicate from some of the keys alone.
  ///
  /// It is TRUE wherever the predicate can be TRUE for some values of the other keys, as far as conjunctions and
  /// disjunctions tell: `year = 2013 AND day = 1`, projected onto the year, is `year = 2013`. So a folder whose values
  /// do not satisfy the projection need not be entered.
  ///
  /// - Parameter keys: The places of the keys whose values are known.
  /// - Returns: A predicate over the same keys that uses only these.
  public func projected(onto keys: Set<Int>) -> PushdownPredicate {
    PushdownPredicate(keys: self.keys, root: root.projected(onto: keys), today: today)
  }
}

extension PredicateNode {
  fileprivate func projected(onto keys: Set<Int>) -> PredicateNode {
    if usedKeys.isSubset(of: keys) { return self }
    return switch kind {
    case .and(let terms): .all(terms.map { $0.projected(onto: keys) })
    case .or(let terms): .any(terms.map { $0.projected(onto: keys) })
    default: .constant(true)
    }
  }
}
