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
    case .isBetween(let value, let low, let high, let asLow, let asHigh, let negated):
      PredicateNode(
        .isBetween(value, low: low, high: high, asLow: asLow, asHigh: asHigh, negated: !negated),
        .boolean, range: range)
    case .isIn(let value, let list, let shared, let negated):
      PredicateNode(.isIn(value, list, as: shared, negated: !negated), .boolean, range: range)
    case .isLike(let value, let pattern, let escape, let negated):
      PredicateNode(
        .isLike(value, pattern: pattern, escape: escape, negated: !negated), .boolean, range: range)
    case .matches(let value, let pattern, let negated):
      PredicateNode(.matches(value, pattern: pattern, negated: !negated), .boolean, range: range)
    case .isNull(let operand, let negated):
      PredicateNode(.isNull(operand, negated: !negated), .boolean, range: range)
    case .isTruth(let operand, let flag, let shared, let negated):
      PredicateNode(.isTruth(operand, flag, as: shared, negated: !negated), .boolean, range: range)
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
