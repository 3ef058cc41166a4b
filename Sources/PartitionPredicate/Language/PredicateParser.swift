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
}
