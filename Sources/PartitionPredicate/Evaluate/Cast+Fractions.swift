extension Cast {
  /// The value as a decimal, rounded half up to its scale; NULL where the precision is exceeded.
  static func decimal(_ value: PartitionValue, precision: Int, scale: Int) -> PartitionValue {
    switch value {
    case .null, .date: return .null
    case .boolean(let flag): return rescaled(flag ? 1 : 0, from: 0, precision, scale)
    case .integer(let number): return rescaled(Int128(number), from: 0, precision, scale)
    case .decimal(let unscaled, let old): return rescaled(unscaled, from: old, precision, scale)
    case .timestamp(let microseconds):
      // Spark goes through double and its shortest text.
      let seconds = Double(microseconds) / 1_000_000
      return decimal(seconds.description, precision: precision, scale: scale)
    case .string(let text): return decimal(text, precision: precision, scale: scale)
    }
  }

  /// As `Decimal.changePrecision` with ROUND_HALF_UP.
  private static func rescaled(
    _ unscaled: Int128, from old: Int, _ precision: Int, _ scale: Int
  ) -> PartitionValue {
    var result = unscaled
    if old > scale {
      guard let divisor = powerOfTen(old - scale) else { return .null }
      let (quotient, remainder) = unscaled.quotientAndRemainder(dividingBy: divisor)
      let isUp = remainder.magnitude >= divisor.magnitude - remainder.magnitude
      result = quotient + (isUp ? unscaled.signum() : 0)
    } else {
      guard let factor = powerOfTen(scale - old) else { return .null }
      let (product, overflow) = unscaled.multipliedReportingOverflow(by: factor)
      if overflow { return .null }
      result = product
    }
    guard let limit = powerOfTen(precision), result.magnitude < limit.magnitude else {
      return .null
    }
    return .decimal(unscaled: result, scale: scale)
  }

  /// Reads `[+-]digits[.digits][e[+-]digits]`, as `Decimal.fromString`.
  private static func decimal(_ text: String, precision: Int, scale: Int) -> PartitionValue {
    guard let number = DecimalText(asciiDigits(text)) else { return .null }
    let length = number.digits.count
    // Spark gives up where the integral part alone exceeds every decimal, even for 0E50.
    guard length - number.scale <= 38 else { return .null }
    // The digits that the new scale keeps; the first of the others rounds.
    let kept = length - number.scale + scale
    if kept < 0 || number.digits == [0] { return .decimal(unscaled: 0, scale: scale) }
    guard kept <= 38 else { return .null }
    var unscaled = number.digits.prefix(kept).reduce(0 as Int128) { $0 * 10 + Int128($1) }
    if kept > length { unscaled *= powerOfTen(kept - length) ?? 1 }
    if kept < length, number.digits[kept] >= 5 { unscaled += 1 }
    return rescaled(number.isNegative ? -unscaled : unscaled, from: scale, precision, scale)
  }

  /// Java reads the decimal digits of every script, but only in decimals.
  private static func asciiDigits(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if scalar.properties.generalCategory == .decimalNumber,
        let value = scalar.properties.numericValue
      {
        result += String(Int(value))
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  // MARK: Doubles

  /// The value as a double; nil where it is none, or NULL.
  static func double(_ value: PartitionValue) -> Double? {
    switch value {
    case .null, .date: nil
    case .boolean(let flag): flag ? 1 : 0
    case .integer(let number): Double(number)
    case .decimal(let unscaled, let scale): Double("\(unscaled)e-\(scale)")
    case .timestamp(let microseconds): Double(microseconds) / 1_000_000
    case .string(let text): double(text)
    }
  }

  /// Reads a number as Java's `Double.parseDouble` and Spark's words for infinity and NaN.
  private static func double(_ text: String) -> Double? {
    var bytes = Array(text.utf8)[...]
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    bytes = bytes.drop { $0 <= 0x20 }
    let word = String(decoding: bytes, as: UTF8.self)
    let isSigned = word.exact.begins(with: "-") || word.exact.begins(with: "+")
    let unsigned = isSigned ? ExactText(String(word.unicodeScalars.dropFirst())) : word.exact
    let sign: Double = word.exact.begins(with: "-") ? -1 : 1
    switch unsigned.lowercased {
    case "inf", "infinity": return sign * .infinity
    case "nan": return unsigned == "NaN" || !isSigned ? .nan : nil
    default: break
    }
    // Java accepts the suffixes of its float and double literals.
    let suffixes = "fFdD".utf8
    let number = bytes.last.map(suffixes.contains) == true ? bytes.dropLast() : bytes
    guard let first = unsigned.text.utf8.first, digit(first) != nil || first == UInt8(ascii: ".")
    else {
      return nil
    }
    if unsigned.lowercased.begins(with: "0x") {
      guard unsigned.lowercased.contains(text: "p") else { return nil }
      return Double(String(decoding: number, as: UTF8.self))
    }
    return DecimalText(String(decoding: number, as: UTF8.self)) == nil
      ? nil : Double(String(decoding: number, as: UTF8.self)) ?? Double(completed(number))
  }

  /// Swift wants a digit on both sides of the point, Java does not.
  private static func completed(_ number: ArraySlice<UInt8>) -> String {
    let text = String(decoding: number, as: UTF8.self).exact
      .replacing(every: "-.", with: "-0.").replacing(every: "+.", with: "+0.")
      .replacing(every: ".e", with: ".0e").replacing(every: ".E", with: ".0E")
    return number.last == UInt8(ascii: ".") ? "\(text)0" : text.text
  }
}

/// The text of a number in Java's `BigDecimal` syntax: its digits and where the point is.
struct DecimalText {
  let isNegative: Bool
  /// Without leading zeros; zero is one digit 0.
  let digits: [Int]
  /// The number of digits behind the point, negative for a large exponent.
  let scale: Int

  /// Reads a number; nil when the text is none.
  init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    bytes = bytes.drop { $0 <= 0x20 }
    isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    var digits: [Int] = []
    var fraction: Int?
    while let byte = bytes.first {
      if let digit = Cast.digit(byte) {
        digits.append(digit)
        fraction = fraction.map { $0 + 1 }
      } else if byte == UInt8(ascii: "."), fraction == nil {
        fraction = 0
      } else {
        break
      }
      bytes.removeFirst()
    }
    guard !digits.isEmpty, let exponent = Self.exponent(bytes) else { return nil }
    scale = (fraction ?? 0) - exponent
    guard Int32(exactly: scale) != nil else { return nil }
    let significant = Array(digits.drop { $0 == 0 })
    self.digits = significant.isEmpty ? [0] : significant
  }

  private static func exponent(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let mark = bytes.first else { return 0 }
    guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return nil }
    return Int32(String(decoding: bytes.dropFirst(), as: UTF8.self)).map { Int($0) }
  }
}
