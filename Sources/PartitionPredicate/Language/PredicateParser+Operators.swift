extension PredicateParser {
  /// A value, or one question about a value: BETWEEN, IN, LIKE, RLIKE or IS.
  mutating func condition() throws(PushdownPredicateError) -> PredicateSyntax {
    let start = current.range.lowerBound
    let value = try comparisons()
    let place = current.range
    let negated = try acceptNegation()
    guard case .keyword(let keyword) = current.kind else {
      if negated { throw refusal(.negatable) }
      return value
    }
    switch keyword {
    case .between: return try between(value, from: start, negated: negated, at: place)
    case .in: return try membership(value, from: start, negated: negated, at: place)
    case .like: return try like(value, from: start, negated: negated, at: place)
    case .rlike, .regexp:
      try advance()
      let pattern = try comparisons()
      return try question(
        .matches(value, pattern: pattern, negated: negated), from: start, over: [value, pattern],
        at: place)
    case .is where !negated: return try identity(value, from: start, at: place)
    default:
      if negated { throw refusal(.negatable) }
      return value
    }
  }

  /// Moves over NOT or `!`, which Spark 3 reads as one token everywhere.
  private mutating func acceptNegation() throws(PushdownPredicateError) -> Bool {
    if try accept(.keyword(.not)) { return true }
    return try accept(.not)
  }

  /// Comparisons from the left: `a = b = c` compares the truth of `a = b`.
  private mutating func comparisons() throws(PushdownPredicateError) -> PredicateSyntax {
    let start = current.range.lowerBound
    var left = try sum()
    while case .comparison(let comparison) = current.kind {
      let place = current.range
      try advance()
      let right = try sum()
      left = try node(
        .comparison(comparison, left, right), from: start, over: [left, right], at: place)
      endsInValue = false
    }
    return left
  }

  private mutating func between(
    _ value: PredicateSyntax, from start: Int, negated: Bool, at place: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateSyntax {
    try advance()
    let low = try comparisons()
    try expect(.keyword(.and), .upperBound)
    let high = try comparisons()
    return try question(
      .isBetween(value, low: low, high: high, negated: negated), from: start,
      over: [value, low, high], at: place)
  }

  private mutating func membership(
    _ value: PredicateSyntax, from start: Int, negated: Bool, at place: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateSyntax {
    try advance()
    try expect(.open, .list)
    let list = try elements(opened: previous)
    var operands = list
    operands.append(value)
    return try question(
      .isIn(value, list, negated: negated), from: start, over: operands, at: place)
  }

  private mutating func like(
    _ value: PredicateSyntax, from start: Int, negated: Bool, at place: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateSyntax {
    try advance()
    if case .word(let word) = current.kind,
      ["all", "any", "some"].contains(word.exact.lowercased)
    {
      let place = current.range
      try advance()
      if current.kind == .open { throw error(.unsupported(.likeQuantifier(word)), place) }
      throw error(.unsupported(.name(word)), place)
    }
    let pattern = try comparisons()
    let escape = try accept(.keyword(.escape)) ? try escapeCharacter() : "\\"
    return try question(
      .isLike(value, pattern: pattern, escape: escape, negated: negated), from: start,
      over: [value, pattern], at: place)
  }

  private mutating func escapeCharacter() throws(PushdownPredicateError) -> Unicode.Scalar {
    guard case .string(let text) = current.kind else { throw refusal(.escapeText) }
    // Spark counts the UTF-16 units.
    guard text.utf16.count == 1, let escape = text.unicodeScalars.first else {
      throw error(.escapeLength(text), current.range)
    }
    try advance()
    return escape
  }

  /// IS [NOT] NULL, TRUE or FALSE.
  private mutating func identity(
    _ value: PredicateSyntax, from start: Int, at place: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateSyntax {
    try advance()
    let negated = try acceptNegation()
    let kind: PredicateSyntax.Kind
    switch current.kind {
    case .keyword(.null): kind = .isNull(value, negated: negated)
    case .keyword(.true): kind = .isTruth(value, true, negated: negated)
    case .keyword(.false): kind = .isTruth(value, false, negated: negated)
    default: throw refusal(.truth)
    }
    try advance()
    return try question(kind, from: start, over: [value], at: place)
  }

  private mutating func question(
    _ kind: PredicateSyntax.Kind, from start: Int, over operands: [PredicateSyntax],
    at place: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateSyntax {
    endsInValue = false
    return try node(kind, from: start, over: operands, at: place)
  }

  // MARK: Arithmetic

  /// Sums, differences and joined texts, from the left.
  mutating func sum() throws(PushdownPredicateError) -> PredicateSyntax {
    let start = current.range.lowerBound
    var left = try product()
    while true {
      let place = current.range
      switch current.kind {
      case .plus, .minus:
        let function: PredicateFunction = current.kind == .plus ? .plus : .minus
        try advance()
        let right = try product()
        left = try operation(function, [left, right], from: start, at: place)
      case .pipes:
        // A chain is one text of many parts.
        var parts = [left]
        while try accept(.pipes) { parts.append(try product()) }
        left = try operation(.concat, parts, from: start, at: place)
      default: return left
      }
    }
  }

  private mutating func product() throws(PushdownPredicateError) -> PredicateSyntax {
    let start = current.range.lowerBound
    var left = try signed()
    while let function = factor {
      let place = current.range
      try advance()
      let right = try signed()
      left = try operation(function, [left, right], from: start, at: place)
    }
    return left
  }

  /// The operator of the current token that binds as tightly as `*`.
  private var factor: PredicateFunction? {
    switch current.kind {
    case .times: .times
    case .percent: .remainder
    case .word(let word) where word.isSameName(as: "div"): .div
    default: nil
    }
  }

  /// A number with its sign, or any value with a sign in front: `-n` is `0 - n`.
  private mutating func signed() throws(PushdownPredicateError) -> PredicateSyntax {
    guard current.kind == .plus || current.kind == .minus else { return try primary() }
    let sign = current
    try advance()
    if case .number(let number) = current.kind {
      return try literal(number, from: sign.range, negative: sign.kind == .minus)
    }
    try enter(at: sign.range)
    defer { leave() }
    let operand = try signed()
    if case .interval(let interval) = operand.kind {
      let signed = sign.kind == .minus ? interval.negated : interval
      return PredicateSyntax(
        .interval(signed), range: sign.range.lowerBound..<operand.range.upperBound)
    }
    let zero = PredicateSyntax(.literal(.integer(0), .int), range: sign.range)
    return try operation(
      sign.kind == .minus ? .minus : .plus, [zero, operand], from: sign.range.lowerBound,
      at: sign.range)
  }

  private mutating func operation(
    _ function: PredicateFunction, _ operands: [PredicateSyntax], from start: Int,
    at place: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateSyntax {
    endsInValue = true
    return try node(.call(function, operands), from: start, over: operands, at: place)
  }
}
