extension PredicateParser {
  /// A literal, a name, a call, a cast, or an expression in parentheses.
  mutating func primary() throws(PushdownPredicateError) -> PredicateSyntax {
    let start = current.range
    switch current.kind {
    case .string(let text): return try string(text)
    case .number(let number): return try literal(number, from: start, negative: false)
    case .keyword(.true): return try literal(.boolean(true), .boolean)
    case .keyword(.false): return try literal(.boolean(false), .boolean)
    case .keyword(.null): return try literal(.null, .null)
    case .keyword(.cast): return try cast()
    case .open:
      try advance()
      try enter(at: start)
      defer { leave() }
      let inner = try expression()
      try expect(.close, .more(endsInValue, .parenthesis(opened: start)))
      endsInValue = false
      return inner
    case .word(let word): return try name(word, isQuoted: false)
    case .quotedName(let name): return try self.name(name, isQuoted: true)
    default: throw refusal(.value)
    }
  }

  /// The elements of a list to its closing parenthesis; at least one.
  mutating func elements(opened: Range<Int>) throws(PushdownPredicateError) -> [PredicateSyntax] {
    try enter(at: opened)
    defer { leave() }
    if case .word(let word) = current.kind, ["select", "with"].contains(word.exact.lowercased) {
      let place = current.range
      try advance()
      switch current.kind {
      case .word, .quotedName, .number, .string, .foreign, .times:
        throw error(.unsupported(.subquery), place)
      default: throw error(.unsupported(.name(word)), place)
      }
    }
    var elements: [PredicateSyntax] = []
    repeat { elements.append(try expression()) } while try accept(.comma)
    try expect(.close, .more(endsInValue, .list(opened: opened)))
    return elements
  }

  // MARK: Literals

  private mutating func literal(
    _ value: PartitionValue, _ type: ValueType
  ) throws(PushdownPredicateError) -> PredicateSyntax {
    let range = current.range
    try advance()
    endsInValue = true
    return PredicateSyntax(.literal(value, type), range: range)
  }

  /// String literals one after the other are one, as in C.
  private mutating func string(_ first: String) throws(PushdownPredicateError) -> PredicateSyntax {
    let start = current.range.lowerBound
    var text = first
    try advance()
    while case .string(let next) = current.kind {
      text += next
      try advance()
    }
    endsInValue = true
    return PredicateSyntax(
      .literal(.string(text), .string), range: start..<previous.upperBound)
  }

  mutating func literal(
    _ number: PredicateNumber, from start: Range<Int>, negative: Bool
  ) throws(PushdownPredicateError) -> PredicateSyntax {
    let range = start.lowerBound..<current.range.upperBound
    guard let (value, type) = number.literal(negative: negative) else {
      throw error(
        number.suffix == .bigint ? .bigintOutOfRange : .tooManyDigits, range)
    }
    try advance()
    endsInValue = true
    return PredicateSyntax(.literal(value, type), range: range)
  }

  // MARK: Names

  /// A name, which the next token makes a typed literal or a call.
  private mutating func name(
    _ name: String, isQuoted: Bool
  ) throws(PushdownPredicateError) -> PredicateSyntax {
    let place = current.range
    let isFirst = previous.upperBound == 0
    try advance()
    if !isQuoted {
      if let literal = try typedLiteral(name, place) { return literal }
      if name.isSameName(as: "interval"), beginsInterval() { return try interval(from: place) }
      if name.isSameName(as: "case"), beginsCase() { return try cases(from: place) }
      if let refusal = refusal(ofStatement: name.exact.lowercased.text, place, isFirst: isFirst) {
        throw refusal
      }
    }
    switch current.kind {
    case .open: return try call(name, place)
    case .dot: throw error(.qualifiedName, place.lowerBound..<current.range.upperBound)
    default:
      endsInValue = true
      return PredicateSyntax(.name(name), range: place)
    }
  }

  private mutating func typedLiteral(
    _ word: String, _ place: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateSyntax? {
    guard case .string(let text) = current.kind else { return nil }
    let types: [ExactText: ValueType] = ["date": .date, "timestamp": .timestamp]
    guard let type = types[word.exact.lowercased] else { return nil }
    let string = PredicateSyntax(.literal(.string(text), .string), range: current.range)
    try advance()
    endsInValue = true
    return try node(
      .typedLiteral(type, string), from: place.lowerBound, over: [string], at: place)
  }

  private mutating func call(
    _ name: String, _ place: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateSyntax {
    guard let function = PredicateFunction.called(name) else {
      throw error(.unknownFunction(name), place)
    }
    let opened = current.range
    try advance()
    let isEmpty = try accept(.close)
    let arguments = isEmpty ? [] : try self.arguments(of: function, opened: opened)
    let range = place.lowerBound..<previous.upperBound
    guard function.parameters.accepts(arguments.count) else {
      throw error(.argumentCount(function, arguments.count), range)
    }
    endsInValue = true
    return try node(
      .call(function, arguments), from: place.lowerBound, over: arguments, at: place)
  }

  /// The arguments of a call; those of substring may also be written `text FROM 2 FOR 3`.
  private mutating func arguments(
    of function: PredicateFunction, opened: Range<Int>
  ) throws(PushdownPredicateError) -> [PredicateSyntax] {
    if function == .trim { try refuseTrimFrom() }
    guard function == .substring else { return try elements(opened: opened) }
    var arguments = [try enclosed(opened)]
    let word = isWord("from")
    if word {
      try advance()
      arguments.append(try enclosed(opened))
      if try acceptWord("for") { arguments.append(try enclosed(opened)) }
    } else {
      while try accept(.comma) { arguments.append(try enclosed(opened)) }
    }
    try expect(.close, .more(endsInValue, .list(opened: opened)))
    return arguments
  }

  /// Refuses `BOTH 'x' FROM`, where BOTH is not the name of a key.
  private func refuseTrimFrom() throws(PushdownPredicateError) {
    guard isWord("both") || isWord("leading") || isWord("trailing") else { return }
    var ahead = self
    try ahead.advance()
    switch ahead.current.kind {
    case .string, .word, .quotedName: throw error(.unsupported(.trimFrom), current.range)
    default: return
    }
  }

  private mutating func enclosed(_ opened: Range<Int>) throws(PushdownPredicateError)
    -> PredicateSyntax
  {
    try enter(at: opened)
    defer { leave() }
    return try expression()
  }
}
