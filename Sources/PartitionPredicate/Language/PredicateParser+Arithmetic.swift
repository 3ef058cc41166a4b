extension PredicateParser {
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
