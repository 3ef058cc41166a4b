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

  @Test("are read from the first file, and from no more")
  func firstFile() async throws {
    let tables = FlightsAndWeather(days: 1...3)
    _ = try await tables.plan()
    #expect(
      tables.schemas.opened.entries == [
        "/data/flights/month=1/day=1/a.parquet", "/data/weather/month=1/day=1/a.parquet",
      ])
  }

  @Test("are read from the next file when the first is truncated")
  func truncated() async throws {
    var tables = FlightsAndWeather(days: 1...3)
    let path = "/data/flights/month=1/day=1/a.parquet"
    tables.schemas.failures[path] = .unreadableFile(path: path, reason: "truncated")
    let plan = try await tables.plan()
    #expect(plan.columns["flights"] == tables.schemas.columns)
    #expect(plan.units.count == 3)
    #expect(tables.schemas.opened.entries[1] == "/data/flights/month=1/day=2/a.parquet")
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
