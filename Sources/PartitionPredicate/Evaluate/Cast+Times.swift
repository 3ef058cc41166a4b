extension Cast {
  /// The value as a date: the UTC day of an instant; text as `yyyy[-[m]m[-[d]d]]`, behind which
  /// ` ...` or `T...` is ignored; NULL for numbers.
  static func date(_ value: PartitionValue) -> PartitionValue {
    switch value {
    case .null, .boolean, .integer, .decimal: .null
    case .date: value
    case .timestamp(let microseconds):
      .date(days: Int(microseconds.floored(by: CivilDate.microsecondsADay)))
    case .string(let text): date(trimmed(text)).map { .date(days: $0) } ?? .null
    }
  }

  /// As `SparkDateTimeUtils.stringToDate`: up to seven digits of a year, with a sign.
  private static func date(_ text: Substring.UTF8View) -> Int? {
    var bytes = text
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    var parts: [Int] = []
    var part = DigitRun()
    for byte in bytes {
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "T") {
        // Only a whole date may be followed by something else.
        if parts.count < 2 { return nil }
        break
      }
      if byte == UInt8(ascii: "-"), parts.count < 2 {
        guard let number = part.number(digits: parts.isEmpty ? 4...7 : 1...2) else { return nil }
        parts.append(number)
        part = DigitRun()
      } else {
        guard part.append(byte) else { return nil }
      }
    }
    guard let number = part.number(digits: parts.isEmpty ? 4...7 : 1...2) else { return nil }
    parts = parts + [number] + Array(repeating: 1, count: 2 - parts.count)
    let year = isNegative ? -parts[0] : parts[0]
    guard let date = CivilDate(year: year, month: parts[1], day: parts[2]) else { return nil }
    return Int32(exactly: date.daysSinceEpoch).map { Int($0) }
  }

  // MARK: Instants

  /// The value as an instant: numbers are seconds since 1970, a date is its midnight in UTC, and
  /// true is one microsecond.
  static func timestamp(_ value: PartitionValue, today: Int) -> PartitionValue {
    switch value {
    case .null: return .null
    case .boolean(let flag): return .timestamp(microseconds: flag ? 1 : 0)
    case .integer(let seconds):
      // Spark's SECONDS.toMicros stops at the ends of 64 bits.
      let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
      return .timestamp(microseconds: overflow ? (seconds < 0 ? .min : .max) : product)
    case .decimal(let unscaled, let scale):
      return .timestamp(microseconds: microseconds(unscaled, scale: scale))
    case .date(let days):
      let (product, overflow) = Int64(days).multipliedReportingOverflow(
        by: CivilDate.microsecondsADay)
      return overflow ? .null : .timestamp(microseconds: product)
    case .timestamp: return value
    case .string(let text):
      return TimestampText(trimmed(text))?.microseconds(today: today)
        .map { .timestamp(microseconds: $0) } ?? .null
    }
  }

  /// Seconds as whole microseconds, cut off; beyond 64 bits they wrap, as in Spark.
  private static func microseconds(_ unscaled: Int128, scale: Int) -> Int64 {
    let divisor = powerOfTen(scale) ?? 1
    let (seconds, rest) = unscaled.quotientAndRemainder(dividingBy: divisor)
    let fraction =
      scale <= 6 ? rest * (powerOfTen(6 - scale) ?? 1) : rest / (powerOfTen(scale - 6) ?? 1)
    return Int64(truncatingIfNeeded: seconds &* 1_000_000 &+ fraction)
  }
}

/// The text of an instant, taken apart as Spark's `SparkDateTimeUtils.parseTimestampString` does:
/// `yyyy[-[m]m[-[d]d[( |T)[h]h[:[m]m[:[s]s[.fraction][zone]]]]]]`, or a time alone.
struct TimestampText {
  /// Year, month, day, hour, minute, second, microsecond.
  private var parts = [1, 1, 1, 0, 0, 0, 0]
  private var zone: ZoneText?
  private var hasDate = true

  /// Takes a trimmed text apart; nil when it is no instant.
  init?(_ text: Substring.UTF8View) {
    guard let first = text.first else { return nil }
    let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    var rest = isSigned ? text.dropFirst() : text
    var index = 0
    if first == UInt8(ascii: "T") {
      hasDate = false
      index = 3
      rest = rest.dropFirst()
    }
    var run = DigitRun()
    while let byte = rest.first {
      // More than six digits of a fraction are dropped.
      if Cast.digit(byte) != nil {
        if index < 6 || run.count < 6 { _ = run.append(byte) }
        rest = rest.dropFirst()
        continue
      }
      if index == 0, byte == UInt8(ascii: ":"), !isSigned {
        hasDate = false
        index = 3
      }
      guard set(index, run) else { return nil }
      if index >= 5, !(index == 5 && byte == UInt8(ascii: ".")) {
        guard let zone = ZoneText(String(decoding: rest, as: UTF8.self)) else { return nil }
        self.zone = zone
        if first == UInt8(ascii: "-") { parts[0] = -parts[0] }
        return
      }
      guard Self.separators[index].contains(byte) else { return nil }
      index += 1
      run = DigitRun()
      rest = rest.dropFirst()
    }
    guard set(index, run) else { return nil }
    if first == UInt8(ascii: "-") { parts[0] = -parts[0] }
  }

  /// What may follow each part but the fraction.
  private static let separators: [[UInt8]] = [
    [UInt8(ascii: "-")], [UInt8(ascii: "-")], [UInt8(ascii: " "), UInt8(ascii: "T")],
    [UInt8(ascii: ":")], [UInt8(ascii: ":")], [UInt8(ascii: ".")],
  ]

  private mutating func set(_ index: Int, _ run: DigitRun) -> Bool {
    let digits = index == 0 ? 4...6 : index == 6 ? 0...6 : 1...2
    guard let number = run.number(digits: digits) else { return false }
    parts[index] = index == 6 ? (run.count..<6).reduce(number) { value, _ in value * 10 } : number
    return true
  }

  /// Microseconds since 1970-01-01 00:00:00 UTC; nil where the day or the time does not exist.
  ///
  /// A time alone is one of `today`, which is in days since 1970-01-01.
  func microseconds(today: Int) -> Int64? {
    let date =
      hasDate
      ? CivilDate(year: parts[0], month: parts[1], day: parts[2])
      : CivilDate(daysSinceEpoch: today)
    guard let date, parts[3] < 24, parts[4] < 60, parts[5] < 60 else { return nil }
    let seconds = (date.daysSinceEpoch * 24 + parts[3]) * 3600 + parts[4] * 60 + parts[5]
    let instant = seconds - (zone?.offset(ofLocal: seconds) ?? 0)
    let (product, overflow) = Int64(instant).multipliedReportingOverflow(by: 1_000_000)
    let (sum, carry) = product.addingReportingOverflow(Int64(parts[6]))
    return overflow || carry ? nil : sum
  }
}

/// Digits being read one by one.
struct DigitRun {
  private(set) var count = 0
  private var value = 0

  /// Adds a digit; false when the byte is none.
  ///
  /// Of too many digits the value is wrong, but then their number is, too.
  mutating func append(_ byte: UInt8) -> Bool {
    guard let digit = Cast.digit(byte) else { return false }
    value = value &* 10 &+ digit
    count += 1
    return true
  }

  /// The number, nil when it has too few or too many digits.
  func number(digits: ClosedRange<Int>) -> Int? { digits.contains(count) ? value : nil }
}
