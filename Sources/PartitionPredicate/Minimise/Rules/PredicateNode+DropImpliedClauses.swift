extension PredicateNode {
  /// The junction without the deeper clauses that its own clauses decide.
  ///
  /// In month = 1 AND (month = 2 OR day = 3) the second month is FALSE wherever it matters, and in
  /// month = 1 OR (month != 1 AND day = 3) it is TRUE.
  func droppingImpliedClauses(_ keys: [PartitionKey]) -> PredicateNode? {
    guard let (junction, terms) = junction else { return nil }
    // Per key the values for which the deeper terms still matter.
    var open: [Int: ValueSet] = [:]
    for term in terms {
      guard let clause = KeyClause(term, keys: keys) else { continue }
      let values = junction == .and ? clause.values : clause.values.complement
      open[clause.key] = ValueSet.intersection(
        [values] + (open[clause.key].map { [$0] } ?? []), keys[clause.key].type)
    }
    if open.isEmpty { return nil }
    var isChanged = false
    let result = terms.map { term in
      term.junction == nil ? term : term.decided(within: open, keys, &isChanged)
    }
    return isChanged ? junction.node(result) : nil
  }

  /// The node with the clauses that are constant for the open values replaced by these constants.
  private func decided(
    within open: [Int: ValueSet], _ keys: [PartitionKey], _ isChanged: inout Bool
  ) -> PredicateNode {
    if let (junction, terms) = junction {
      return junction.node(terms.map { $0.decided(within: open, keys, &isChanged) }, range: range)
    }
    guard let clause = KeyClause(self, keys: keys), let values = open[clause.key] else {
      return self
    }
    let flag: Bool
    if values.isSubset(of: clause.values) {
      flag = true
    } else if values.isSubset(of: clause.values.complement) {
      flag = false
    } else {
      return self
    }
    isChanged = true
    return .constant(flag)
  }
}
