extension PredicateParser {
  /// `CAST(expression AS type)`.
  mutating func cast() throws(PushdownPredicateError) -> PredicateSyntax {
    let place = current.range
    try advance()
    let opened = current.range
    try expect(.open, .castOperand)
    try enter(at: opened)
    defer { leave() }
    let operand = try expression()
    guard case .word(let word) = current.kind, word.exact.lowercased == "as" else {
      throw refusal(.more(endsInValue, .castType))
    }
    try advance()
    let type = try self.type()
    try expect(.close, .castEnd(opened: opened))
    endsInValue = true
    return try node(
      .cast(operand, to: type), from: place.lowerBound, over: [operand], at: place)
  }

  private mutating func type() throws(PushdownPredicateError) -> ValueType {
    guard case .word(let word) = current.kind else { throw refusal(.type) }
    let place = current.range
    let type: ValueType
    switch word.exact.lowercased {
    case "string": type = .string
    case "int", "integer": type = .int
    case "bigint", "long": type = .bigint
    case "date": type = .date
    case "timestamp": type = .timestamp
    case "boolean": type = .boolean
    case "decimal", "dec", "numeric":
      try advance()
      return try decimal(from: place.lowerBound)
    default: throw error(.unknownType(word), place)
    }
    try advance()
    return type
  }

  private mutating func decimal(from start: Int) throws(PushdownPredicateError) -> ValueType {
    guard try accept(.open) else { return .decimal(precision: 10, scale: 0) }
    let precision = try typeNumber()
    let scale = try accept(.comma) ? try typeNumber() : 0
    let range = start..<current.range.upperBound
    try expect(.close, .decimalEnd)
    guard (1...38).contains(precision), (0...precision).contains(scale) else {
      throw error(.decimalSize, range)
    }
    return .decimal(precision: precision, scale: scale)
  }

  /// A precision or a scale; one that no decimal has is 99.
  private mutating func typeNumber() throws(PushdownPredicateError) -> Int {
    guard case .number(let number) = current.kind, number.scale == nil, number.suffix == .none
    else {
      throw refusal(.typeNumber)
    }
    try advance()
    return min(Int(number.digits) ?? 99, 99)
  }
}
