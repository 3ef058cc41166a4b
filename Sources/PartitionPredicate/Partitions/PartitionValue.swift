/// The value of one partition key, typed so that `01` and `1` of an int key are one value.
public enum PartitionValue: Sendable {
  /// The folder `name=__HIVE_DEFAULT_PARTITION__`.
  case null
  case boolean(Bool)
  /// A value of an `int` or `bigint` key.
  case integer(Int64)
  /// A decimal as its digits without the point; the scale is the key's.
  case decimal(unscaled: Int128, scale: Int)
  /// Days since 1970-01-01.
  case date(days: Int)
  /// Microseconds since 1970-01-01 00:00:00 UTC.
  case timestamp(microseconds: Int64)
  case string(String)
}

extension PartitionValue: Hashable {
  /// Strings are equal byte by byte, as in paths and in SQL; Swift's own equality would take two
  /// Unicode spellings of one character for one value.
  public static func == (left: PartitionValue, right: PartitionValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.decimal(let a, _), .decimal(let b, _)): a == b
    case (.date(let a), .date(let b)): a == b
    case (.timestamp(let a), .timestamp(let b)): a == b
    case (.string(let a), .string(let b)): a.exact == b.exact
    default: false
    }
  }

  /// Hashes what equality compares: a decimal's scale does not count, and strings are bytes.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rank)
    switch self {
    case .null: break
    case .boolean(let flag): hasher.combine(flag)
    case .integer(let number): hasher.combine(number)
    case .decimal(let unscaled, _): hasher.combine(unscaled)
    case .date(let days): hasher.combine(days)
    case .timestamp(let microseconds): hasher.combine(microseconds)
    case .string(let text): hasher.combine(text.exact)
    }
  }
}

extension PartitionValue: Comparable {
  /// Orders the values of one key; NULL comes first, as in Spark.
  public static func < (left: PartitionValue, right: PartitionValue) -> Bool {
    switch (left, right) {
    case (.null, .null): false
    case (.null, _): true
    case (.boolean(let a), .boolean(let b)): !a && b
    case (.integer(let a), .integer(let b)): a < b
    case (.decimal(let a, _), .decimal(let b, _)): a < b
    case (.date(let a), .date(let b)): a < b
    case (.timestamp(let a), .timestamp(let b)): a < b
    case (.string(let a), .string(let b)): a.exact < b.exact
    default: left.rank < right.rank
    }
  }

  /// Values of different kinds never meet in one key; the rank only makes the order total.
  private var rank: Int {
    switch self {
    case .null: 0
    case .boolean: 1
    case .integer: 2
    case .decimal: 3
    case .date: 4
    case .timestamp: 5
    case .string: 6
    }
  }
}

/// The folder value that stands for NULL, as in Hive.
public let hiveDefaultPartition = "__HIVE_DEFAULT_PARTITION__"

extension PartitionValue {
  /// Reads the raw text of a path (percent-decoded) as a value of the given type, byte by byte: a digit
  /// or sign with a combining mark is no digit and no sign.
  ///
  /// - Returns: nil when the text is not a value of that type, for example `abc` of an int key.
  public init?(raw: String, type: KeyType) {
    if raw.exact == hiveDefaultPartition.exact {
      self = .null
      return
    }
    let value: PartitionValue? =
      switch type {
      case .string: .string(raw)
      case .int: Int32(raw).map { .integer(Int64($0)) }
      case .bigint: Int64(raw).map { .integer($0) }
      case .boolean: Self.boolean(raw).map { .boolean($0) }
      case .date: CivilDate(raw).map { .date(days: $0.daysSinceEpoch) }
      case .timestamp: Self.microseconds(raw).map { .timestamp(microseconds: $0) }
      case .decimal(let precision, let scale): Self.decimal(raw, precision: precision, scale: scale)
      }
    guard let value else { return nil }
    self = value
  }

  /// The canonical spelling: `1`, `2013-12-31`, `2013-12-31 05:00:00`, `true`, `1.50`.
  public var text: String {
    switch self {
    case .null: hiveDefaultPartition
    case .string(let text): text
    case .integer(let number): String(number)
    case .boolean(let flag): flag ? "true" : "false"
    case .date(let days): CivilDate(daysSinceEpoch: days).text
    case .timestamp(let microseconds): Self.timestampText(microseconds)
    case .decimal(let unscaled, let scale): Self.decimalText(unscaled, scale: scale)
    }
  }

  /// Reads `true` or `false`, in small letters or capital ones.
  private static func boolean(_ raw: String) -> Bool? {
    // The bit that tells a small letter of ASCII from its capital one.
    let lowercased = raw.utf8.map { $0 | 0x20 }
    if lowercased.elementsEqual("true".utf8) { return true }
    return lowercased.elementsEqual("false".utf8) ? false : nil
  }

  /// Reads `[+-]digits[.digits]`, where one of the two groups of digits may be empty.
  private static func decimal(_ raw: String, precision: Int, scale: Int) -> PartitionValue? {
    var unsigned = raw.utf8[...]
    let sign = unsigned.first
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { unsigned.removeFirst() }
    let parts = unsigned.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? Array(parts[1]) : []
    let digits = parts[0] + fraction
    guard !digits.isEmpty, digits.allSatisfy(isDigit),
      fraction.dropFirst(scale).allSatisfy({ $0 == UInt8(ascii: "0") })
    else { return nil }
    let kept = fraction.prefix(scale)
    let zeros = repeatElement(UInt8(ascii: "0"), count: scale - kept.count)
    guard let unscaled = Int128(String(decoding: parts[0] + kept + zeros, as: UTF8.self)),
      String(unscaled).utf8.count <= precision
    else { return nil }
    return .decimal(unscaled: sign == UInt8(ascii: "-") ? -unscaled : unscaled, scale: scale)
  }

