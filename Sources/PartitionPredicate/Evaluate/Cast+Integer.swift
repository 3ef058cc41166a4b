extension Cast {
  /// The value as an int; what exceeds 32 bits wraps, but is NULL when it was text.
  static func int(_ value: PartitionValue) -> PartitionValue {
    if case .string(let text) = value {
      return integer(text, in: Int64(Int32.min)...Int64(Int32.max))
    }
    guard case .integer(let number) = bigint(value) else { return .null }
    return .integer(Int64(Int32(truncatingIfNeeded: number)))
  }

  /// The value as a bigint: fractions are cut off, an instant gives its whole seconds, a date NULL.
  static func bigint(_ value: PartitionValue) -> PartitionValue {
    switch value {
    case .null, .date: .null
    case .boolean(let flag): .integer(flag ? 1 : 0)
    case .integer: value
    case .decimal(let unscaled, let scale):
      .integer(Int64(truncatingIfNeeded: unscaled / (powerOfTen(scale) ?? 1)))
    case .timestamp(let microseconds): .integer(floor(microseconds, by: 1_000_000))
    case .string(let text): integer(text, in: .min ... .max)
    }
  }

  /// Reads a sign, digits and an ignored fraction, as `UTF8String.toLong`; `.` alone is 0.
  private static func integer(_ text: String, in range: ClosedRange<Int64>) -> PartitionValue {
    var digits = trimmed(text)
    guard let first = digits.first else { return .null }
    let isNegative = first == UInt8(ascii: "-")
    if isNegative || first == UInt8(ascii: "+") {
      digits.removeFirst()
      if digits.isEmpty { return .null }
    }
    // Counted downwards, since the least number has no positive counterpart.
    var number: Int64 = 0
    var isFraction = false
    for byte in digits {
      if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
        continue
      }
      guard let digit = digit(byte) else { return .null }
      if isFraction { continue }
      let (tenfold, overflow) = number.multipliedReportingOverflow(by: 10)
      let (difference, borrow) = tenfold.subtractingReportingOverflow(Int64(digit))
      if overflow || borrow { return .null }
      number = difference
    }
    if !isNegative {
      guard number != .min else { return .null }
      number = -number
    }
    return range.contains(number) ? .integer(number) : .null
  }

  /// The quotient rounded towards minus infinity.
  static func floor(_ number: Int64, by divisor: Int64) -> Int64 {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
