import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing

@testable import Charts

@Suite("What partition keys say about a calendar")
struct CalendarKeysTests {
  private static func keys(_ keys: (String, KeyType)...) -> [PartitionKey] {
    keys.map { PartitionKey(name: $0.0, type: $0.1) }
  }

  private static let days = 15_710  // 2013-01-05

  @Test("date and timestamp keys, and numbers or digits called by their part, tell a time")
  func undeclared() throws {
    let date = CalendarKeys(keys: Self.keys(("dt", .date)))
    #expect(date.grain == .day && date.hasYears && date.groupKeys.isEmpty)
    #expect(
      try date.slot(of: Self.partition("dt=2013-01-05", ("dt", .date))) == Self.days)

    let parts = [("year", KeyType.int), ("month", .string), ("day", .bigint), ("hour", .int)]
    let hours = CalendarKeys(keys: parts.map { PartitionKey(name: $0.0, type: $0.1) })
    #expect(hours.grain == .hour)
    let seven = try Partition(
      path: "year=2013/month=01/day=5/hour=7",
      keys: parts.map { PartitionKey(name: $0.0, type: $0.1) })
    #expect(hours.slot(of: seven) == Self.days * 24 + 7)

    let stamp = CalendarKeys(keys: Self.keys(("slot", .timestamp)))
    #expect(stamp.grain == .hour)
    #expect(
      try stamp.slot(of: Self.partition("slot=2013-01-05 07:45:00", ("slot", .timestamp)))
        == Self.days * 24 + 7)
    #expect(
      try stamp.slot(of: Self.partition("slot=1969-12-31 23:30:00", ("slot", .timestamp))) == -1)
  }

  @Test("months and days without a year are those of a leap year; other keys are the group")
  func withoutYear() throws {
    let keys = CalendarKeys(keys: Self.keys(("region", .string), ("m", .int), ("d", .int)))
    #expect(keys.grain == .day && !keys.hasYears && keys.groupKeys == [0])
    let leap = try Self.partition(
      "region=eu/m=2/d=29", ("region", .string), ("m", .int), ("d", .int))
    #expect(keys.slot(of: leap) == CivilDate(year: 2000, month: 2, day: 29)?.daysSinceEpoch)
    let none = try Self.partition(
      "region=eu/m=2/d=30", ("region", .string), ("m", .int), ("d", .int))
    #expect(keys.slot(of: none) == nil)
  }

  @Test("what is declared is followed: constants, patterns and lengths")
  func declared() throws {
    let constant = try TimeKeys(
      keys: Self.keys(("month", .int), ("day", .int)),
      declared: [DeclaredTimeKey(name: "year", value: "2013")])
    let keys = CalendarKeys(keys: Self.keys(("month", .int), ("day", .int)), time: constant)
    #expect(keys.hasYears && keys.grain == .day)
    #expect(
      try keys.slot(of: Self.partition("month=1/day=5", ("month", .int), ("day", .int)))
        == Self.days)

    let pattern = try TimeKeys(
      keys: Self.keys(("at", .string)), declared: [DeclaredTimeKey(name: "at", value: "yyyyMMddHH")]
    )
    let patterned = CalendarKeys(keys: Self.keys(("at", .string)), time: pattern)
    #expect(patterned.grain == .hour)
    #expect(
      try patterned.slot(of: Self.partition("at=2013010507", ("at", .string))) == Self.days * 24 + 7
    )
    #expect(
      try patterned.slot(of: Self.partition("at=yesterday", ("at", .string))) == nil)

    let length = try TimeKeys(
      keys: Self.keys(("slot", .timestamp)), declared: [DeclaredTimeKey(name: "slot", value: "15m")]
    )
    #expect(CalendarKeys(keys: Self.keys(("slot", .timestamp)), time: length).grain == .hour)
  }

  @Test("an hour without a day, a day without a month and other keys tell no time")
  func noTime() throws {
    for keys in [
      Self.keys(("hour", .int)), Self.keys(("day", .int)), Self.keys(("k", .int)),
      Self.keys(("region", .string), ("day", .int)),
    ] {
      let reader = CalendarKeys(keys: keys)
      #expect(reader.grain == .value)
      #expect(reader.groupKeys == Array(keys.indices.dropLast()))
    }
    #expect(CalendarKeys(keys: Self.keys(("year", .int))).grain == .year)
    #expect(CalendarKeys(keys: Self.keys(("year", .int), ("month", .int))).grain == .month)
    #expect(CalendarKeys(keys: []).grain == .value)
  }

  @Test("NULL names no time")
  func null() throws {
    let keys = CalendarKeys(keys: Self.keys(("dt", .date)))
    #expect(
      try keys.slot(of: Self.partition("dt=\(hiveDefaultPartition)", ("dt", .date))) == nil)
  }

  private static func partition(_ path: String, _ keys: (String, KeyType)...) throws -> Partition {
    try Partition(
      path: path.exact, keys: keys.map { PartitionKey(name: $0.0, type: $0.1) })
  }
}
