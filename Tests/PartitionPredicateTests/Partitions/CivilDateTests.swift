import Foundation
import Testing

@testable import PartitionPredicate

@Suite("A civil date")
struct CivilDateTests {
  /// 1570-01-01 to 2370-12-31: two whole cycles of the Gregorian calendar around the epoch.
  static let days = -146_097...146_461

  @Test("every day of 400 years on either side of 1970 is the day after the one before")
  func consecutive() {
    var (year, month, day) = (1570, 1, 1)
    var mistakes: [Int] = []
    for days in Self.days {
      let date = CivilDate(daysSinceEpoch: days)
      if (date.year, date.month, date.day) != (year, month, day) { mistakes.append(days) }
      if date.daysSinceEpoch != days { mistakes.append(days) }
      day += 1
      if day > length(ofMonth: month, year: year) { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
    }
    #expect(mistakes.isEmpty)
    #expect((year, month, day) == (2371, 1, 1))
  }

  @Test("text is read back as the same day")
  func texts() {
    // A step of 7 days meets every day of every month.
    let mistakes = stride(from: Self.days.lowerBound, through: Self.days.upperBound, by: 7).filter {
      CivilDate(CivilDate(daysSinceEpoch: $0).text)?.daysSinceEpoch != $0
    }
    #expect(mistakes.isEmpty)
  }

  @Test("Foundation's calendar agrees")
  func foundation() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    // Foundation is Julian before October 1582. A step of 29 days meets every month and weekday.
    for days in stride(from: -141_000, to: 146_461, by: 29) {
      let instant = Date(timeIntervalSince1970: Double(days) * 86_400)
      let parts = calendar.dateComponents([.year, .month, .day], from: instant)
      let date = CivilDate(daysSinceEpoch: days)
      #expect(parts.year == date.year && parts.month == date.month && parts.day == date.day)
    }
  }

  private func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
