/// Turns nodes into closures, and casts and compiles what is literal only once.
///
/// The recursion is as deep as the tree, which the parser limits.
struct Preparation: Sendable {
  let today: Int

  /// The closure of a node of any type.
  func evaluation(of node: PredicateNode) -> Evaluation {
    switch node.kind {
    case .literal(let value): return { _ in value }
    case .key(let index): return { $0[index] }
    case .call(let function, let operands): return call(function, operands, node.type)
    case .cast(let operand): return cast(operand, to: node.type)
    default:
      let condition = condition(of: node)
      return { condition($0).value }
    }
  }

  /// The closure of a condition; what is no boolean is NULL.
  func condition(of node: PredicateNode) -> Condition {
    switch node.kind {
    case .literal, .key, .call, .cast:
      let evaluation = evaluation(of: node)
      return { Truth(evaluation($0)) ?? .isNull }
    case .comparison(let operation, let left, let right, as: let type):
      return comparison(operation, left, right, type)
    case .test(let test, let negated):
      let condition = self.condition(of: test)
      return negated ? not(condition) : condition
    case .not(let operand): return not(condition(of: operand))
    case .and(let terms): return junction(terms.map { condition(of: $0) }, stop: .isFalse)
    case .or(let terms): return junction(terms.map { condition(of: $0) }, stop: .isTrue)
    }
  }

  private func condition(of test: PredicateNode.Test) -> Condition {
    switch test {
    case .isBetween(let between):
      return junction(
        [
          comparison(.greaterOrEqual, between.value, between.low, between.lowType),
          comparison(.lessOrEqual, between.value, between.high, between.highType),
        ], stop: .isFalse)
    case .isIn(let value, let list, as: let type): return membership(value, list, type)
    case .isLike(let text, let pattern, let escape): return like(text, pattern, escape)
    case .matches(let text, let pattern): return matches(text, pattern)
    case .isNull(let operand):
      let operand = evaluation(of: operand)
      return { Truth(operand($0) == .null) }
    case .isTruth(let operand, let flag, as: let type):
      return comparison(.nullSafeEqual, operand, .constant(flag), type)
    }
  }

  /// The operand as another type; a literal is cast here and now.
  func cast(_ operand: PredicateNode, to type: ValueType) -> Evaluation {
    if case .literal = operand.kind {
      let value = literal(operand, as: type)
      return { _ in value }
    }
    let (from, today) = (operand.type, today)
    let operand = evaluation(of: operand)
    // Doubles are made where they are compared.
    if type == .double || from == type { return operand }
    return { operand($0).cast(from: from, to: type, today: today) }
  }

  /// The value of a literal as another type; NULL for a node that is none.
  func literal(_ node: PredicateNode, as type: ValueType) -> PartitionValue {
    guard case .literal(let value) = node.kind else { return .null }
    return type == .double ? value : value.cast(from: node.type, to: type, today: today)
  }

  /// Both operands cast to a type, and compared.
  private func comparison(
    _ operation: ComparisonOperator, _ left: PredicateNode, _ right: PredicateNode,
    _ type: ValueType
  ) -> Condition {
    let comparison = ValueComparison(operation: operation, type: type)
    if case .literal = right.kind {
      let constant = literal(right, as: type)
      // The most frequent shape needs no second closure.
      if case .key(let index) = left.kind, left.type == type {
        return { comparison.truth($0[index], constant) }
      }
      let left = cast(left, to: type)
      return { comparison.truth(left($0), constant) }
    }
    let (left, right) = (cast(left, to: type), cast(right, to: type))
    return { comparison.truth(left($0), right($0)) }
  }

  /// AND stops at the first FALSE, OR at the first TRUE; a NULL on the way makes the result NULL.
  private func junction(_ terms: [Condition], stop: Truth) -> Condition {
    let otherwise = stop.negated
    return { values in
      var result = otherwise
      for term in terms {
        let truth = term(values)
        if truth == stop { return stop }
        if truth == .isNull { result = .isNull }
      }
      return result
    }
  }

  private func not(_ condition: @escaping Condition) -> Condition { { condition($0).negated } }

  // MARK: Lists

  /// IN: TRUE when an element equals the value, else NULL when the value or an element is NULL.
  func membership(
    _ value: PredicateNode, _ list: [PredicateNode], _ type: ValueType
  ) -> Condition {
    let value = cast(value, to: type)
    if let literals = literals(list, type) {
      let otherwise = literals.hasNull ? Truth.isNull : .isFalse
      return { values in
        let value = value(values)
        if value == .null { return .isNull }
        return literals.values.contains(value) ? .isTrue : otherwise
      }
    }
    let comparison = ValueComparison(operation: .equal, type: type)
    let elements = list.map { cast($0, to: type) }
    return { values in
      let value = value(values)
      var result = Truth.isFalse
      for element in elements {
        let truth = comparison.truth(value, element(values))
        if truth == .isTrue { return .isTrue }
        if truth == .isNull { result = .isNull }
      }
      return result
    }
  }

  /// The elements as a set, when all are literals and their type has values.
  private func literals(
    _ list: [PredicateNode], _ type: ValueType
  ) -> (values: Set<PartitionValue>, hasNull: Bool)? {
    guard type != .double else { return nil }
    var values: Set<PartitionValue> = []
    for element in list {
      guard case .literal = element.kind else { return nil }
      values.insert(literal(element, as: type))
    }
    let hasNull = values.remove(.null) != nil
    return (values, hasNull)
  }

  // MARK: Patterns

  /// LIKE; NULL when the pattern is none, which for a literal the binder reports.
  func like(_ text: PredicateNode, _ pattern: PredicateNode, _ escape: Unicode.Scalar) -> Condition
  {
    matching(text, pattern, { try? LikePattern($0, escape: escape) }) { $0.matches($1) }
  }

  /// RLIKE; NULL when the pattern is none, which for a literal the binder reports, and when the
  /// search was given up.
  func matches(_ text: PredicateNode, _ pattern: PredicateNode) -> Condition {
    matching(text, pattern, { try? RegularExpression($0) }) { $0.find(in: $1) }
  }

  /// Both operands as strings; a literal pattern is prepared here and now.
  private func matching<Pattern: Sendable>(
    _ text: PredicateNode, _ pattern: PredicateNode,
    _ prepare: @escaping @Sendable (String) -> Pattern?,
    _ match: @escaping @Sendable (Pattern, String) -> Bool?
  ) -> Condition {
    let text = cast(text, to: .string)
    if case .literal = pattern.kind {
      guard case .string(let written) = literal(pattern, as: .string),
        let prepared = prepare(written)
      else { return { _ in .isNull } }
      return { values in
        guard case .string(let text) = text(values) else { return .isNull }
        return match(prepared, text).map { Truth($0) } ?? .isNull
      }
    }
    let pattern = cast(pattern, to: .string)
    return { values in
      guard case .string(let text) = text(values), case .string(let written) = pattern(values),
        let prepared = prepare(written)
      else { return .isNull }
      return match(prepared, text).map { Truth($0) } ?? .isNull
    }
  }
}
