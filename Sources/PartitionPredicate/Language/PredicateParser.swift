/// Reads tokens as a tree, by the rules of Spark's `booleanExpression`.
///
/// One token is ahead, and nothing is tried twice. Chains are loops, so that only nesting recurses;
/// ``PredicateSyntax/maximumDepth`` limits that.
struct PredicateParser {
  private var lexer: PredicateLexer
  /// The token that is read next.
  private(set) var current: PredicateToken
  /// The range of the token before it; empty at the start.
  private(set) var previous = 0..<0
  private var depth = 0
  /// Whether a comparison could follow what was read last.
  var endsInValue = false

  init(_ text: String) throws(PushdownPredicateError) {
    lexer = PredicateLexer(text)
    current = try lexer.next()
  }

  /// The whole text.
  mutating func predicate() throws(PushdownPredicateError) -> PredicateSyntax {
    if current.kind == .end { throw error(.empty, 0..<lexer.bytes.count) }
    let tree = try expression()
    guard current.kind == .end else { throw refusal(.more(endsInValue, .end)) }
    return tree
  }

  /// An expression: terms of OR.
  mutating func expression() throws(PushdownPredicateError) -> PredicateSyntax {
    let start = current.range.lowerBound
    let first = try conjunction()
    guard current.kind == .keyword(.or) else { return first }
    let place = current.range
    var terms = [first]
    while try accept(.keyword(.or)) { terms.append(try conjunction()) }
    return try node(.or(terms), from: start, over: terms, at: place)
  }

  private mutating func conjunction() throws(PushdownPredicateError) -> PredicateSyntax {
    let start = current.range.lowerBound
    let first = try negation()
    guard current.kind == .keyword(.and) else { return first }
    let place = current.range
    var terms = [first]
    while try accept(.keyword(.and)) { terms.append(try negation()) }
    return try node(.and(terms), from: start, over: terms, at: place)
  }

  private mutating func negation() throws(PushdownPredicateError) -> PredicateSyntax {
    guard current.kind == .keyword(.not) || current.kind == .not else { return try condition() }
    let place = current.range
    try advance()
    try enter(at: place)
    defer { leave() }
    let operand = try negation()
    return try node(.not(operand), from: place.lowerBound, over: [operand], at: place)
  }

  // MARK: Tokens

  mutating func advance() throws(PushdownPredicateError) {
    previous = current.range
    current = try lexer.next()
  }

  /// Moves over the token if it is of the kind.
  mutating func accept(_ kind: PredicateToken.Kind) throws(PushdownPredicateError) -> Bool {
    guard current.kind == kind else { return false }
    try advance()
    return true
  }

  /// Moves over a token that must be here.
  mutating func expect(
    _ kind: PredicateToken.Kind, _ expected: PushdownPredicateError.Expectation
  ) throws(PushdownPredicateError) {
    guard try accept(kind) else { throw refusal(expected) }
  }

  func text(_ range: Range<Int>) -> String { lexer.text(range) }

  func error(_ kind: PushdownPredicateError.Kind, _ range: Range<Int>) -> PushdownPredicateError {
    lexer.error(kind, range)
  }

  // MARK: Nodes

  /// A node from an offset to the last token; the place is named when it is nested too deep.
  func node(
    _ kind: PredicateSyntax.Kind, from start: Int, over operands: [PredicateSyntax],
    at place: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateSyntax {
    var depth = 0
    for operand in operands where operand.depth >= depth { depth = operand.depth + 1 }
    if depth > PredicateSyntax.maximumDepth { throw error(.tooDeep, place) }
    return PredicateSyntax(kind, range: start..<max(start, previous.upperBound), depth: depth)
  }

  mutating func enter(at place: Range<Int>) throws(PushdownPredicateError) {
    depth += 1
    if depth > PredicateSyntax.maximumDepth { throw error(.tooDeep, place) }
  }

  mutating func leave() { depth -= 1 }

  // MARK: Refusals

  /// The error for a token that cannot stand here: what it is in other SQL, if it is something there,
  /// else what was expected.
  func refusal(_ expected: PushdownPredicateError.Expectation) -> PushdownPredicateError {
    if let feature = feature(expected) { return error(.unsupported(feature), current.range) }
    if current.kind == .close, case .more(_, .end) = expected {
      return error(.unopenedParenthesis, current.range)
    }
    let found = current.kind == .end ? nil : text(current.range)
    let after = previous.isEmpty ? nil : text(previous)
    return error(.expected(expected, found: found, after: after), current.range)
  }

  private func feature(_ expected: PushdownPredicateError.Expectation) -> PushdownPredicateError
    .Feature?
  {
    let isAfterValue = if case .more = expected { true } else { false }
    switch current.kind {
    case .foreign: return foreignSign(text(current.range), isAfterValue: isAfterValue)
    case .plus, .minus, .times, .percent, .pipes:
      return isAfterValue ? .arithmetic(text(current.range)) : nil
    case .keyword(.not) where expected == .value, .not where expected == .value: return .innerNot
    case .word(let word):
      switch word.exact.lowercased {
      case "ilike": return .ilike
      case "distinct" where expected == .truth: return .distinct
      case "unknown" where expected == .truth: return .unknown
      case "collate", "cluster", "distribute", "except", "from", "group", "having", "intersect",
        "limit", "order", "select", "sort", "union", "where", "window":
        return isAfterValue ? .clause(word) : nil
      default: return nil
      }
    default: return nil
    }
  }

  private func foreignSign(_ sign: String, isAfterValue: Bool) -> PushdownPredicateError.Feature {
    switch sign {
    case ";": .semicolon
    case "&&": .otherOperator(sign, "AND")
    case "/", "&", "|", "^", "~": .arithmetic(sign)
    case "::": .doubleColon
    case "?", "@", ":", "$": .parameter(sign)
    default: .sign(sign)
    }
  }

  /// The error for a name that begins another statement or expression of SQL, by the token after it.
  func refusal(ofStatement word: String, _ place: Range<Int>, isFirst: Bool)
    -> PushdownPredicateError?
  {
    let startsOperand =
      switch current.kind {
      case .word, .quotedName, .number, .string, .not, .keyword(.cast), .keyword(.true),
        .keyword(.false), .keyword(.null):
        true
      default: false
      }
    let isStar = current.kind == .foreign || current.kind == .times
    switch word {
    case "where" where isFirst && (startsOperand || current.kind == .open):
      return error(.unsupported(.leadingWhere), place)
    case "select" where isFirst && (startsOperand || isStar),
      "with" where isFirst && startsOperand:
      return error(.unsupported(.statement(word)), place)
    case "select" where startsOperand || isStar:
      return error(.unsupported(.subquery), place)
    case "exists" where current.kind == .open: return error(.unsupported(.exists), place)
    case "timestamp_ltz", "timestamp_ntz", "x":
      guard case .string = current.kind else { return nil }
      return error(.unsupported(.literalPrefix(word)), place)
    default: return nil
    }
  }
}
