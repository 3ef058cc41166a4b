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
}
