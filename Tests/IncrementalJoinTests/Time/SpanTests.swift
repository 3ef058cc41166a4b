import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The time that a partition covers")
struct SpanTests {
  static let day = [PartitionKey(name: "day", type: .date)]
  static let hour = day + [PartitionKey(name: "hour", type: .int)]
  static let parts = ["year", "month", "day"].map { PartitionKey(name: $0, type: .int) }

  static func time(
    _ keys: [PartitionKey], zone: String = "UTC", _ declared: KeyValuePairs<String, String> = [:]
  ) throws -> TableTime {
    TableTime(
      column: "ts", zone: zone,
      keys: try TimeKeys(
        keys: keys, declared: declared.map { DeclaredTimeKey(name: $0, value: $1) }))
  }

  /// A span as text: `2024-10-26T22:00Z to 2024-10-27T23:00Z`, with `and` between intervals.
  static func text(_ span: PartitionSpan) -> String {
    switch span {
    case .always: return "always"
    case .unknown: return "unknown"
    case .instants(let instants):
      func text(_ instant: Int64) -> String {
        let date = Date(timeIntervalSince1970: Double(instant) / 1_000_000)
        return String(date.formatted(.iso8601).dropLast(4)) + "Z"
      }
      return instants.map { "\(text($0.lowerBound)) to \(text($0.upperBound))" }
        .joined(separator: " and ")
    }
  }

  @Test(
    "it is what the clock of its zone shows",
    arguments: [
      ("UTC", "day=1969-12-31/hour=23", "1969-12-31T23:00Z to 1970-01-01T00:00Z"),
      ("Europe/Berlin", "day=2024-10-27/hour=2", "2024-10-27T00:00Z to 2024-10-27T02:00Z"),
      ("Europe/Berlin", "day=2024-03-31/hour=2", ""),
      ("Europe/Berlin", "day=2024-03-31/hour=3", "2024-03-31T01:00Z to 2024-03-31T02:00Z"),
      ("Australia/Lord_Howe", "day=2024-04-07/hour=1", "2024-04-06T14:00Z to 2024-04-06T15:30Z"),
      ("America/New_York", "day=2013-01-01/hour=0", "2013-01-01T05:00Z to 2013-01-01T06:00Z"),
      (
        "UTC", "day=__HIVE_DEFAULT_PARTITION__/hour=__HIVE_DEFAULT_PARTITION__", "unknown"
      ),
    ])
  func hours(zone: String, path: ExactText, expected: String) throws {
    let partition = try Partition(path: path, keys: Self.hour)
    let span = try Self.time(Self.hour, zone: zone).span(of: partition)
    #expect(Self.text(span) == expected)
  }

