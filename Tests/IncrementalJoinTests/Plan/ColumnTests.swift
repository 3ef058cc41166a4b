import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The columns of a plan's inputs")
struct ColumnTests {
  static let declared = [Column(name: "declared", type: "BIGINT")]
  static let pinned = [Column(name: "pinned", type: "BIGINT")]

  @Test("declared win over pinned, and pinned over what files show")
  func precedence() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    #expect(try await tables.plan().columns["weather"] == tables.schemas.columns)
    tables.ledger.pinned["weather"] = Self.pinned
    #expect(try await tables.plan().columns["weather"] == Self.pinned)
    tables.weather = TableDefinition(
      name: "weather", location: "/data/weather", format: .parquet, keys: FlightsAndWeather.keys,
      columns: Self.declared)
    let plan = try await tables.plan()
    #expect(plan.columns["weather"] == Self.declared)
    #expect(plan.columns["flights"] == tables.schemas.columns)
    #expect(plan.outputColumns == [Column(name: "joined", type: "BIGINT")])
  }

  @Test("are decided by the first eight files together, and by no more")
  func firstFiles() async throws {
    let tables = FlightsAndWeather(days: 1...10)
    let plan = try await tables.plan()
    let expected = ["flights", "weather"].flatMap { table in
      (1...8).map { "/data/\(table)/month=1/day=\($0)/a.parquet" }
    }
    #expect(tables.schemas.opened.entries == expected)
    #expect(plan.seenColumns["flights"]?.files == Array(expected.prefix(8)))
  }

  @Test("without a value in the first eight files are looked for in the next ones")
  func openColumns() async throws {
    var tables = FlightsAndWeather(days: 1...10)
    tables.schemas.open = ["delay": "/data/flights/month=1/day=9/a.parquet"]
    let plan = try await tables.plan()
    #expect(plan.columns["flights"] == tables.schemas.columns)
    #expect(plan.seenColumns["flights"]?.files.count == 10)
    // Where no file shows a value, the column reads as text, and nothing is pinned for it.
    tables.schemas.open = ["delay": "/data/nowhere"]
    let open = try await tables.plan()
    #expect(open.columns["flights"]?.last == Column(name: "delay", type: "VARCHAR"))
    #expect(open.seenColumns["flights"]?.columns.last == SeenColumn(name: "delay", type: nil))
  }

  @Test("that are pinned stay, and only those without a type are looked for")
  func pinnedOpen() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    tables.ledger.pins["flights"] = [
      PinnedColumn(SeenColumn(name: "Origin", type: "VARCHAR")),
      PinnedColumn(SeenColumn(name: "DELAY", type: nil)),
    ]
    let plan = try await tables.plan()
    #expect(
      plan.columns["flights"] == [
        Column(name: "Origin", type: "VARCHAR"), Column(name: "DELAY", type: "BIGINT"),
      ])
    #expect(plan.seenColumns["flights"] != nil)
  }

  @Test("are read from the next file when the first is truncated")
  func truncated() async throws {
    var tables = FlightsAndWeather(days: 1...3)
    let path = "/data/flights/month=1/day=1/a.parquet"
    tables.schemas.failures[path] = .unreadableFile(path: path, reason: "truncated")
    let plan = try await tables.plan()
    #expect(plan.columns["flights"] == tables.schemas.columns)
    #expect(plan.units.count == 3)
    #expect(plan.seenColumns["flights"]?.files.first == "/data/flights/month=1/day=2/a.parquet")
  }

  @Test("fail with the first file's error when no file shows them")
  func none() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    for day in 1...2 {
      let path = "/data/flights/month=1/day=\(day)/a.parquet"
      tables.schemas.failures[path] = .unreadableFile(path: path, reason: "truncated")
    }
    let broken = tables
    await #expect(
      throws: EngineError.unreadableFile(
        path: "/data/flights/month=1/day=1/a.parquet", reason: "truncated")
    ) { try await broken.plan() }
  }
}
