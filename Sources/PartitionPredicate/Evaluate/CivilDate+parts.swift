extension CivilDate {
  /// A day of 24 hours, as all days of UTC are.
  static let microsecondsADay: Int64 = 86_400_000_000

  /// A day from its parts; nil when it does not exist (2013-02-29).
  init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    self.year = year
    self.month = month
    self.day = day
    guard CivilDate(daysSinceEpoch: daysSinceEpoch) == self else { return nil }
  }

  /// Java's spelling: a year beyond 9999 has a plus sign, one before 0 a minus sign.
  var signedText: String {
    let digits = padded(abs(year), to: 4)
    let sign = year < 0 ? "-" : year > 9999 ? "+" : ""
    return "\(sign)\(digits)-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }
}
