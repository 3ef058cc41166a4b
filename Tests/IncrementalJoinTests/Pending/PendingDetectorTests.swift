import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("What is pending")
struct PendingDetectorTests {
  @Test("everything is new before the first run")
  func firstSight() async throws {
    let report = try await FlightsAndWeather(days: 1...2).report()
    #expect(
      report.lines == [
        "month=1/day=1 flights: 1 added; weather: 1 added",
        "month=1/day=2 flights: 1 added; weather: 1 added",
      ])
    #expect(report.pending.allSatisfy { $0.fileCount == 2 && $0.bytes == 200 })
  }

  @Test("nothing new on either side leaves nothing pending, and the predicate is FALSE")
  func nothingNew() async throws {
    var tables = FlightsAndWeather(days: 1...3)
    try await tables.commit()
    let report = try await tables.report()
    #expect(report.pending.isEmpty)
    #expect(report.known.count == 3)
    for input in tables.job.inputs {
      for dialect in PredicateDialect.allCases {
        #expect(
          try report.generated(forInput: input).text(dialect)
            == (dialect == .glue ? "month = 0 AND month = 1" : "FALSE"))
      }
    }
  }

  @Test("tables without any file leave nothing pending")
  func emptyTables() async throws {
    let report = try await FlightsAndWeather().report()
    #expect(report.known.isEmpty)
    #expect(report.emptiedInputs.isEmpty)
  }

  @Test("one side with nothing new is still read in full where the other side has news")
  func oneSideNothingNew() async throws {
    var tables = FlightsAndWeather(days: 1...3)
    try await tables.commit()
    tables.put("weather", "month=1/day=2/late.parquet")
    let report = try await tables.report()
    #expect(report.lines == ["month=1/day=2 weather: 1 added"])
    #expect(report.pending.first?.inputs.map { $0.version?.files.count } == [1, 2])
    for input in tables.job.inputs {
      #expect(
        try report.generated(forInput: input).text(.plain)
          == "(month=='1' and day=='2')")
    }
  }

  @Test("a partition that only one input has is pending and one-sided")
  func oneSided() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    tables.put("flights", "month=12/day=31/a.parquet")
    let report = try await tables.report()
    #expect(report.known.map(\.isOneSided) == [false, true])
    #expect(report.lines.last == "month=12/day=31 flights: 1 added")
    #expect(report.known.last?.inputs.last?.version == nil)
  }

  @Test("a partition is pending again when its other side lands later")
  func otherSideLater() async throws {
    var tables = FlightsAndWeather()
    tables.put("flights", "month=1/day=1/a.parquet")
    try await tables.commit()
    #expect(try await tables.report().lines.isEmpty)
    tables.put("weather", "month=1/day=1/a.parquet")
    #expect(try await tables.report().lines == ["month=1/day=1 weather: 1 added"])
  }

  @Test("a file rewritten with the same size is found by its mtime")
  func rewritten() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    tables.put("flights", "month=1/day=2/a.parquet", modified: 2_000)
    #expect(try await tables.report().lines == ["month=1/day=2 flights: 1 rewritten"])
  }

  @Test("an older mtime is a rewrite too: no clock is compared")
  func olderFile() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    tables.put("flights", "month=1/day=2/a.parquet", modified: 1)
    tables.put("flights", "month=1/day=1/old.parquet", modified: 1)
    #expect(
      try await tables.report().lines == [
        "month=1/day=1 flights: 1 added", "month=1/day=2 flights: 1 rewritten",
      ])
  }

  @Test("a deleted file is noticed where others remain")
  func deletedFile() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    tables.put("weather", "month=1/day=1/b.parquet")
    try await tables.commit()
    tables.remove("weather", "month=1/day=1/a.parquet")
    #expect(try await tables.report().lines == ["month=1/day=1 weather: 1 removed"])
  }

  @Test("a deleted partition is noticed although no input lists it any more")
  func deletedPartition() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    tables.remove("flights", "month=1/day=2/a.parquet")
    tables.remove("weather", "month=1/day=2/a.parquet")
    let report = try await tables.report()
    #expect(report.lines == ["month=1/day=2 flights: 1 removed; weather: 1 removed"])
    #expect(report.pending.first?.fileCount == 0)
    try await tables.commit()
    #expect(try await tables.report().lines.isEmpty)
  }

  @Test("changes are listed by path, of every kind")
  func changes() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    tables.put("flights", "month=1/day=1/c.parquet")
    try await tables.commit()
    tables.put("flights", "month=1/day=1/b.parquet")
    tables.put("flights", "month=1/day=1/c.parquet", size: 7)
    tables.remove("flights", "month=1/day=1/a.parquet")
    let reason = try #require(try await tables.report().pending.first?.reasons.first)
    let change = try #require(reason.change)
    let changes = change.changes
    #expect(change.input == "flights" && !change.isHalo && !change.isNamed)
    #expect(change.partition.path == "month=1/day=1")
    #expect(changes.map(\.kind) == [.removed, .added, .rewritten])
    #expect(changes.map(\.file.size) == [100, 100, 7])
    #expect("\(reason)" == "flights: 1 added, 1 rewritten, 1 removed")
  }

  @Test("another definition makes every partition pending, beside what changed")
  func definition() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    tables.transformation = .join(type: .left, on: ["origin"], select: nil)
    tables.put("weather", "month=1/day=2/b.parquet")
    tables.put("weather", "month=1/day=3/a.parquet")
    #expect(
      try await tables.report().lines == [
        "month=1/day=1 definition changed",
        "month=1/day=2 weather: 1 added; definition changed",
        "month=1/day=3 weather: 1 added",
      ])
    try await tables.commit()
    #expect(try await tables.report().lines.isEmpty)
  }

  @Test("positions of keys that the output no longer has are passed over")
  func otherKeys() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    tables.ledger.consumed["year=2013"] = Position(run: 1, definition: "x", inputs: [:])
    #expect(try await tables.report().known.map(\.partition.path) == ["month=1/day=1"])
  }

  @Test("a failed or skipped partition stays pending while others are committed")
  func skipped() async throws {
    var tables = FlightsAndWeather(days: 1...3)
    try await tables.commit(["month=1/day=1", "month=1/day=3"])
    #expect(
      try await tables.report().pending.map(\.partition.path) == ["month=1/day=2"])
  }

  @Test("two inputs that read one table list it once")
  func selfJoin() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    tables.weather = tables.flights
    tables.put("flights", "x.csv")
    let report = try await tables.report()
    #expect(tables.listings == ["/data/flights"])
    #expect(report.lines == ["month=1/day=1 flights: 1 added; weather: 1 added"])
    #expect(report.problems.count == 1)
  }

  @Test("every input is listed, each its own table")
  func eachInputListed() async throws {
    let tables = FlightsAndWeather(days: 1...1)
    let report = try await tables.report()
    #expect(tables.listings.sorted() == ["/data/flights", "/data/weather"])
    #expect(report.snapshots.map(\.table.name) == ["flights", "weather"])
    #expect(report.listedAt == tables.listedAt)
  }

  @Test("interrupted publishes and lineages come with the report")
  func ledgerFacts() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    try await tables.commit()
    tables.ledger.unfinished = ["month=1/day=1"]
    let report = try await tables.report()
    #expect(report.unfinished == ["month=1/day=1"])
    #expect(report.lineages == (try tables.ledger.lineages(of: tables.job)))
  }
}

extension FlightsAndWeather {
  /// The locations that were listed, in order.
  var listings: [String] { files.faults.places(of: "list") }
}
