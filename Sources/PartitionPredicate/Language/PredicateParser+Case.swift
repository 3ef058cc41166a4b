extension PredicateParser {
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
}
