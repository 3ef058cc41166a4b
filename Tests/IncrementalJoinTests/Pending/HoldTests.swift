import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A held partition")
struct HoldTests {
  /// The instant of the listing, in seconds since 1970.
  static let now: Int64 = 2_000_000_000

  private func tables(age seconds: Int64, minimum: Duration) -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...2)
    tables.weather = TableDefinition(
      name: "weather", location: "/data/weather", format: .parquet, keys: FlightsAndWeather.keys,
      minimumAge: minimum)
    tables.put(
      "weather", "month=1/day=2/b.parquet", modified: (Self.now - seconds) * 1_000_000_000)
    return tables
  }

  @Test("has a file younger than min_age, and is left out of plan and predicate")
  func tooYoung() async throws {
    let tables = tables(age: 20, minimum: .seconds(60))
    let report = try await tables.report()
    #expect(
      report.pending.map(\.hold) == [
        nil,
        .tooYoung(
          input: "weather", file: "month=1/day=2/b.parquet", age: .seconds(20),
          minimum: .seconds(60)),
      ])
    for input in tables.job.inputs {
      #expect(
        try report.generated(forInput: input).text(.compact)
          == "month = 1 AND day = 1")
    }
    let plan = try await tables.plan(report)
    #expect(plan.units.map(\.partition.path) == ["month=1/day=1"])
    #expect(plan.held.map(\.partition.path) == ["month=1/day=2"])
  }

  @Test("is taken once the file is old enough")
  func oldEnough() async throws {
    #expect(
      try await tables(age: 60, minimum: .seconds(60)).report().pending.allSatisfy {
        $0.hold == nil
      })
  }

  @Test("is held for a file from the future until that instant and min_age have passed")
  func future() async throws {
    let hold = try await tables(age: -3600, minimum: .seconds(60)).report().pending.last?.hold
    #expect(
      hold
        == .fromFuture(
          input: "weather", file: "month=1/day=2/b.parquet",
          modified: Date(timeIntervalSince1970: TimeInterval(Self.now + 3600)),
          ahead: .seconds(3600),
          until: Date(timeIntervalSince1970: TimeInterval(Self.now + 3660))))
    #expect(
      hold?.description == """
        held: a file is dated 1 h in the future: weather file month=1/day=2/b.parquet \
        (2033-05-18 04:33:20 UTC), so the clock of its writer or of this machine is wrong; correct \
        the clock or `touch` the file, otherwise it is held until 2033-05-18 04:34:20 UTC
        """)
    #expect(try await tables(age: -3600, minimum: .zero).report().pending.last?.hold == nil)
  }

  @Test("takes a file that is dated up to a minute after the listing for one that is new")
  func tolerance() async throws {
    let hold = try await tables(age: -60, minimum: .seconds(60)).report().pending.last?.hold
    #expect(
      hold?.description
        == "held: a file is too young for another 1 min: weather file month=1/day=2/b.parquet is 0 s "
        + "old, and min_age is 1 min")
    guard
      case .fromFuture = try await tables(age: -61, minimum: .seconds(60)).report().pending.last?
        .hold
    else {
      Issue.record("61 s are no difference between two right clocks")
      return
    }
  }

  @Test("tells of a file from the future before one that is only young")
  func futureFirst() async throws {
    var tables = tables(age: 5, minimum: .seconds(60))
    tables.put("weather", "month=1/day=2/c.parquet", modified: (Self.now + 3600) * 1_000_000_000)
    guard
      case .fromFuture(_, "month=1/day=2/c.parquet", _, _, _) =
        try await tables.report().pending.last?.hold
    else {
      Issue.record("the file from the future needs somebody to put it right")
      return
    }
  }

  @Test("is only a pending one: a young file that was consumed holds nothing")
  func consumed() async throws {
    var tables = tables(age: 20, minimum: .seconds(60))
    try await tables.commit()
    let report = try await tables.report()
    #expect(report.pending.isEmpty)
    #expect(report.known.allSatisfy { $0.hold == nil })
  }

  @Test("waits for the first file of a table that was never seen")
  func unseenTable() async throws {
    var tables = FlightsAndWeather()
    tables.put("flights", "month=1/day=1/a.parquet")
    let plan = try await tables.plan()
    #expect(plan.units.isEmpty)
    #expect(plan.held.map(\.hold) == [.unknownColumns(input: "weather", table: "weather")])
    #expect(plan.outputColumns.isEmpty)
    #expect(
      try await tables.report().generated(forInput: tables.job.inputs[0]).predicate().root
        == .constant(false))
    tables.put("weather", "month=1/day=2/a.parquet")
    #expect(
      try await tables.plan().units.map(\.partition.path) == ["month=1/day=1", "month=1/day=2"])
  }

  @Test("needs not wait for a table with declared or pinned columns")
  func knownColumns() async throws {
    let columns = [Column(name: "origin", type: "VARCHAR")]
    var declared = FlightsAndWeather()
    declared.put("flights", "month=1/day=1/a.parquet")
    var pinned = declared
    declared.weather = TableDefinition(
      name: "weather", location: "/data/weather", format: .parquet, keys: FlightsAndWeather.keys,
      columns: columns)
    pinned.ledger.pinned["weather"] = columns
    #expect(try await declared.plan().units.count == 1)
    #expect(try await pinned.plan().units.count == 1)
  }

  @Test("says why it is held")
  func sentences() {
    #expect(
      Hold.tooYoung(
        input: "weather", file: "day=1/a.csv", age: .milliseconds(20_900), minimum: .seconds(60)
      ).description
        == "held: a file is too young for another 39 s: weather file day=1/a.csv is 20 s old, and "
        + "min_age is 1 min")
    #expect(
      Hold.unknownColumns(input: "w", table: "weather").description == """
        held: table weather of input w was never seen; declare its `columns:` or wait for its \
        first file
        """)
    #expect(Reason.definitionChanged.description == "definition changed")
    #expect(Reason.requested.description == "rerun requested")
  }
}
