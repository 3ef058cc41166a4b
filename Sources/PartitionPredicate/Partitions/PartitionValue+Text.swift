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

  private static func decimalText(_ unscaled: Int128, scale: Int) -> String {
    let digits = String(unscaled.magnitude)
    let filled = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    let sign = unscaled < 0 ? "-" : ""
    return scale == 0
      ? sign + filled : "\(sign)\(filled.dropLast(scale)).\(filled.suffix(scale))"
  }
}
