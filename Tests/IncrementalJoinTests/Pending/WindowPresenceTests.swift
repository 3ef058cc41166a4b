import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

/// How much of a window is there, in hours of one day that may lack some.
@Suite("The parts of a window that are there")
struct WindowPresenceTests {
  private let day = [PartitionKey(name: "day", type: .date)]

  private func presence(
    hours: some Sequence<Int>, before: Duration = .zero, after: Duration = .zero,
    zone: String = "UTC", day number: Int = 19_001
  ) throws -> String? {
    let days = TableDefinition(
      name: "days", location: Location("/days"), format: .parquet, keys: day,
      time: TableTime(column: "ts", zone: zone, keys: try TimeKeys(keys: day)))
    let quotes = TableDefinition(
      name: "quotes", location: Location("/quotes"), format: .parquet, keys: ReadSetsTests.hours,
      time: TableTime(column: "ts", zone: zone, keys: try TimeKeys(keys: ReadSetsTests.hours)))
    let job = ReadSetsTests.job([days, quotes], output: day, before: before, after: after)
    let partitions = hours.map { ReadSetsTests.hour($0 + (number - 19_000) * 24) }
    let sets = ReadSets(
      of: job.inputs[1], ReadSetsTests.snapshot(of: quotes, partitions), index: 1, in: job)
    let cell = Partition(keys: day, values: [.date(days: number)])
    return sets.presence(for: cell, span: OutputPartitions(of: job).span(of: cell))?.description
  }

  @Test("are counted, and those before the first that there is are not expected")
  func counts() throws {
    #expect(try presence(hours: 0..<24) == "24 of 24 hours present")
    #expect(try presence(hours: 0..<7) == "7 of 24 hours present")
    #expect(try presence(hours: [0, 1, 5, 23]) == "4 of 24 hours present")
    #expect(try presence(hours: 20..<24) == "4 of 4 hours present")
    #expect(try presence(hours: []) == "0 of 24 hours present")
    #expect(
      try presence(hours: -5..<24, before: .seconds(900)) == "25 of 25 hours present")
    #expect(
      try presence(hours: 0..<24, before: .seconds(900)) == "24 of 24 hours present")
    #expect(
      try presence(hours: -1..<24, before: .seconds(900), after: .seconds(7_200))
        == "25 of 27 hours present")
  }

  @Test("are as many as the clock has")
  func clocks() throws {
    let spring = try #require(CivilDate(year: 2024, month: 3, day: 31)).daysSinceEpoch
    #expect(
      try presence(hours: 0..<2, zone: "Europe/Berlin", day: spring) == "2 of 23 hours present")
    #expect(
      try presence(hours: [0, 1] + Array(3..<24), zone: "Europe/Berlin", day: spring)
        == "23 of 23 hours present")
  }

  @Test("are told with the input that is waited for")
  func sentence() {
    let presence = WindowPresence(present: 7, expected: 24, unit: "hours")
    let hold = Hold.waiting(
      inputs: [AwaitedInput(name: "quotes", presence: presence)],
      since: Date(timeIntervalSince1970: 0), until: nil)
    #expect(
      "\(hold)" == "held: waiting for quotes (7 of 24 hours present) since 1970-01-01 00:00:00 UTC")
    #expect(!presence.isComplete)
  }
}
