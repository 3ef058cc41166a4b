/// A unit of `date_trunc`.
enum TruncationUnit: Sendable {
  case microsecond
  case millisecond
  case second
  case minute
  case hour
  case day
  case week
  case month
  case quarter
  case year

  /// Reads a word as Spark, ignoring case; nil when it is no unit, which makes the result NULL.
  init?(_ word: String) {
    switch word.exact.uppercased {
    case "MICROSECOND": self = .microsecond
    case "MILLISECOND": self = .millisecond
    case "SECOND": self = .second
    case "MINUTE": self = .minute
    case "HOUR": self = .hour
    case "DAY", "DD": self = .day
    case "WEEK": self = .week
    case "MON", "MONTH", "MM": self = .month
    case "QUARTER": self = .quarter
    case "YEAR", "YYYY", "YY": self = .year
    default: return nil
    }
  }

  /// The start of the unit that the instant is in, in UTC; weeks start on Monday.
  ///
  /// - Returns: nil when the start is before the earliest instant.
  func truncated(_ microseconds: Int64) -> Int64? {
    switch self {
    case .microsecond: return microseconds
    case .millisecond: return start(microseconds, 1000)
    case .second: return start(microseconds, 1_000_000)
    case .minute: return start(microseconds, 60_000_000)
    case .hour: return start(microseconds, 3_600_000_000)
    case .day: return start(microseconds, CivilDate.microsecondsADay)
    case .week, .month, .quarter, .year:
      let days = Cast.floor(microseconds, by: CivilDate.microsecondsADay)
      let (product, overflow) = Int64(startDay(Int(days))).multipliedReportingOverflow(
        by: CivilDate.microsecondsADay)
      return overflow ? nil : product
    }
  }

  private func start(_ microseconds: Int64, _ length: Int64) -> Int64? {
    let (product, overflow) = Cast.floor(microseconds, by: length)
      .multipliedReportingOverflow(by: length)
    return overflow ? nil : product
  }

  /// Whether it is at least a week long.
  var isOfDays: Bool { [.week, .month, .quarter, .year].contains(self) }

  /// The first day of the unit of at least a week that a day is in.
  func startDay(_ days: Int) -> Int {
    // 1970-01-01 was a Thursday.
    if self == .week { return Int(Cast.floor(Int64(days + 3), by: 7)) * 7 - 3 }
    let date = CivilDate(daysSinceEpoch: days)
    let month = self == .month ? date.month : self == .quarter ? (date.month - 1) / 3 * 3 + 1 : 1
    return CivilDate(year: date.year, month: month, day: 1)?.daysSinceEpoch ?? days
  }
}
