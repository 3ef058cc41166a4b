extension PredicateLexer {
  /// Reads a number, or a name that begins with digits.
  mutating func number() throws(PushdownPredicateError) -> PredicateToken {
    let start = position
    skipDigits()
    let whole = position
    skipNameParts()
    if whole == position, byte(at: position) == UInt8(ascii: ".") {
      position += 1
      return try fraction(from: start, point: whole)
    }
    if whole == position {
      let number = PredicateNumber(digits: text(start..<whole)[...], scale: nil, suffix: .none)
      return token(.number(number), from: start)
    }
    let letters = text(whole..<position).exact.lowercased
    switch letters {
    case "l": return number(from: start, digits: text(start..<whole), scale: nil, .bigint)
    case "bd": return number(from: start, digits: text(start..<whole), scale: nil, .decimal)
    default:
      try refuseForm(letters, from: start)
      return token(.word(text(start..<position)), from: start)
    }
  }

  private mutating func fraction(
    from start: Int, point: Int
  ) throws(PushdownPredicateError) -> PredicateToken {
    skipDigits()
    let end = position
    let digits = text(start..<point) + text(point + 1..<end)
    skipNameParts()
    let letters = text(end..<position).exact.lowercased
    try refuseForm(letters, from: start)
    guard letters.isEmpty || letters == "bd", byte(at: position) != UInt8(ascii: ".") else {
      while let next = byte(at: position), next == UInt8(ascii: ".") || Self.isNamePart(next) {
        position += 1
      }
      throw error(.malformedNumber(text(start..<position)), start..<position)
    }
    return number(
      from: start, digits: digits, scale: end - point - 1, letters.isEmpty ? .none : .decimal)
  }

  private func number(
    from start: Int, digits: String, scale: Int?, _ suffix: PredicateNumber.Suffix
  ) -> PredicateToken {
    token(
      .number(PredicateNumber(digits: digits[...], scale: scale, suffix: suffix)), from: start)
  }

  private mutating func skipDigits() {
    while position < bytes.count, Self.isDigit(bytes[position]) { position += 1 }
  }

  /// Refuses the numbers of types that Dovetail does not have: exponents and the suffixes of
  /// tinyint, smallint, float and double.
  private mutating func refuseForm(_ letters: ExactText, from start: Int)
    throws(PushdownPredicateError)
  {
    let types: [ExactText: String] = ["y": "tinyint", "s": "smallint", "f": "float", "d": "double"]
    if let type = types[letters] {
      throw error(
        .foreignNumber(text(start..<position), type: type), start..<position)
    }
    guard letters.begins(with: "e") else { return }
    let exponent = letters.text.utf8.dropFirst()
    let isSigned =
      exponent.isEmpty
      && (byte(at: position) == UInt8(ascii: "+") || byte(at: position) == UInt8(ascii: "-"))
      && (byte(at: position + 1).map(Self.isDigit) ?? false)
    guard isSigned || exponent.first.map(Self.isDigit) ?? false else { return }
    if isSigned {
      position += 1
      skipNameParts()
    } else if !exponent.allSatisfy({ Self.isDigit($0) || "bdf".utf8.contains($0) }) {
      return
    }
    let number = text(start..<position)
    throw error(
      number.exact.lowercased.ends(with: "bd")
        ? .malformedNumber(number) : .foreignNumber(number, type: "double"), start..<position)
  }
}
