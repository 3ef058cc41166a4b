/// A day of the proleptic Gregorian calendar, convertible to and from days since 1970-01-01.
///
/// The conversion is Howard Hinnant's `days_from_civil` (http://howardhinnant.github.io/date_algorithms.html).
package struct CivilDate: Hashable {
  /// A day of 24 hours, as all days of UTC are.
  package static let microsecondsADay: Int64 = 86_400_000_000

  package let year: Int
  package let month: Int
  package let day: Int

  package init(daysSinceEpoch days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Reads `yyyy-MM-dd`, byte by byte; nil when it is not a day that exists (2013-02-29).
  init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = number(ofDigits: bytes[0..<4]), let month = number(ofDigits: bytes[5..<7]),
      let day = number(ofDigits: bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// A day from its parts; nil when it does not exist (2013-02-29).
  package init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    self.year = year
    self.month = month
    self.day = day
    guard CivilDate(daysSinceEpoch: daysSinceEpoch) == self else { return nil }
  }

  package var daysSinceEpoch: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package var text: String {
    "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  /// Java's spelling: a year beyond 9999 has a plus sign, one before 0 a minus sign.
  var signedText: String {
    let digits = padded(abs(year), to: 4)
    let sign = year < 0 ? "-" : year > 9999 ? "+" : ""
    return "\(sign)\(digits)-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  /// The day so many months later, or the last of that month, in days since 1970-01-01.
  ///
  /// - Returns: nil beyond what a date holds, where Spark ends with an error.
  func moved(months: Int) -> Int? {
    let sum = year * 12 + month - 1 + months
    let year = sum.floored(by: 12)
    let date = (0..<4).lazy
      .compactMap { CivilDate(year: year, month: sum - year * 12 + 1, day: day - $0) }.first
    return date.flatMap { Int32(exactly: $0.daysSinceEpoch) }.map { Int($0) }
  }
}

/// A number with leading zeros: `padded(7, to: 2)` is `07`.
package func padded(_ number: some BinaryInteger, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// The number that a few bytes spell, all of them digits of ASCII; nil for any other and for none.
package func number(ofDigits bytes: some Collection<UInt8>) -> Int? {
  guard !bytes.isEmpty, bytes.allSatisfy(isDigit) else { return nil }
  return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
}

extension FixedWidthInteger {
  /// The quotient rounded towards minus infinity.
  package func floored(by divisor: Self) -> Self {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

/// Whether a byte is one of the digits of ASCII.
func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
