extension PredicateNode {
  /// The node with every part computed that depends neither on a key nor on the day.
  ///
  /// Parts keep their types, so that nothing else is cast than before.
  func foldingConstants() -> PredicateNode? {
    // The terms of AND and OR are rewritten one by one.
    if junction != nil { return value }
    if isPlainClause { return nil }
    let folded = folded()
    return folded == self ? nil : folded
  }

  /// Whether there is nothing to compute: a key against literals.
  private var isPlainClause: Bool {
    var hasKey = keyIndex != nil
    for child in children {
      if child.keyIndex != nil { hasKey = true } else if !child.isLiteral { return false }
    }
    return hasKey
  }

  private func folded() -> PredicateNode {
    if case .literal = kind { return self }
    if isPlainClause { return self }
    let operands = children.map { $0.folded() }
    let node = operands == children ? self : replacingChildren(operands)
    return node.value ?? node
  }

  /// The literal that the node is, where its operands are literals and so is its value.
  private var value: PredicateNode? {
    guard isFoldable, children.allSatisfy(\.isLiteral), !isDependentOnDay else { return nil }
    let evaluator = PredicateEvaluator(PushdownPredicate(keys: [], root: self, today: 0))
    let value = evaluator.value(of: self, [])
    if type != .boolean, value == .null { return nil }
    return PredicateNode(.literal(value), value == .null ? .null : type, range: range)
  }

  /// A double has no literal, and a bigint's literal is read as an int where it is small.
  private var isFoldable: Bool {
    switch type {
    case .boolean, .int, .date, .timestamp, .string: true
    case .null, .bigint, .decimal, .double: false
    }
  }

  private var isLiteral: Bool {
    if case .literal = kind { return true }
    return false
  }

  /// Whether the day matters: for `current_date`, and for a time without a date as a timestamp.
  private var isDependentOnDay: Bool {
    if case .call(.currentDate, _) = kind { return true }
    let values = [0, 1].map { today in
      PredicateEvaluator(PushdownPredicate(keys: [], root: self, today: today))
        .value(of: self, [])
    }
    return values[0] != values[1]
  }

  /// The node with other operands of the same types.
  private func replacingChildren(_ operands: [PredicateNode]) -> PredicateNode {
    let kind: Kind =
      switch self.kind {
      case .literal, .key: self.kind
      case .call(let function, _): .call(function, operands)
      case .cast: .cast(operands[0])
      case .comparison(let comparison, _, _, let shared):
        .comparison(comparison, operands[0], operands[1], as: shared)
      case .test(let test, let negated): .test(test.replacing(operands), negated: negated)
      case .not: .not(operands[0])
      case .and: .and(operands)
      case .or: .or(operands)
      }
    return PredicateNode(kind, type, range: range)
  }
}

extension PredicateNode.Test {
  /// The question with other operands of the same types.
  fileprivate func replacing(_ operands: [PredicateNode]) -> PredicateNode.Test {
    switch self {
    case .isBetween(let between):
      .isBetween(
        PredicateNode.Between(
          value: operands[0], low: operands[1], high: operands[2], lowType: between.lowType,
          highType: between.highType))
    case .isIn(_, _, let shared): .isIn(operands[0], Array(operands.dropFirst()), as: shared)
    case .isLike(_, _, let escape): .isLike(operands[0], pattern: operands[1], escape: escape)
    case .matches: .matches(operands[0], pattern: operands[1])
    case .isNull: .isNull(operands[0])
    case .isTruth(_, let flag, let shared): .isTruth(operands[0], flag, as: shared)
    }
  }
}

extension PredicateNode {
  /// The junction without neutral constants, or the constant that decides it; NULL is FALSE here.
  func absorbingConstants() -> PredicateNode? {
    guard let (junction, terms) = junction else {
      if case .literal(.null) = kind { return .constant(false) }
      return nil
    }
    let constants = terms.map(\.constantSelection)
    if constants.contains(!junction.neutral) { return .constant(!junction.neutral) }
    guard constants.contains(junction.neutral) else { return nil }
    return junction.node(zip(terms, constants).filter { $0.1 == nil }.map(\.0))
  }
}

extension PredicateNode {
  /// The operand of IS TRUE, and the negated operand of IS FALSE; in positive position only.
  func droppingTruthTest() -> PredicateNode? {
    guard case .test(.isTruth(let operand, let flag, as: .boolean), negated: false) = kind,
      operand.type == .boolean
    else { return nil }
    return flag ? operand : PredicateNode(.not(operand), .boolean)
  }

  /// NOT above AND, OR and clauses as the negated operators.
  func pushingNegationDown() -> PredicateNode? {
    guard case .not = kind else { return nil }
    let pushed = withNegationsDown
    return pushed == self ? nil : pushed
  }
}
