extension PushdownPredicate {
  /// The same predicate with long junctions cut into groups, and these into groups of groups.
  ///
  /// For engines whose parsers turn `a OR b OR c ...` into a tree as deep as it has terms: written
  /// with the groups in parentheses, the tree's depth grows with the logarithm of their number.
  ///
  /// - Parameter maximumTerms: The most terms of one AND or OR; at least 2.
  /// - Returns: An equivalent predicate, also in three-valued logic.
  public func balanced(maximumTerms: Int) -> PushdownPredicate {
    precondition(maximumTerms >= 2, "a junction has at least two terms")
    return PushdownPredicate(keys: keys, root: root.balanced(maximumTerms), today: today)
  }
}

extension PredicateNode {
  fileprivate func balanced(_ maximum: Int) -> PredicateNode {
    guard let (junction, terms) = junction else { return self }
    var groups = terms.map { $0.balanced(maximum) }
    while groups.count > maximum {
      // As even as possible, so that no group has a single term.
      let count = (groups.count + maximum - 1) / maximum
      groups = (0..<count).map { index in
        let bounds = [index, index + 1].map { $0 * groups.count / count }
        return junction.node(Array(groups[bounds[0]..<bounds[1]]))
      }
    }
    return junction.node(groups, range: range)
  }
}
