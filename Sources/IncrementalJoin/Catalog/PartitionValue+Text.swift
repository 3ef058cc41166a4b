/// The folder value that stands for NULL, as in Hive.
public let hiveDefaultPartition = "__HIVE_DEFAULT_PARTITION__"

extension PartitionValue {
  /// Reads the raw text of a path (percent-decoded) as a value of the given type.
  ///
  /// - Returns: nil when the text is no value of that type, for example `abc` of an int key.
  public init?(raw: String, type: KeyType) {
    if raw == hiveDefaultPartition {
      self = .null
      return
    }
    let value: PartitionValue? =
      switch type {
      case .string: .string(raw)
      case .int: Int32(raw).map { .integer(Int64($0)) }
      case .bigint: Int64(raw).map { .integer($0) }
      case .boolean: Self.booleans[raw.lowercased()].map { .boolean($0) }
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

  private static let booleans = ["true": true, "false": false]

  private static func decimal(_ raw: String, precision: Int, scale: Int) -> PartitionValue? {
    let negative = raw.hasPrefix("-")
    let parts = raw.drop { $0 == "-" || $0 == "+" }
      .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1] : ""
    guard raw.count - (parts.map(\.count).reduce(0, +) + parts.count - 1) <= 1,
      fraction.count <= scale || fraction.dropFirst(scale).allSatisfy({ $0 == "0" }),
      !(parts[0].isEmpty && fraction.isEmpty),
      (parts[0] + fraction).utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    let kept = fraction.prefix(scale)
    let digits = parts[0] + kept + String(repeating: "0", count: scale - kept.count)
    guard let unscaled = Int128(digits.isEmpty ? "0" : digits),
      String(unscaled).count <= precision
    else { return nil }
    return .decimal(unscaled: negative ? -unscaled : unscaled, scale: scale)
  }

  private static func decimalText(_ unscaled: Int128, scale: Int) -> String {
    let digits = String(unscaled.magnitude)
    let filled = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    let sign = unscaled < 0 ? "-" : ""
    return scale == 0
      ? sign + filled : "\(sign)\(filled.dropLast(scale)).\(filled.suffix(scale))"
  }

  /// Reads `yyyy-MM-dd[ T]HH:mm[:ss[.ffffff]][Z]` in UTC.
  private static func microseconds(_ raw: String) -> Int64? {
    let text = raw.hasSuffix("Z") ? raw.dropLast() : raw[...]
    guard let date = CivilDate(text.prefix(10)) else { return nil }
    let midnight = Int64(date.daysSinceEpoch) * 86_400_000_000
    let rest = text.dropFirst(10)
    if rest.isEmpty { return midnight }
    guard rest.first == " " || rest.first == "T" else { return nil }
    let parts = rest.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    let seconds = (parts.count == 3 ? parts[2] : "00").split(
      separator: ".", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), (1...2).contains(seconds.count),
      let hour = number(parts[0], digits: 2...2, below: 24),
      let minute = number(parts[1], digits: 2...2, below: 60),
      let second = number(seconds[0], digits: 2...2, below: 60)
    else { return nil }
    var fraction: Int64 = 0
    if seconds.count == 2 {
      guard let digits = number(seconds[1], digits: 1...6, below: 1_000_000) else { return nil }
      fraction = (seconds[1].count..<6).reduce(digits) { value, _ in value * 10 }
    }
    return midnight + ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
  }

  private static func number(
    _ text: Substring, digits: ClosedRange<Int>, below limit: Int64
  ) -> Int64? {
    guard digits.contains(text.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
      let value = Int64(text), value < limit
    else { return nil }
    return value
  }

  private static func timestampText(_ microseconds: Int64) -> String {
    let day = 86_400_000_000 as Int64
    let (whole, part) = microseconds.quotientAndRemainder(dividingBy: day)
    let days = part < 0 ? whole - 1 : whole
    let rest = Int(part < 0 ? part + day : part)
    let (seconds, fraction) = (rest / 1_000_000, rest % 1_000_000)
    let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }
    let text = "\(CivilDate(daysSinceEpoch: Int(days)).text) \(time.joined(separator: ":"))"
    return fraction == 0 ? text : "\(text).\(padded(fraction, to: 6))"
  }
}
