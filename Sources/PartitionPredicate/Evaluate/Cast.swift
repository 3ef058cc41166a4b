extension PartitionValue {
  /// The value as another type, by the rules of Spark 3.5's CAST with ANSI mode off and the session
  /// time zone UTC.
  ///
  /// - Parameters:
  ///   - from: The type of the value; `.null` values have every type.
  ///   - to: The type of the result. `.double` is no type of values, its result is NULL.
  ///   - today: The date of a time without one, such as `12:30:00`, in days since 1970-01-01.
  /// - Returns: NULL where the value cannot be converted, for example `abc` as an int.
  func cast(from: ValueType, to: ValueType, today: Int) -> PartitionValue {
    if self == .null || from == to { return self }
    return switch to {
    case .null, .double: .null
    case .boolean: Cast.boolean(self)
    case .int: Cast.int(self)
    case .bigint: Cast.bigint(self)
    case .decimal(let precision, let scale): Cast.decimal(self, precision: precision, scale: scale)
    case .date: Cast.date(self)
    case .timestamp: Cast.timestamp(self, today: today)
    case .string: .string(Cast.string(self))
    }
  }
}

/// Spark's conversions, one function a target type.
///
/// Each follows the Scala or Java method that its comment names (Spark 3.5.4).
enum Cast {
  /// The bytes without the white space and control characters around them, as `UTF8String.trimAll`.
  static func trimmed(_ text: String) -> Substring.UTF8View {
    var bytes = text.utf8[...]
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    return bytes
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F }

  /// The value of an ASCII digit; nil for every other byte.
  static func digit(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
  }

  /// Ten to a power, nil where it exceeds what `Int128` holds.
  static func powerOfTen(_ exponent: Int) -> Int128? {
    guard (0...38).contains(exponent) else { return nil }
    return (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  // MARK: Booleans

  /// The value as a boolean: numbers and instants are true but for zero, a date is never one.
  static func boolean(_ value: PartitionValue) -> PartitionValue {
    switch value {
    case .null, .date: .null
    case .boolean: value
    case .integer(let number): .boolean(number != 0)
    case .decimal(let unscaled, _): .boolean(unscaled != 0)
    case .timestamp(let microseconds): .boolean(microseconds != 0)
    case .string(let text):
      words[Substring(trimmed(text)).exact.lowercased].map { .boolean($0) } ?? .null
    }
  }

  /// The words of `StringUtils.isTrueString` and `isFalseString`.
  private static let words: [ExactText: Bool] = [
    "t": true, "true": true, "y": true, "yes": true, "1": true,
    "f": false, "false": false, "n": false, "no": false, "0": false,
  ]

  // MARK: Integers

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
    case .timestamp(let microseconds): .integer(microseconds.floored(by: 1_000_000))
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

  // MARK: Texts

  /// The value as text; NULL never comes here, it stays NULL.
  static func string(_ value: PartitionValue) -> String {
    switch value {
    case .null: hiveDefaultPartition
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .decimal(let unscaled, let scale): text(unscaled, scale: scale)
    case .date(let days): CivilDate(daysSinceEpoch: days).signedText
    case .timestamp(let microseconds): text(microseconds)
    case .string(let text): text
    }
  }

  /// As Java's `BigDecimal.toString`: what is less than a millionth has an exponent, `1E-7`.
  private static func text(_ unscaled: Int128, scale: Int) -> String {
    let digits = String(unscaled.magnitude)
    let exponent = digits.count - 1 - scale
    let sign = unscaled < 0 ? "-" : ""
    if exponent < -6 {
      let fraction = digits.dropFirst()
      return "\(sign)\(digits.prefix(1))\(fraction.isEmpty ? "" : ".\(fraction)")E\(exponent)"
    }
    return PartitionValue.decimalText(unscaled, scale: scale)
  }

  /// `yyyy-MM-dd HH:mm:ss`, and the fraction without trailing zeros.
  private static func text(_ microseconds: Int64) -> String {
    let days = microseconds.floored(by: CivilDate.microsecondsADay)
    // The product may be before the earliest instant, the difference is not.
    let rest = Int(microseconds &- days &* CivilDate.microsecondsADay)
    let (seconds, fraction) = rest.quotientAndRemainder(dividingBy: 1_000_000)
    let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }
    var text =
      "\(CivilDate(daysSinceEpoch: Int(days)).signedText) \(time.joined(separator: ":"))"
    if fraction != 0 {
      text += ".\(padded(fraction, to: 6))"
      while text.last == "0" { text.removeLast() }
    }
    return text
  }
}