  @Test("days are as long as the clock says, and may have two pieces")
  func days() throws {
    let berlin = try Self.time(Self.day, zone: "Europe/Berlin")
    let long = try berlin.span(of: Partition(path: "day=2024-10-27", keys: Self.day))
    #expect(Self.text(long) == "2024-10-26T22:00Z to 2024-10-27T23:00Z")
    let newfoundland = try Self.time(Self.day, zone: "America/St_Johns")
    let split = try newfoundland.span(of: Partition(path: "day=2006-10-28", keys: Self.day))
    #expect(
      Self.text(split)
        == "2006-10-28T02:30Z to 2006-10-29T02:30Z and 2006-10-29T02:31Z to 2006-10-29T03:30Z")
  }

  @Test("years, months, patterns, lengths and constants name it as well")
  func spellings() throws {
    func span(_ time: TableTime, _ path: ExactText, _ keys: [PartitionKey]) throws -> String {
      Self.text(try time.span(of: Partition(path: path, keys: keys)))
    }
    let year = [PartitionKey(name: "Year", type: .string)]
    #expect(
      try span(Self.time(year), "Year=2013", year) == "2013-01-01T00:00Z to 2014-01-01T00:00Z")
    let months = Array(Self.parts.dropLast())
    #expect(
      try span(Self.time(months), "year=2013/month=12", months)
        == "2013-12-01T00:00Z to 2014-01-01T00:00Z")
    let dt = [PartitionKey(name: "dt", type: .string)]
    #expect(
      try span(Self.time(dt, ["dt": "yyyyMMdd'T'HH"]), "dt=20130131T05", dt)
        == "2013-01-31T05:00Z to 2013-01-31T06:00Z")
    let slot = [PartitionKey(name: "slot", type: .timestamp)]
    #expect(
      try span(Self.time(slot, ["slot": "15m"]), "slot=2013-01-31 05%3A45%3A00", slot)
        == "2013-01-31T05:45Z to 2013-01-31T06:00Z")
    let days = Array(Self.parts.dropFirst())
    #expect(
      try span(Self.time(days, ["year": "2013"]), "month=2/day=28", days)
        == "2013-02-28T00:00Z to 2013-03-01T00:00Z")
    let region = [PartitionKey(name: "region", type: .string)]
    #expect(try span(Self.time(region), "region=eu", region) == "always")
  }

  @Test(
    "values that name no time say which and why",
    arguments: [
      (
        "year=2013/month=13/day=1",
        "the partition year=2013/month=13/day=1 names no time: \"13\" of its key month is not a month. Rename "
          + "the folder, or correct `keys:` below `time:` of the table."
      ),
      (
        "year=2013/month=2/day=29",
        "the partition year=2013/month=2/day=29 names no day of the calendar. Rename the folder."
      ),
      (
        "year=2013/month=__HIVE_DEFAULT_PARTITION__/day=1",
        "the partition year=2013/month=__HIVE_DEFAULT_PARTITION__/day=1 names no time: its key day has a value "
          + "and another time key is NULL. Give all of them a value, or none."
      ),
    ])
  func misfits(path: ExactText, sentence: String) throws {
    let time = try Self.time(Self.parts)
    let partition = try Partition(path: path, keys: Self.parts)
    #expect { try time.span(of: partition) } throws: { "\($0)" == sentence }
  }

  @Test("a value that is no hour is not an hour")
  func misfitHour() throws {
    let keys = Self.parts + [PartitionKey(name: "hour", type: .int)]
    let partition = try Partition(path: "year=2013/month=1/day=1/hour=24", keys: keys)
    #expect {
      try Self.time(keys).span(of: partition)
    } throws: {
      "\($0)"
        == "the partition year=2013/month=1/day=1/hour=24 names no time: \"24\" of its key hour is not an hour. Rename "
        + "the folder, or correct `keys:` below `time:` of the table."
    }
  }

  @Test(
    "keys that name no span are refused with what to write",
    arguments: [
      (
        [PartitionKey(name: "hour", type: .int)], [:],
        "the partition key hour names no time without the year. Name the key that is the year under `keys:`, as "
          + "in `keys: { <key>: year }`, or give it as a constant, as in `keys: { year: 2013 }`"
      ),
      (
        [PartitionKey(name: "dt", type: .string)], ["td": "yyyyMMdd"],
        "\"td\" is not a partition key of the table, nor a part of a time (year, month, day, hour, minute). Did "
          + "you mean \"dt\"? The table's keys are dt"
      ),
      (
        [PartitionKey(name: "dt", type: .string)], ["dt": "YYYYMMDD"],
        "\"YYYYMMDD\" says nothing about time for the partition key dt of type string. Write a part, as in "
          + "`dt: day`, or how it is spelled, as in `dt: yyyyMMdd` (yyyy, MM, dd, HH and mm, each once)"
      ),
      (
        [PartitionKey(name: "slot", type: .timestamp)], [:],
        "the partition key slot is a timestamp whose spans have no length. Say how long they are, as in "
          + "`keys: { slot: 15m }`; a day has to be a multiple of it"
      ),
      (
        Array(SpanTests.parts.dropFirst()), ["year": "MMXIII"],
        "\"MMXIII\" is not a year. Write a number, as in `year: 2013`"
      ),
    ] as [([PartitionKey], [String: String], String)])
  func keys(keys: [PartitionKey], declared: [String: String], sentence: String) throws {
    #expect {
      try TimeKeys(
        keys: keys, declared: declared.map { DeclaredTimeKey(name: $0.key, value: $0.value) })
    } throws: {
      "\($0)" == sentence
    }
  }

  @Test("an unknown zone is an error with the near name, never UTC")
  func unknownZone() throws {
    let partition = try Partition(path: "day=2024-01-01", keys: Self.day)
    let time = try Self.time(Self.day, zone: "Europe/Berln")
    #expect { try time.span(of: partition) } throws: {
      "\($0)"
        == "the time zone \"Europe/Berln\" is not known here. Did you mean \"Europe/Berlin\"? Zones have names "
        + "such as Europe/Berlin or UTC."
    }
  }

  @Test("every instant lies in the span of the one partition whose keys its local time has")
  func everyInstant() throws {
    var random = SeededGenerator()
    let zones = [
      "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns",
      "Asia/Kolkata", "Africa/Casablanca", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu",
    ]
    for _ in 0..<600 {
      let zone = zones.randomElement(using: &random)!
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = try #require(TimeZone(identifier: zone))
      let second = Int64.random(in: -300_000_000...2_000_000_000, using: &random)
      let instant = second * 1_000_000 + Int64.random(in: 0..<1_000_000, using: &random)
      let date = Date(timeIntervalSince1970: Double(second))
      let local = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
      let count = Int.random(in: 1...5, using: &random)
      let keys = TimePart.allCases.prefix(count).map {
        PartitionKey(name: "\($0)", type: .int)
      }
      let numbers = [local.year, local.month, local.day, local.hour, local.minute].prefix(count)
      let partition = Partition(
        keys: keys, values: numbers.map { .integer(Int64($0 ?? 0)) })
      let span = try Self.time(keys, zone: zone).span(of: partition)
      #expect(span.contains(instant), "\(zone) \(partition) \(instant), seed \(random.seed)")
      let clock = try ZoneClock.named(zone)
      let parts = TimePart.parts(ofLocal: clock.local(at: instant))
      #expect(
        TimePart.allCases.prefix(count).map { parts[$0] } == Array(numbers), "seed \(random.seed)")
    }
  }
}
