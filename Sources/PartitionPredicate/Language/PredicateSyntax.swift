/// A predicate as it was read: what it says, before anyone asks what its names and types are.
///
/// A chain such as `a AND b AND c` is one node of three terms; a term in parentheses stays a node of
/// its own, so that printing writes the parentheses back. No node is nested deeper than
/// ``maximumDepth``, so that a recursion over the tree is safe.
struct PredicateSyntax: Sendable {
  /// How deep parentheses, NOT, comparisons, calls and lists may be nested.
  ///
  /// Long chains of AND and OR and long lists are not deep.
  static let maximumDepth = 200

  /// What the node says.
  indirect enum Kind: Equatable, Sendable {
    /// NULL, a boolean, a string or a number, with its sign.
    case literal(PartitionValue, ValueType)
    /// `DATE '..'` or `TIMESTAMP '..'`: the type, and the string literal.
    case typedLiteral(ValueType, PredicateSyntax)
    /// A name without its back quotes.
    case name(String)
    /// A function, an operator of arithmetic or CASE.
    case call(PredicateFunction, [PredicateSyntax])
    /// INTERVAL, which stands beside + and - only.
    case interval(PredicateInterval)
    case cast(PredicateSyntax, to: ValueType)
    case comparison(ComparisonOperator, PredicateSyntax, PredicateSyntax)
    case isBetween(PredicateSyntax, low: PredicateSyntax, high: PredicateSyntax, negated: Bool)
    /// The list has at least one element.
    case isIn(PredicateSyntax, [PredicateSyntax], negated: Bool)
    case isLike(PredicateSyntax, pattern: PredicateSyntax, escape: Unicode.Scalar, negated: Bool)
    /// RLIKE, also written REGEXP.
    case matches(PredicateSyntax, pattern: PredicateSyntax, negated: Bool)
    case isNull(PredicateSyntax, negated: Bool)
    /// IS TRUE or IS FALSE.
    case isTruth(PredicateSyntax, Bool, negated: Bool)
    case not(PredicateSyntax)
    /// At least two terms.
    case and([PredicateSyntax])
    /// At least two terms.
    case or([PredicateSyntax])
  }

  /// What the node says, with its operands.
  let kind: Kind
  /// The bytes of the text (UTF-8 offsets) from its first to its last token, without parentheses
  /// around it.
  let range: Range<Int>
  /// How many nodes the longest path below it has.
  let depth: Int

  /// Reads a predicate's text.
  ///
  /// - Throws: `PushdownPredicateError` with the place of the first mistake; also for the empty text.
  init(parsing text: String) throws(PushdownPredicateError) {
    var parser = try PredicateParser(text)
    self = try parser.predicate()
  }

  init(_ kind: Kind, range: Range<Int>, depth: Int = 0) {
    self.kind = kind
    self.range = range
    self.depth = depth
  }
}

extension PredicateSyntax: Equatable {
  /// Trees are equal when they say the same, wherever they were read from.
  static func == (left: PredicateSyntax, right: PredicateSyntax) -> Bool {
    left.kind == right.kind
  }
}
