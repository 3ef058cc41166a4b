import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A preview of what other positions would make pending")
struct PreviewTests {
  private func tables() async throws -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    tables.put("weather", "month=1/day=2/b.parquet")
    try await tables.commit()
    return tables
  }

  @Test("of none at all is that everything counts as new")
  func reset() async throws {
    let tables = try await tables()
    let detector = PendingDetector(storage: tables.storage, ledger: tables.ledger)
    let report = try await detector.detect(tables.job, positions: [:])
    #expect(
      report.lines == [
        "month=1/day=1 flights: 1 added; weather: 1 added",
        "month=1/day=2 flights: 1 added; weather: 2 added",
      ])
    #expect(report.positions.isEmpty)
    #expect(report.lineages.byPartition.count == 2)
  }

  @Test("of those of an earlier run is what came since, by the same listings")
  func rewind() async throws {
    let tables = try await tables()
    let detector = PendingDetector(storage: tables.storage, ledger: tables.ledger)
    let now = try await detector.detect(tables.job)
    #expect(now.lines.isEmpty)
    let listed = tables.listings.count
    let then = try await detector.detect(
      tables.job, snapshots: now.snapshots,
      positions: tables.ledger.positions(of: tables.job, asOf: 1).byPartition)
    #expect(then.lines == ["month=1/day=2 weather: 1 added"])
    #expect(try await detector.detect(tables.job, snapshots: now.snapshots).lines.isEmpty)
    #expect(tables.listings.count == listed)
  }

  @Test("and the report itself keep the positions by partition, the newest of two spellings")
  func positions() async throws {
    var tables = try await tables()
    let position = try #require(tables.ledger.consumed["month=1/day=2"])
    tables.ledger.consumed["month=01/day=2"] = Position(run: 1, definition: "x", inputs: [:])
    tables.ledger.consumed["year=2013"] = position
    let report = try await tables.report()
    #expect(report.positions["month=1/day=2"] == position)
    #expect(report.positions.keys.sorted() == ["month=1/day=1", "month=1/day=2"])
  }
}

@Suite("Where a partition stands")
struct StandingTests {
  @Test("says by which run it was consumed, why it is pending or held, or that nobody knows it")
  func sentences() async throws {
    var tables = FlightsAndWeather(days: 1...3)
    try await tables.commit()
    try await tables.commit()
    tables.put("weather", "month=1/day=2/b.parquet")
    try await tables.commit()
    tables.put("weather", "month=1/day=3/b.parquet")
    tables.ledger.undo("month=1/day=2", by: 9)
    let report = try await tables.report()
    func status(_ path: ExactText) throws -> String {
      report.status(of: try Partition(path: path, keys: FlightsAndWeather.keys))
    }
    #expect(
      try status("month=1/day=1") == "not pending: its files are those consumed by run 1")
    #expect(try status("month=1/day=2").hasPrefix("held: run 9 undid what run 3 had built"))
    #expect(try status("month=1/day=3") == "pending: weather: 1 added")
    #expect(
      try status("month=2/day=1") == "not known: no input has it, and it was never built")
  }
}
