extension PushdownPredicate {
  /// Reads a predicate over a table's partition keys, as Spark reads `push_down_predicate`.
  ///
  /// - Parameters:
  ///   - text: The predicate, in the language of docs/predicate-language.md.
  ///   - keys: The table's partition keys; names in the text mean them, ignoring case.
  ///   - today: What `current_date` means, in days since 1970-01-01.
  /// - Throws: `PushdownPredicateError` for the first mistake in the text, its names or its types.
  public init(_ text: String, keys: [PartitionKey], today: Int) throws(PushdownPredicateError) {
    let syntax = try PredicateSyntax(parsing: text)
    let binder = Binder(source: text, keys: keys, today: today)
    self.init(keys: keys, root: try binder.predicate(syntax), today: today)
  }
}

/// Gives a parsed predicate its meaning: names become keys, every node gets its type, and every
/// comparison the type that Spark compares as.
///
/// The types are those of Spark 3.5's analyzer (`TypeCoercion`, `DecimalPrecision`) without ANSI
/// mode.
struct Binder: Sendable {
  /// The text that was parsed, for the errors.
  let source: String
  /// What the names mean.
  let keys: [PartitionKey]
  /// What `current_date` means, in days since 1970-01-01.
  let today: Int
  /// The index of each key by its name in lower case; of equal names, the first.
  private let indices: [ExactText: Int]

  /// Creates a binder for one text and one table's keys.
  ///
  /// - Parameters:
  ///   - source: The text that is parsed, for the errors.
  ///   - keys: The keys that names mean, ignoring case.
  ///   - today: What `current_date` means, in days since 1970-01-01.
  init(source: String, keys: [PartitionKey], today: Int) {
    self.source = source
    self.keys = keys
    self.today = today
    let named = keys.enumerated().map { ($1.name.exact.lowercased, $0) }
    indices = Dictionary(named) { first, _ in first }
  }

  /// Binds a whole predicate.
  ///
  /// - Throws: `PushdownPredicateError` when a name or type is wrong, or the expression is no condition.
  func predicate(_ syntax: PredicateSyntax) throws(PushdownPredicateError) -> PredicateNode {
    let node = try expression(syntax)
    guard node.type.isCondition else { throw error(.notPredicate(node.type), node) }
    return node
  }

  /// Binds an expression of any type, such as one to be watched.
  ///
  /// - Throws: `PushdownPredicateError` when a name or type is wrong.
  func expression(_ syntax: PredicateSyntax) throws(PushdownPredicateError) -> PredicateNode {
    let range = syntax.range
    switch syntax.kind {
    case .literal(let value, let type):
      return PredicateNode(.literal(value), type, range: range)
    case .typedLiteral(let type, let text):
      return try typedLiteral(type, text, range)
    case .name(let name): return try key(name, range)
    case .call(let function, let arguments): return try call(function, arguments, range)
    case .interval: throw error(.misplacedInterval(nil), range)
    case .cast(let operand, let type):
      let operand = try expression(operand)
      guard ValueType.canCast(from: operand.type, to: type) else {
        throw error(.impossibleCast(operand.type, type), range)
      }
      try checkWord(operand, as: type)
      return PredicateNode(.cast(operand), type, range: range)
    case .comparison(let comparison, let left, let right):
      return try self.comparison(comparison, left, right, range)
    case .isBetween(let value, let low, let high, let negated):
      return try between(value, low, high, negated: negated, range)
    case .isIn(let value, let list, let negated):
      return try membership(value, list, negated: negated, range)
    case .isLike(let value, let pattern, let escape, let negated):
      let value = try expression(value)
      let pattern = try expression(pattern)
      try checkLike(pattern, escape: escape)
      return condition(
        .test(.isLike(value, pattern: pattern, escape: escape), negated: negated), range)
    case .matches(let value, let pattern, let negated):
      let value = try expression(value)
      let pattern = try expression(pattern)
      try checkRegularExpression(pattern)
      return condition(.test(.matches(value, pattern: pattern), negated: negated), range)
    case .isNull(let operand, let negated):
      return condition(.test(.isNull(try expression(operand)), negated: negated), range)
    case .isTruth(let operand, let flag, let negated):
      let operand = try expression(operand)
      let sign = "IS \(negated ? "NOT " : "")\(flag ? "TRUE" : "FALSE")"
      guard let type = Coercion.equality(operand.type, .boolean) else {
        throw error(.notCondition(sign, operand.type), operand)
      }
      return condition(.test(.isTruth(operand, flag, as: type), negated: negated), range)
    case .not(let operand):
      return condition(.not(try self.condition(operand, of: "NOT")), range)
    case .and(let terms): return condition(.and(try conditions(terms, of: "AND")), range)
    case .or(let terms): return condition(.or(try conditions(terms, of: "OR")), range)
    }
  }

  // MARK: Parts

  private func condition(_ kind: PredicateNode.Kind, _ range: Range<Int>) -> PredicateNode {
    PredicateNode(kind, .boolean, range: range)
  }

  private func conditions(
    _ terms: [PredicateSyntax], of word: String
  ) throws(PushdownPredicateError) -> [PredicateNode] {
    try terms.map { term throws(PushdownPredicateError) in try condition(term, of: word) }
  }

  private func condition(
    _ syntax: PredicateSyntax, of word: String
  ) throws(PushdownPredicateError) -> PredicateNode {
    let node = try expression(syntax)
    guard node.type.isCondition else { throw error(.notCondition(word, node.type), node) }
    return node
  }

  private func key(_ name: String, _ range: Range<Int>) throws(PushdownPredicateError)
    -> PredicateNode
  {
    if let index = indices[name.exact.lowercased] {
      return PredicateNode(.key(index), ValueType(keys[index].type), range: range)
    }
    // As in Spark, the parentheses may be left out; a key of that name goes first.
    if name.isSameName(as: PredicateFunction.currentDate.name) {
      return PredicateNode(.call(.currentDate, []), .date, range: range)
    }
    throw error(.unknownKey(name, keys: keys.map(\.name)), range)
  }

  func error(_ kind: PushdownPredicateError.Kind, _ range: Range<Int>) -> PushdownPredicateError {
    PushdownPredicateError(kind, source: source, range: range)
  }

  func error(_ kind: PushdownPredicateError.Kind, _ node: PredicateNode) -> PushdownPredicateError {
    error(kind, node.range)
  }
}

extension ValueType {
  /// Whether it is the type of something true or false.
  fileprivate var isCondition: Bool { self == .boolean || self == .null }
}
