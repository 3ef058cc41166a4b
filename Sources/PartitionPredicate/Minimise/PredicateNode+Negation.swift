extension PredicateNode {
  /// NOT this node, with the NOT moved into the operators of the clauses.
  ///
  /// It is exact in three-valued logic: NULL stays NULL. Where no operator says it, as for `<=>`, the
  /// NOT remains in front of the clause.
  var negated: PredicateNode {
    switch kind {
    case .literal(.boolean(let flag)): PredicateNode(.literal(.boolean(!flag)), type, range: range)
    case .literal(.null): self
    case .not(let operand): operand
    case .and(let terms): PredicateNode(.or(terms.map(\.negated)), .boolean, range: range)
    case .or(let terms): PredicateNode(.and(terms.map(\.negated)), .boolean, range: range)
    case .comparison(let comparison, let left, let right, let shared):
      comparison.negated.map {
        PredicateNode(.comparison($0, left, right, as: shared), .boolean, range: range)
      } ?? PredicateNode(.not(self), .boolean, range: range)
    case .test(let test, let negated):
      PredicateNode(.test(test, negated: !negated), .boolean, range: range)
    case .literal, .key, .call, .cast: PredicateNode(.not(self), .boolean, range: range)
    }
  }

  /// The same predicate with every NOT above AND, OR and clauses moved down.
  var withNegationsDown: PredicateNode {
    switch kind {
    case .not(let operand):
      if case .not(let inner) = operand.kind { return inner.withNegationsDown }
      let negated = operand.negated
      // No operator says it.
      if case .not = negated.kind { return negated }
      return negated.withNegationsDown
    case .and(let terms):
      return PredicateNode(.and(terms.map(\.withNegationsDown)), .boolean, range: range)
    case .or(let terms):
      return PredicateNode(.or(terms.map(\.withNegationsDown)), .boolean, range: range)
    default: return self
    }
  }
}

extension ComparisonOperator {
  /// The comparison that is TRUE where this one is FALSE; nil for `<=>`, which has none.
  fileprivate var negated: ComparisonOperator? {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    case .nullSafeEqual: nil
    }
  }
}
