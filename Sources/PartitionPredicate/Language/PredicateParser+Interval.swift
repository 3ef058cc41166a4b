extension PredicateParser {
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