  /// Digits with a point before the last so many: `-1.50`, `0.05`.
  static func decimalText(_ unscaled: Int128, scale: Int) -> String {
    let filled = padded(unscaled.magnitude, to: scale + 1)
    let sign = unscaled < 0 ? "-" : ""
    return scale == 0
      ? sign + filled : "\(sign)\(filled.dropLast(scale)).\(filled.suffix(scale))"
  }

  // MARK: Timestamps

  /// Reads `yyyy-MM-dd`, or `yyyy-MM-dd[ T]HH:mm[:ss[.fraction]]` with an offset from UTC or without
  /// one, as microseconds since 1970-01-01 00:00:00 UTC.
  ///
  /// The fraction has up to nine digits, of which those beyond the microsecond are zeros. An offset is
  /// `Z`, `+HH`, `+HHmm`, `+HH:mm` or `+HH:mm:ss` (as DuckDB writes the offsets of the 19th century), or the
  /// same with `-`; a text without one is in UTC.
  ///
  /// - Returns: nil for any other text, and for an instant outside of the years 0000 to 9999, which
  ///   canonical text could not spell.
  static func microseconds(_ raw: String) -> Int64? {
    var text = raw.utf8[...]
    guard let date = CivilDate(Substring(text.prefix(10))) else { return nil }
    text = text.dropFirst(10)
    let midnight = Int64(date.daysSinceEpoch) * CivilDate.microsecondsADay
    if text.isEmpty || text.elementsEqual("Z".utf8) { return midnight }
    guard let gap = text.popFirst(), gap == UInt8(ascii: " ") || gap == UInt8(ascii: "T"),
      let time = timeOfDay(&text), let offset = offset(text)
    else { return nil }
    let instant = midnight + time - offset
    return years.contains(instant) ? instant : nil
  }

  /// The canonical text of an instant: `2013-12-31 05:00:00`, with six fractional digits or none.
  static func timestampText(_ microseconds: Int64) -> String {
    let days = microseconds.floored(by: CivilDate.microsecondsADay)
    // The product may be before the earliest instant, the difference is not.
    let rest = Int(microseconds &- days &* CivilDate.microsecondsADay)
    let (seconds, fraction) = (rest / 1_000_000, rest % 1_000_000)
    let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }
    let text = "\(CivilDate(daysSinceEpoch: Int(days)).text) \(time.joined(separator: ":"))"
    return fraction == 0 ? text : "\(text).\(padded(fraction, to: 6))"
  }

  /// The instants whose year has four digits: from 0000-01-01 on and before 10000-01-01.
  private static let years = -62_167_219_200_000_000..<253_402_300_800_000_000 as Range<Int64>

  /// The farthest that an offset may be from UTC, in seconds: the 18 hours of Java, and so of Spark.
  private static let farthestOffset = 18 * 3600 as Int64

  /// Takes `HH:mm[:ss[.fraction]]` off the front of a text; in microseconds since midnight.
  private static func timeOfDay(_ text: inout Substring.UTF8View) -> Int64? {
    guard let hour = twoDigits(&text, below: 24), take(":", from: &text),
      let minute = twoDigits(&text, below: 60)
    else { return nil }
    let minutes = (hour * 60 + minute) * 60_000_000
    guard take(":", from: &text) else { return minutes }
    guard let second = twoDigits(&text, below: 60) else { return nil }
    let seconds = minutes + second * 1_000_000
    guard take(".", from: &text) else { return seconds }
    let digits = text.prefix(while: isDigit)
    text = text.dropFirst(digits.count)
    let zero = UInt8(ascii: "0")
    let filled = Array(digits.prefix(6)) + repeatElement(zero, count: max(0, 6 - digits.count))
    guard (1...9).contains(digits.count), digits.dropFirst(6).allSatisfy({ $0 == zero }),
      let fraction = number(ofDigits: filled)
    else { return nil }
    return seconds + Int64(fraction)
  }

  /// How far a text's clock is ahead of UTC, in microseconds; 0 for an empty text.
  private static func offset(_ text: Substring.UTF8View) -> Int64? {
    var text = text
    if text.isEmpty || text.elementsEqual("Z".utf8) { return 0 }
    guard let sign = text.popFirst(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      var seconds = twoDigits(&text, below: 24).map({ $0 * 3600 })
    else { return nil }
    let hasColon = take(":", from: &text)
    if hasColon || !text.isEmpty {
      guard let minutes = twoDigits(&text, below: 60) else { return nil }
      seconds += minutes * 60
    }
    if hasColon, take(":", from: &text) {
      guard let rest = twoDigits(&text, below: 60) else { return nil }
      seconds += rest
    }
    guard text.isEmpty, seconds <= farthestOffset else { return nil }
    return (sign == UInt8(ascii: "-") ? -seconds : seconds) * 1_000_000
  }

  private static func twoDigits(_ text: inout Substring.UTF8View, below limit: Int64) -> Int64? {
    guard text.count >= 2, let value = number(ofDigits: text.prefix(2)), value < limit else {
      return nil
    }
    text = text.dropFirst(2)
    return Int64(value)
  }

  private static func take(
    _ mark: Unicode.Scalar, from text: inout Substring.UTF8View
  ) -> Bool {
    guard text.first == UInt8(ascii: mark) else { return false }
    text.removeFirst()
    return true
  }
}
