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
