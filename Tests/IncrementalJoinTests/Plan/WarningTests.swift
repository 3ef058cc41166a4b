import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The warnings of a plan")
struct WarningTests {
  private static let uuid = TypeConversion(column: "id", type: "UUID", written: "VARCHAR")

  /// Days whose weather is text: types are guessed, and only some rows have a field.
  private func text(_ days: ClosedRange<Int>) -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: days)
    tables.schemas.shown["/data/weather/month=1/day=1/a.parquet"] = SeenColumns(
      columns: [SeenColumn(name: "at", type: "DATE"), SeenColumn(name: "note", type: nil)],
      sparse: ["error_code", "a.b"], isGuess: true)
    return tables
  }

  @Test("say what is guessed from how many files, until it is pinned")
  func guesses() async throws {
    var tables = text(1...3)
    let optional = """
      Only some rows of table weather have error_code, a.b. A file in which no row has such a field \
      fails, unless `optional:` of the table lists it.
      """
    #expect(
      try await tables.plan().warnings == [
        """
        Types of columns of table weather are guessed from 3 files, and this run pins them once a \
        partition is built: `dovetail tables --columns` shows them in the form of `columns:` in \
        dovetail.yaml.
        """, optional,
      ])
    #expect(
      try await text(1...1).plan().warnings.first == """
        Types of columns of table weather are guessed from 1 file, and this run pins them once a \
        partition is built: `dovetail tables --columns` shows them in the form of `columns:` in \
        dovetail.yaml.
        """)
    tables.ledger.pinned["weather"] = [Column(name: "at", type: "DATE")]
    #expect(try await tables.plan().warnings == [])
    // What files say themselves is shown in the plan, and nothing to be warned of.
    #expect(try await FlightsAndWeather(days: 1...1).plan().warnings == [])
    #expect(try await FlightsAndWeather(days: 1...1).plan().seenColumns.count == 2)
  }

  @Test("propose the fields under `optional:` that are not there yet and that a file may not lack")
  func optional() async throws {
    var tables = text(1...1)
    tables.rename("weather", to: "json")
    tables.schemas.shown = [
      "/data/weather/month=1/day=1/a.json": try #require(tables.schemas.shown.values.first)
    ]
    func weather(_ policy: SchemaPolicy, optional: [String]) -> TableDefinition {
      TableDefinition(
        name: "weather", location: "/data/weather", format: .json, keys: FlightsAndWeather.keys,
        schemaPolicy: policy, optional: optional)
    }
    for (policy, listed, proposed) in [
      (SchemaPolicy.additive, [], ["error_code", "a.b"]), (.strict, ["a.b"], ["error_code"]),
      (.strict, ["A.b"], ["error_code", "a.b"]), (.additive, ["a.b", "error_code"], nil),
      (.lenient, [], nil),
    ] as [(SchemaPolicy, [String], [String]?)] {
      tables.weather = weather(policy, optional: listed)
      let plan = try await tables.plan()
      #expect(plan.proposedOptional["weather"] == proposed)
      #expect(plan.warnings.count == (proposed == nil ? 1 : 2))
    }
  }

  @Test("say how columns are written that Spark cannot read, until the output says what is wanted")
  func conversions() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    tables.schemas.conversions = [
      Self.uuid, TypeConversion(column: "at", type: "TIMESTAMP_NS", written: "TIMESTAMP"),
    ]
    let spark = [
      """
      Column id (UUID) is written as VARCHAR, which Spark and Glue can read; `types: duckdb` on the \
      output keeps it.
      """,
      """
      Column at (TIMESTAMP_NS) is written as TIMESTAMP, which Spark and Glue can read; `types: duckdb` \
      on the output keeps it.
      """,
    ]
    #expect(try await tables.plan().warnings == spark)
    tables.outputTypes = .spark
    #expect(try await tables.plan().warnings == [])
    #expect(try await tables.plan().conversionNotes == spark)
    tables.outputTypes = .duckdb
    #expect(try await tables.plan().warnings == [])
    tables.schemas.conversions = [Self.uuid]
    #expect(
      try await tables.plan().conversionNotes == [
        """
        Column id (UUID) is written as it is; Spark 3.5 cannot read it. `types: spark` on the output \
        rebuilds all partitions with types that it reads.
        """
      ])
  }

  @Test("are none where nothing is built")
  func nothing() async throws {
    var tables = text(1...1)
    tables.schemas.conversions = [Self.uuid]
    try await tables.commit()
    #expect(try await tables.plan().warnings == [])
  }
}
