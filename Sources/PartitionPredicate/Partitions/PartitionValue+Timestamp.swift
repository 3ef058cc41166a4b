extension PartitionValue {
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
