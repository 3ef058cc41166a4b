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
    while position < bytes.count, isDigit(bytes[position]) { position += 1 }
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
      && (byte(at: position + 1).map(isDigit) ?? false)
    guard isSigned || exponent.first.map(isDigit) ?? false else { return }
    if isSigned {
      position += 1
      skipNameParts()
    } else if !exponent.allSatisfy({ isDigit($0) || "bdf".utf8.contains($0) }) {
      return
    }
    let number = text(start..<position)
    throw error(
      number.exact.lowercased.ends(with: "bd")
        ? .malformedNumber(number) : .foreignNumber(number, type: "double"), start..<position)
  }
}

/// A number as it is written, without its sign.
struct PredicateNumber: Equatable, Sendable {
  /// What the letters after the digits ask for.
  enum Suffix: Sendable {
    case none
    /// `L`
    case bigint
    /// `BD`
    case decimal
  }

  /// The digits without the point.
  let digits: Substring
  /// The digits after the point; nil when there is no point.
  let scale: Int?
  let suffix: Suffix

  /// The literal's value and type, as Spark chooses them: int if it fits, else bigint, else decimal
  /// with as many digits as are written.
  ///
  /// - Returns: nil when the type cannot hold the number.
  func literal(negative: Bool) -> (value: PartitionValue, type: ValueType)? {
    let sign = negative ? "-" : ""
    if scale == nil, suffix != .decimal, let number = Int64(sign + digits) {
      let type: ValueType = suffix == .none && Int32(exactly: number) != nil ? .int : .bigint
      return (.integer(number), type)
    }
    let significant = digits.drop { $0 == "0" }
    let scale = scale ?? 0
    let precision = max(significant.utf8.count, scale, 1)
    guard suffix != .bigint, precision <= 38,
      let unscaled = Int128(sign + (significant.isEmpty ? "0" : significant))
    else { return nil }
    return (
      .decimal(unscaled: unscaled, scale: scale), .decimal(precision: precision, scale: scale)
    )
  }
}

extension PredicateLexer {
  /// Reads a string literal in either quotes.
  mutating func string(from start: Int) throws(PushdownPredicateError) -> PredicateToken {
    let quote = bytes[position]
    position += 1
    let first = position
    var escaped = false
    while let byte = byte(at: position) {
      if byte == quote {
        let range = first..<position
        position += 1
        return token(.string(escaped ? try unescaped(range) : text(range)), from: start)
      }
      if byte == UInt8(ascii: "\\") {
        escaped = true
        position += 1
      }
      position += 1
    }
    throw error(.unclosedString, start..<start + 1)
  }

  /// Reads a literal such as `r'\d'`, in which a backslash is no escape.
  mutating func rawString(from start: Int) throws(PushdownPredicateError) -> PredicateToken {
    let quote = bytes[position]
    let first = position + 1
    guard let end = bytes[first...].firstIndex(of: quote) else {
      throw error(.unclosedString, start..<start + 2)
    }
    position = end + 1
    return token(.string(text(first..<end)), from: start)
  }

  /// Replaces the escapes, as Spark's `ParserUtils.unescapeSQLString`.
  private func unescaped(_ range: Range<Int>) throws(PushdownPredicateError) -> String {
    var value: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\"), index + 1 < range.upperBound else {
        value.append(byte)
        index += 1
        continue
      }
      if let (scalar, end) = try codePoint(at: index, limit: range.upperBound) {
        value.append(contentsOf: String(scalar).utf8)
        index = end
        continue
      }
      switch bytes[index + 1] {
      case UInt8(ascii: "0"): value.append(0)
      case UInt8(ascii: "b"): value.append(0x08)
      case UInt8(ascii: "n"): value.append(0x0A)
      case UInt8(ascii: "r"): value.append(0x0D)
      case UInt8(ascii: "t"): value.append(0x09)
      case UInt8(ascii: "Z"): value.append(0x1A)
      // The patterns of LIKE need these two with their backslash.
      case let wildcard where wildcard == UInt8(ascii: "%") || wildcard == UInt8(ascii: "_"):
        value += [UInt8(ascii: "\\"), wildcard]
      case let other: value.append(other)
      }
      index += 2
    }
    return String(decoding: value, as: UTF8.self)
  }

  /// The character of `\uXXXX`, `\UXXXXXXXX` or `\ooo`, and the offset after it; nil for every other
  /// escape.
  private func codePoint(
    at index: Int, limit: Int
  ) throws(PushdownPredicateError) -> (Unicode.Scalar, Int)? {
    let start = index + 2
    var end: Int
    var code: UInt32
    switch bytes[index + 1] {
    case UInt8(ascii: "u"):
      guard let unit = number(at: start, digits: 4, radix: 16, limit: limit) else { return nil }
      (code, end) = (unit, start + 4)
      // Two escapes may spell one character, as in Java.
      if unit & 0xFC00 == 0xD800, end + 6 <= limit, bytes[end] == UInt8(ascii: "\\"),
        bytes[end + 1] == UInt8(ascii: "u"),
        let low = number(at: end + 2, digits: 4, radix: 16, limit: limit), low & 0xFC00 == 0xDC00
      {
        code = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
        end += 6
      }
    case UInt8(ascii: "U"):
      guard let wide = number(at: start, digits: 8, radix: 16, limit: limit) else { return nil }
      (code, end) = (wide, start + 8)
    case UInt8(ascii: "0"), UInt8(ascii: "1"):
      guard let octal = number(at: index + 1, digits: 3, radix: 8, limit: limit) else { return nil }
      (code, end) = (octal, index + 4)
    default: return nil
    }
    guard let scalar = Unicode.Scalar(code) else {
      throw error(.invalidEscape(text(index..<end)), index..<end)
    }
    return (scalar, end)
  }

  private func number(at start: Int, digits: Int, radix: Int, limit: Int) -> UInt32? {
    guard start + digits <= limit else { return nil }
    var number: UInt32 = 0
    for byte in bytes[start..<start + digits] {
      guard let digit = UInt32(String(Unicode.Scalar(byte)), radix: radix) else { return nil }
      number = number << (radix == 16 ? 4 : 3) | digit
    }
    return number
  }
}
