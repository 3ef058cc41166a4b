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

  // MARK: CASE

  /// `CASE [operand] WHEN .. THEN .. [ELSE ..] END`, behind the word CASE.
  mutating func cases(from place: Range<Int>) throws(PushdownPredicateError) -> PredicateSyntax {
    try enter(at: place)
    defer { leave() }
    var parts: [PredicateSyntax] = []
    let hasOperand = !isWord("when")
    if hasOperand {
      parts.append(try expression())
      guard isWord("when") else { throw refusal(.more(endsInValue, .when)) }
    }
    while try acceptWord("when") {
      parts.append(try expression())
      guard try acceptWord("then") else { throw refusal(.more(endsInValue, .then)) }
      parts.append(try expression())
    }
    let hasElse = try acceptWord("else")
    if hasElse { parts.append(try expression()) }
    guard try acceptWord("end") else {
      throw refusal(.more(endsInValue, hasElse ? .endOfCase : .branch))
    }
    endsInValue = true
    return try node(
      .call(hasOperand ? .caseOf : .caseWhen, parts), from: place.lowerBound, over: parts, at: place
    )
  }

  /// Whether the word CASE begins an expression, rather than being the name of a key.
  func beginsCase() -> Bool {
    switch current.kind {
    case .word, .quotedName, .number, .string, .not, .plus, .minus, .open, .keyword(.not),
      .keyword(.cast),
      .keyword(.true), .keyword(.false), .keyword(.null):
      true
    default: false
    }
  }

  func isWord(_ wanted: String) -> Bool {
    if case .word(let word) = current.kind { return word.isSameName(as: wanted) }
    return false
  }

  mutating func acceptWord(_ wanted: String) throws(PushdownPredicateError) -> Bool {
    guard isWord(wanted) else { return false }
    try advance()
    return true
  }

  // MARK: INTERVAL

  /// What follows INTERVAL: `3 DAYS`, `'3' DAY`, `1 DAY 2 HOURS` or `'1 day 2 hours'`.
  mutating func interval(from place: Range<Int>) throws(PushdownPredicateError) -> PredicateSyntax {
    var total: PredicateInterval?
    repeat {
      let start = current.range.lowerBound
      let span = try span()
      let sum = total.map { $0.adding(span) } ?? span
      guard let sum else { throw error(.invalidInterval, start..<previous.upperBound) }
      total = sum
    } while current.kind.isNumberOrString
    guard let total else { throw error(.invalidInterval, place) }
    if case .word(let word) = current.kind, word.isSameName(as: "to") {
      throw error(.invalidInterval, place.lowerBound..<current.range.upperBound)
    }
    endsInValue = true
    return PredicateSyntax(.interval(total), range: place.lowerBound..<previous.upperBound)
  }

  /// Whether the word INTERVAL begins an interval, rather than being the name of a key.
  func beginsInterval() -> Bool {
    if current.kind.isNumberOrString { return true }
    guard current.kind == .plus || current.kind == .minus else { return false }
    var ahead = self
    guard (try? ahead.advance()) != nil, ahead.current.kind.isNumberOrString,
      (try? ahead.advance()) != nil, case .word(let unit) = ahead.current.kind
    else { return false }
    return PredicateInterval(1, unit) != nil
  }

  /// A number with its unit, or a text with several.
  private mutating func span() throws(PushdownPredicateError) -> PredicateInterval {
    let start = current.range.lowerBound
    let isNegative = current.kind == .minus
    if current.kind == .minus || current.kind == .plus { try advance() }
    let token = current
    try advance()
    let range = start..<current.range.upperBound
    let digits: String
    switch token.kind {
    case .number(let number) where number.scale == nil && number.suffix == .none:
      digits = String(number.digits)
    case .string(let text):
      guard case .word(let unit) = current.kind, PredicateInterval(1, unit) != nil else {
        guard !isNegative, let interval = Self.interval(of: text) else {
          throw error(.invalidInterval, start..<previous.upperBound)
        }
        return interval
      }
      digits = Self.bare(text)
    default: throw error(.invalidInterval, range)
    }
    guard case .word(let unit) = current.kind, let number = Int64(digits), number != .min,
      let interval = PredicateInterval(number, unit)
    else { throw error(.invalidInterval, range) }
    try advance()
    return isNegative ? interval.negated : interval
  }

  /// The interval that a text spells: numbers and units, perhaps with the word in front.
  private static func interval(of text: String) -> PredicateInterval? {
    let parts = text.unicodeScalars.split { $0.properties.isWhitespace }
    var words = parts.map { String(Substring($0)) }[...]
    if let first = words.first, first.isSameName(as: "interval") { words.removeFirst() }
    guard !words.isEmpty, words.count.isMultiple(of: 2) else { return nil }
    var total: PredicateInterval?
    while let digits = words.popFirst(), let unit = words.popFirst() {
      guard let number = Int64(digits), let span = PredicateInterval(number, unit) else {
        return nil
      }
      guard let sum = total.map({ $0.adding(span) }) ?? span else { return nil }
      total = sum
    }
    return total
  }

  private static func bare(_ text: String) -> String {
    String(Substring(Cast.trimmed(text)))
  }
}

extension PredicateToken.Kind {
  var isNumberOrString: Bool {
    switch self {
    case .number, .string: true
    default: false
    }
  }
}
