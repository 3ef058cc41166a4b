import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A compaction")
struct CompactionTests {
  static let path: ExactText = "month=1/day=1"
  static let columns = [Column(name: "origin", type: "VARCHAR")]

  private var tables: FlightsAndWeather
  private let storage = MemoryStorage()
  private let engine: LineEngine

  /// Weather records its rows: day 1 was built from `a` and `b` with the rows EWR, JFK and LGA.
  init() async throws {
    engine = LineEngine(over: storage)
    tables = FlightsAndWeather(days: 1...2)
    tables.weather = TableDefinition(
      name: "weather", location: "/data/weather", format: .parquet, keys: FlightsAndWeather.keys,
      recordsRows: true)
    tables.put("weather", "\(Self.path)/b.parquet")
    try await tables.commit()
    let consumed = try #require(tables.ledger.consumed[Self.path]?.inputs["weather"])
    tables.ledger.digestsOfRows[consumed] = try await engine.rowDigest(
      of: JoinUnit.Input(
        name: "weather", format: .parquet, columns: Self.columns, partition: Partition("day=1"),
        files: [write("a", ["LGA", "EWR"]), write("b", ["JFK"])]))
    engine.faults.fail(at: .max)
  }

  /// Writes a file and returns its path.
  @discardableResult
  private func write(_ name: String, _ rows: [String]) -> String {
    let path = "/data/weather/\(Self.path)/\(name).parquet"
    storage.write(rows.map { $0 + "\n" }.joined(), to: path)
    return path
  }

  /// Replaces `a` and `b` by one file.
  private mutating func compact(into name: String, _ rows: [String]) {
    for old in ["a", "b", "c"] { tables.remove("weather", "\(Self.path)/\(old).parquet") }
    tables.put("weather", "\(Self.path)/\(name).parquet")
    write(name, rows)
  }

  private func refined(columns: [String: [Column]] = ["weather": columns]) async throws
    -> PendingReport
  {
    try await CompactionCheck(
      ledger: tables.ledger, files: tables.storage.files, rows: engine, columns: columns
    )
    .refine(try await tables.report())
  }

  @Test("is told from a correction by the digest of the rows")
  mutating func compaction() async throws {
    compact(into: "c", ["JFK", "LGA", "EWR"])
    #expect(try await tables.report().lines == ["month=1/day=1 weather: 1 added, 2 removed"])
    #expect(try await tables.report().pending.map(\.isCompactedOnly) == [false])
    let report = try await refined()
    #expect(
      report.lines == [
        "month=1/day=1 weather: compacted, 3 files changed and the rows are the same"
      ])
    #expect(report.pending.map(\.isCompactedOnly) == [true])
    #expect(report.changeCounts(ofInput: "weather") == [.compaction: 1])
    #expect(report.arrivedBytes(ofInput: "weather") == 0)
    #expect(report.known.count == 2)
    #expect(report.known.map(\.isCompactedOnly) == [true, false])
    #expect(engine.faults.places(of: "rowDigest") == ["weather month=1/day=1"])
  }

  @Test("is also a file rewritten in place with the rows that it had")
  mutating func rewritten() async throws {
    tables.put("weather", "\(Self.path)/a.parquet", size: 55)
    #expect(try await refined().pending.map(\.isCompactedOnly) == [true])
  }

  @Test("is not one when a row differs")
  mutating func correction() async throws {
    compact(into: "c", ["JFK", "LGA", "SFO"])
    let report = try await refined()
    #expect(report.lines == ["month=1/day=1 weather: 1 added, 2 removed"])
    #expect(report.changeCounts(ofInput: "weather") == [.correction: 1])
  }

  @Test("beside another change leaves the partition to be built")
  mutating func besideAnother() async throws {
    compact(into: "c", ["JFK", "LGA", "EWR"])
    tables.put("flights", "\(Self.path)/b.parquet")
    let report = try await refined()
    #expect(report.pending.map { $0.reasons.map(\.changeClass) } == [[.arrival, .compaction]])
    #expect(report.pending.map(\.isCompactedOnly) == [false])
  }

  @Test("is not looked for where files only came or only went")
  mutating func otherClasses() async throws {
    tables.put("weather", "\(Self.path)/c.parquet")
    tables.remove("weather", "month=1/day=2/a.parquet")
    #expect(try await refined().pending.map(\.isCompactedOnly) == [false, false])
    #expect(engine.faults.calls.isEmpty)
  }

  @Test("is not looked for without a recorded digest, columns, or `recordsRows`, or while held")
  mutating func notChecked() async throws {
    compact(into: "c", ["JFK", "LGA", "EWR"])
    #expect(try await refined(columns: [:]).pending.map(\.isCompactedOnly) == [false])
    var others = self
    others.tables.ledger.digestsOfRows = [:]
    #expect(try await others.refined().pending.map(\.isCompactedOnly) == [false])
    others = self
    others.tables.weather = FlightsAndWeather().weather
    #expect(
      try await others.refined().changeCounts(ofInput: "weather") == [.correction: 1])
    others = self
    others.tables.flights = TableDefinition(
      name: "flights", location: "/data/flights", format: .parquet, keys: FlightsAndWeather.keys,
      minimumAge: .seconds(4_000_000_000))
    #expect(try await others.refined().pending.map(\.isCompactedOnly) == [false])
    #expect(engine.faults.calls.isEmpty)
  }

  @Test("that cannot be read stays a correction; a cancelled check ends")
  mutating func unreadable() async throws {
    compact(into: "c", ["JFK", "LGA", "EWR"])
    engine.faults.fail(at: 0)
    #expect(try await refined().changeCounts(ofInput: "weather") == [.correction: 1])
    let check = CompactionCheck(
      ledger: tables.ledger, files: tables.storage.files, rows: engine,
      columns: ["weather": Self.columns])
    let report = try await tables.report()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await check.refine(report)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("after a compaction is recognized by what the published content was built from")
  mutating func twice() async throws {
    compact(into: "c", ["JFK", "LGA", "EWR"])
    // The position moves to files that no run has read.
    let position = try #require(tables.ledger.consumed[Self.path])
    let version = try #require(
      try await tables.report().pending.first?.inputs.last?.version)
    tables.ledger.consumed[Self.path] = Position(
      run: 2, definition: position.definition,
      inputs: position.inputs.merging(["weather": VersionReference(version)]) { $1 })
    tables.ledger.versions[VersionReference(version)] = version.files
    #expect(try await tables.report().pending.isEmpty)
    compact(into: "d", ["JFK", "LGA", "EWR"])
    #expect(try await refined().pending.map(\.isCompactedOnly) == [true])
    compact(into: "e", ["JFK"])
    #expect(try await refined().pending.map(\.isCompactedOnly) == [false])
  }
}
