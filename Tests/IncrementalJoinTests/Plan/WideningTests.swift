import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("Widening a pinned column")
struct WideningTests {
  private func tables() -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...1)
    tables.ledger.pins["weather"] = [
      PinnedColumn(SeenColumn(name: "Amount", type: "DECIMAL(10,2)")),
      PinnedColumn(SeenColumn(name: "note", type: nil)),
    ]
    tables.schemas.wider = ["DECIMAL(10,2)": ["DECIMAL(12,2)"]]
    return tables
  }

  private func widening(
    of column: String, to type: String, _ tables: FlightsAndWeather, table: TableDefinition? = nil
  ) async throws -> ColumnWidening {
    try await ColumnWidening(
      of: column, to: type, in: table ?? tables.weather, ledger: tables.ledger,
      schemas: tables.schemas)
  }

  private func refusal(
    of column: String, to type: String, _ tables: FlightsAndWeather, table: TableDefinition? = nil
  ) async throws -> String? {
    do {
      _ = try await widening(of: column, to: type, tables, table: table)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("names the column as it is pinned, and says that files of the type before are still read")
  func wider() async throws {
    let widening = try await widening(of: "aMOUNT", to: "DECIMAL(12,2)", tables())
    #expect(widening.column == "Amount")
    #expect(!widening.isNothing)
    #expect(
      "\(widening)" == """
        weather.Amount is DECIMAL(12,2) now; files of DECIMAL(10,2) are still read, and nothing is \
        pending because of it.
        """)
    let known = try await self.widening(of: "amount", to: "DECIMAL(10,2)", tables())
    #expect(known.isNothing)
    #expect("\(known)" == "weather.Amount is DECIMAL(10,2) already; nothing was changed.")
    let first = try await self.widening(of: "note", to: "DATE", tables())
    #expect(!first.isNothing)
    #expect("\(first)" == "weather.note is DATE now; no file had shown a value of it.")
  }

  @Test("is refused where not every value would fit, or nothing is pinned, and says what to do")
  func refusals() async throws {
    #expect(
      try await refusal(of: "amount", to: "INTEGER", tables()) == """
        weather.Amount is DECIMAL(10,2), and not every value of that is exactly a value of INTEGER: \
        files that are read today would fail. Choose a type that holds them all, or declare \
        `columns:` in dovetail.yaml, which makes every partition of the jobs that read the table \
        pending.
        """)
    #expect(
      try await refusal(of: "amuont", to: "INTEGER", tables())
        == "The table weather has no column amuont. Did you mean Amount?")
    #expect(
      try await refusal(of: "temperature", to: "INTEGER", tables())
        == "The table weather has no column temperature. Its columns are: Amount, note.")
    #expect(
      try await refusal(of: "origin", to: "INTEGER", FlightsAndWeather(days: 1...1)) == """
        The columns of the table weather are not pinned yet: the first run that reads it pins them. \
        To choose other types before that, declare `columns:` in dovetail.yaml; `dovetail tables \
        --columns` shows what the files would give.
        """)
    func table(columns: [Column]? = nil, isOutput: Bool = false) -> TableDefinition {
      TableDefinition(
        name: "weather", location: "/data/weather", format: .parquet,
        keys: FlightsAndWeather.keys, columns: columns, isOutput: isOutput)
    }
    #expect(
      try await refusal(of: "a", to: "INTEGER", tables(), table: table(columns: [])) == """
        The columns of the table weather are declared, and none is pinned. Change a under its \
        `columns:` in dovetail.yaml instead; that makes every partition of the jobs that read it \
        pending.
        """)
    #expect(
      try await refusal(of: "a", to: "INTEGER", tables(), table: table(isOutput: true)) == """
        weather is the output of a job: its columns follow from the job's definition, and none is \
        pinned.
        """)
  }
}
