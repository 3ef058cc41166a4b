/// The recursion of `DuckDBPrinter`, as deep as the tree.
struct DuckDBText {
  let predicate: PushdownPredicate
  let evaluator: PredicateEvaluator

  init(_ predicate: PushdownPredicate) {
    self.predicate = predicate
    evaluator = PredicateEvaluator(predicate)
  }

  /// How tightly an expression binds; what is no primary gets parentheses as an operand.
  enum Level: Int {
    case or
    case and
    case predicate
    case primary
  }

  func refusal(
    _ limit: PredicateDialectError.DuckDBLimit, _ node: PredicateNode
  ) -> PredicateDialectError {
    .duckDB(limit, PredicateDialectError.Clause(node, keys: predicate.keys))
  }

  /// Writes a truth value, in parentheses where it binds more loosely than its place asks for.
  func write(
    _ node: PredicateNode, _ place: Level, to text: inout String
  ) throws(PredicateDialectError) {
    if node.isConstant {
      text += literal(evaluator.value(of: node, []), .boolean)
      return
    }
    let level: Level =
      switch node.kind {
      case .or: .or
      case .and: .and
      case .key, .literal, .call, .cast: .primary
      default: .predicate
      }
    let isOpen = level.rawValue < place.rawValue
    if isOpen { text += "(" }
    try writeBare(node, to: &text)
    if isOpen { text += ")" }
  }

  private func writeBare(
    _ node: PredicateNode, to text: inout String
  ) throws(PredicateDialectError) {
    switch node.kind {
    case .and(let terms): try write(terms, " AND ", to: &text)
    case .or(let terms): try write(terms, " OR ", to: &text)
    case .not(let operand):
      text += "NOT "
      try write(operand, .primary, to: &text)
    case .comparison(let comparison, let left, let right, as: let type):
      text += try operand(left, as: type)
      switch comparison {
      case .nullSafeEqual: text += " IS NOT DISTINCT FROM "
      case .notEqual: text += " <> "
      default: text += " \(comparison.rawValue) "
      }
      text += try operand(right, as: type)
    case .test(let test, let negated):
      try write(test, negated ? "NOT " : "", node, to: &text)
    case .key, .literal, .call, .cast: text += try expression(node)
    }
  }

  private func write(
    _ test: PredicateNode.Test, _ not: String, _ node: PredicateNode, to text: inout String
  ) throws(PredicateDialectError) {
    switch test {
    case .isBetween(let between):
      let (value, asLow, asHigh) = (between.value, between.lowType, between.highType)
      if between.sharedType != nil {
        text += try operand(value, as: asLow) + " \(not)BETWEEN "
        text += try operand(between.low, as: asLow) + " AND " + operand(between.high, as: asHigh)
      } else {
        text += try "\(not)(\(operand(value, as: asLow)) >= \(operand(between.low, as: asLow)) AND "
        text += try "\(operand(value, as: asHigh)) <= \(operand(between.high, as: asHigh)))"
      }
    case .isIn(let value, let list, as: let type):
      text += try operand(value, as: type) + " \(not)IN ("
      for (index, element) in list.enumerated() {
        if index > 0 { text += ", " }
        text += try operand(element, as: type)
      }
      text += ")"
    case .isLike(let value, let pattern, let escape):
      text += try like(value, pattern, escape, not, node)
    case .matches(let value, let pattern): text += try matches(value, pattern, not, node)
    case .isNull(let operand): text += try expression(operand) + " IS \(not)NULL"
    case .isTruth(let operand, let flag, as: let type):
      text += try self.operand(operand, as: type)
      text += not.isEmpty ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM "
      text += try self.operand(.constant(flag), as: type)
    }
  }

  private func write(
    _ terms: [PredicateNode], _ word: String, to text: inout String
  ) throws(PredicateDialectError) {
    for (index, term) in terms.enumerated() {
      if index > 0 { text += word }
      try write(term, .predicate, to: &text)
    }
  }

  /// A value as a primary expression of a type.
  func operand(
    _ node: PredicateNode, as type: ValueType
  ) throws(PredicateDialectError) -> String {
    guard node.isConstant, node.type != .double else {
      return try cast(expression(node), node.type, to: type, node)
    }
    let value = evaluator.value(of: node, [])
    if type == .double {
      return Cast.double(value).map { "CAST('\($0)' AS DOUBLE)" } ?? "CAST(NULL AS DOUBLE)"
    }
    return try literal(value.cast(from: node.type, to: type, today: predicate.today), type, node)
  }

  /// A value as a primary expression of its own type.
  func expression(_ node: PredicateNode) throws(PredicateDialectError) -> String {
    if node.isConstant { return try literal(evaluator.value(of: node, []), node.type, node) }
    var text = ""
    switch node.kind {
    case .key(let index): return identifier(predicate.keys[index].name)
    case .cast(let operand): text = try self.operand(operand, as: node.type)
    case .call(let function, let operands): text = try call(function, operands, node)
    default: try write(node, .primary, to: &text)
    }
    if text.utf8.count > Self.greatestLength { throw refusal(.length, node) }
    return text
  }

  /// The greatest length of an expression, in bytes.
  ///
  /// A cast names its operand several times, so that nested ones may double the text again and again.
  private static let greatestLength = 1_000_000
}
