/// Writes a predicate as DuckDB SQL over columns of the keys' names and types, meaning exactly what
/// Spark means: its casts, its NULLs, its patterns.
///
/// What no key takes part in is computed by Spark's rules and written as a literal. Where a string
/// column is compared as another type, Spark's reading of text is spelled out; text that only Spark
/// reads, such as the hexadecimal `0x1p3`, makes the query fail rather than select otherwise.
public struct DuckDBPrinter: Sendable {
  /// Creates a printer.
  public init() {}

  /// The predicate as an expression of type BOOLEAN.
  ///
  /// - Throws: `PredicateDialectError.duckDB` for casts whose result is not always Spark's, patterns
  ///   that are no literals, and regular expressions that RE2 reads otherwise than Java.
  public func text(_ predicate: PushdownPredicate) throws(PredicateDialectError) -> String {
    var text = ""
    try DuckDBText(predicate).write(predicate.root, .or, to: &text)
    return text
  }
}

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

  // MARK: Patterns

  /// LIKE, whose pattern is rewritten with backslash as its escape.
  func like(
    _ value: PredicateNode, _ pattern: PredicateNode, _ escape: Unicode.Scalar, _ not: String,
    _ node: PredicateNode
  ) throws(PredicateDialectError) -> String {
    guard let text = try patternText(pattern, node) else { return literal(.null, .boolean) }
    if let problem = LikePattern.problem(text, escape: escape) {
      throw refusal(.pattern(problem: problem), node)
    }
    var written = ""
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if !isEscaped, scalar == escape {
        isEscaped = true
        continue
      }
      if isEscaped ? "%_\\".unicodeScalars.contains(scalar) : scalar == "\\" { written += "\\" }
      written.unicodeScalars.append(scalar)
      isEscaped = false
    }
    return try operand(value, as: .string) + " \(not)LIKE " + string(written)
      + (written.utf8.contains(UInt8(ascii: "\\")) ? " ESCAPE '\\'" : "")
  }

  /// RLIKE: the regular expression matches a part of the text.
  func matches(
    _ value: PredicateNode, _ pattern: PredicateNode, _ not: String, _ node: PredicateNode
  ) throws(PredicateDialectError) -> String {
    guard let text = try patternText(pattern, node) else { return literal(.null, .boolean) }
    let translated: String
    do throws(JavaRegularExpression.Unknown) {
      translated = try JavaRegularExpression.translated(text)
    } catch { throw refusal(.regularExpression(construct: error.construct), node) }
    if let problem = RegularExpression.problem(text) {
      throw refusal(.pattern(problem: problem), node)
    }
    return "\(not)regexp_matches("
      + "\(try operand(value, as: .string)), \(string(translated)))"
  }

  /// The text of a pattern; nil for NULL.
  private func patternText(
    _ pattern: PredicateNode, _ node: PredicateNode
  ) throws(PredicateDialectError) -> String? {
    guard pattern.isConstant else { throw refusal(.noLiteral, node) }
    let value = evaluator.value(of: pattern, [])
    guard
      case .string(let text) = value.cast(
        from: pattern.type, to: .string, today: predicate.today)
    else { return nil }
    return text
  }
}
