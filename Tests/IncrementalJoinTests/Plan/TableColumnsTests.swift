import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The columns of a table")
struct TableColumnsTests {
  private static let origin = PinOrigin(
    run: 3, user: "ada", at: Date(timeIntervalSince1970: 1_700_000_000))

  private func columns(_ tables: FlightsAndWeather, of table: TableDefinition? = nil) async throws
    -> TableColumns
  {
    try await TableColumns(
      of: tables.storage.tables.snapshot(of: table ?? tables.weather), in: tables.storage.files,
      ledger: tables.ledger, schemas: tables.schemas)
  }

  private func weather(
    columns: [Column]? = nil, age: Duration = .zero, isOutput: Bool = false
  ) -> TableDefinition {
    TableDefinition(
      name: "weather", location: "/data/weather", format: .csv, keys: FlightsAndWeather.keys,
      columns: columns, minimumAge: age, isOutput: isOutput)
  }

  /// Three days of weather, of which the first files show a type and none.
  private func tables() -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...3)
    tables.weather = weather()
    tables.rename("weather", to: "csv")
    tables.schemas.shown["/data/weather/month=1/day=1/a.csv"] = SeenColumns(
      columns: [SeenColumn(name: "at", type: "DATE"), SeenColumn(name: "note", type: nil)],
      sparse: ["error_code"], isGuess: true)
    return tables
  }

  @Test("are those that are declared, for which no file is opened")
  func declared() async throws {
    let tables = tables()
    let found = try await columns(tables, of: weather(columns: [Column(name: "a", type: "INT")]))
    #expect(found.entries.map(\.column) == [SeenColumn(name: "a", type: "INT")])
    #expect(found.entries.map(\.source) == [.declared])
    #expect(tables.schemas.opened.entries == [])
  }

  @Test("are those that are pinned; files are opened only for a type that is still unknown")
  func pinned() async throws {
    var tables = tables()
    tables.ledger.pins["weather"] = [
      PinnedColumn(SeenColumn(name: "at", type: "TIMESTAMP"), origin: Self.origin),
      PinnedColumn(SeenColumn(name: "old", type: "BIGINT")),
    ]
    var found = try await columns(tables)
    #expect(found.entries.map(\.source) == [.pinned(Self.origin), .pinned(nil)])
    #expect(found.fileCount == 0)
    #expect(tables.schemas.opened.entries == [])
    tables.ledger.pins["weather"] = [
      PinnedColumn(SeenColumn(name: "AT", type: nil)),
      PinnedColumn(SeenColumn(name: "note", type: nil)),
      PinnedColumn(SeenColumn(name: "id", type: "BIGINT"), origin: Self.origin),
    ]
    found = try await columns(tables)
    #expect(
      found.entries.map(\.column) == [
        SeenColumn(name: "AT", type: "DATE"), SeenColumn(name: "note", type: nil),
        SeenColumn(name: "id", type: "BIGINT"),
      ])
    #expect(found.entries.map(\.source) == [.guessed, .unseen, .pinned(Self.origin)])
    #expect(found.fileCount == 3)
  }

  @Test("are else those that its files show, and fields that only some rows have are proposed")
  func shown() async throws {
    let found = try await columns(tables(), of: weather())
    #expect(found.entries.map(\.source) == [.guessed, .unseen])
    #expect(found.proposedOptional == ["error_code"])
    #expect(found.fileCount == 3)
    let parquet = try await columns(FlightsAndWeather(days: 1...1))
    #expect(parquet.entries.map(\.source) == [.seen, .seen])
    let nothing = try await columns(FlightsAndWeather())
    #expect(nothing.entries == [])
    #expect(nothing.fileCount == 0)
  }

  @Test("of an output are those of its files, whatever is pinned under its name")
  func output() async throws {
    var tables = tables()
    tables.ledger.pinned["weather"] = [Column(name: "a", type: "INT")]
    let found = try await columns(tables, of: weather(isOutput: true))
    #expect(found.entries.map(\.column.name) == ["at", "note"])
  }

  @Test("are not guessed from files that may still be written")
  func young() async throws {
    var tables = tables()
    let now = tables.listedAt.timeIntervalSince1970
    tables.put("weather", "month=1/day=1/b.csv", modified: Int64(now - 30) * 1_000_000_000)
    let found = try await columns(tables, of: weather(age: .seconds(60)))
    #expect(found.fileCount == 2)
    #expect(tables.schemas.opened.entries.allSatisfy { !$0.contains("day=1/") })
    #expect(try await columns(tables, of: weather(age: .seconds(30))).fileCount == 4)
  }

  @Test("fail with the first file's error when no file can be read")
  func unreadable() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    let path = "/data/weather/month=1/day=1/a.parquet"
    let error = EngineError.unreadableFile(path: path, reason: "truncated")
    tables.schemas.failures[path] = error
    let broken = tables
    await #expect(throws: error) { try await columns(broken) }
  }
}
