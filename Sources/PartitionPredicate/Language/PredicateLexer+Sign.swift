extension PredicateLexer {
  /// Reads an operator, a parenthesis or a comma, the longest that fits.
  mutating func sign(_ byte: UInt8) throws(PushdownPredicateError) -> PredicateToken {
    let start = position
    position += 1
    switch byte {
    case UInt8(ascii: "("): return token(.open, from: start)
    case UInt8(ascii: ")"): return token(.close, from: start)
    case UInt8(ascii: ","): return token(.comma, from: start)
    case UInt8(ascii: "+"): return token(.plus, from: start)
    case UInt8(ascii: "-"): return token(.minus, from: start)
    case UInt8(ascii: "*"): return token(.times, from: start)
    case UInt8(ascii: "%"): return token(.percent, from: start)
    case UInt8(ascii: "|") where accept("|"): return token(.pipes, from: start)
    case UInt8(ascii: "="):
      _ = accept("=")
      return token(.comparison(.equal), from: start)
    case UInt8(ascii: "<"):
      if accept("=") {
        return token(.comparison(accept(">") ? .nullSafeEqual : .lessOrEqual), from: start)
      }
      return token(.comparison(accept(">") ? .notEqual : .less), from: start)
    case UInt8(ascii: ">"):
      return token(.comparison(accept("=") ? .greaterOrEqual : .greater), from: start)
    case UInt8(ascii: "!"):
      if accept("=") { return token(.comparison(.notEqual), from: start) }
      if accept(">") { return token(.comparison(.lessOrEqual), from: start) }
      if accept("<") { return token(.comparison(.greaterOrEqual), from: start) }
      return token(.not, from: start)
    default: return try foreignSign(byte, from: start)
    }
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard byte(at: position) == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  private mutating func foreignSign(
    _ byte: UInt8, from start: Int
  ) throws(PushdownPredicateError) -> PredicateToken {
    if "/^~;[]{}@?:|&#$\\".utf8.contains(byte) {
      // `&&` and `::` are one sign each.
      if "&:".utf8.contains(byte), self.byte(at: position) == byte { position += 1 }
      return token(.foreign, from: start)
    }
    while let next = self.byte(at: position), next & 0xC0 == 0x80 { position += 1 }
    let scalar = text(start..<position).unicodeScalars.first ?? "\u{FFFD}"
    throw error(.unexpectedCharacter(scalar), start..<position)
  }
}
