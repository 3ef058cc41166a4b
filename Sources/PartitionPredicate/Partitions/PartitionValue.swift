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
  /// - Returns: nil when the text is no value of that type, for example `abc` of an int key.
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
}
