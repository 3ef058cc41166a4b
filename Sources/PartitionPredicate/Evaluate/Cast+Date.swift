extension Cast {
  /// The value as a date: the UTC day of an instant; text as `yyyy[-[m]m[-[d]d]]`, behind which
  /// ` ...` or `T...` is ignored; NULL for numbers.
  static func date(_ value: PartitionValue) -> PartitionValue {
    switch value {
    case .null, .boolean, .integer, .decimal: .null
    case .date: value
    case .timestamp(let microseconds):
      .date(days: Int(floor(microseconds, by: CivilDate.microsecondsADay)))
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
}
