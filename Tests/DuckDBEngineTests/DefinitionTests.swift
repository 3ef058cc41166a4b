import DuckDBEngine
import IncrementalJoin
import Testing

@Suite("Definitions that do not fit")
struct DefinitionTests {
  let bench: Workbench
  let inputs: [JoinUnit.Input] = [
    .named("flights", "origin VARCHAR, delay INTEGER"),
    .named("weather", "origin VARCHAR, wind DOUBLE"),
  ]

  init() throws { bench = try Workbench() }

  func rejection(sql: String) async -> String? {
    await bench.rejection(.sql(sql, inputs))?.description
  }

  func rejection(select: String...) async -> String? {
    await bench.rejection(.join(on: ["origin"], select: select, inputs))?.description
  }

  @Test("validating needs no file and returns the columns without the keys")
  func valid() async throws {
    let unit = JoinUnit.sql("FROM flights JOIN weather USING (origin, month)", inputs)
    #expect(
      try await bench.engine.validate(unit).columns == [
        Column(name: "origin", type: "VARCHAR"), Column(name: "delay", type: "INTEGER"),
        Column(name: "wind", type: "DOUBLE"),
      ])
  }

  @Test("SQL that does not parse is marked with line and column")
  func syntax() async {
    #expect(
      await rejection(sql: "SELECT origin\nFORM flights WHERE é = 1")
        == "sql: line 2, column 6: syntax error at or near \"flights\".")
    #expect(
      await rejection(select: "origin", "delay +")
        == "select: expression 2 (delay +) line 1, column 8: syntax error at end of input.")
  }

  @Test("an unknown column is marked with line, column and candidates")
  func unknownColumn() async {
    #expect(
      await rejection(sql: "SELECT 'é' AS e,\n  dellay FROM flights") == """
        sql: line 2, column 3: Referenced column "dellay" not found in FROM clause! \
        Candidate bindings: "delay".
        """)
    #expect(
      await rejection(select: "origin", "wind + dellay AS x") == """
        select: expression 2 (wind + dellay AS x) line 1, column 8: Referenced column "dellay" not \
        found in FROM clause! Candidate bindings: "delay".
        """)
  }

  @Test("a table that is not an input is refused with the inputs' names")
  func unknownTable() async {
    #expect(
      await rejection(sql: "SELECT * FROM flight")
        == "sql: line 1, column 15: there is no input \"flight\"; the inputs are flights, weather.")
    #expect(await rejection(sql: "SELECT * FROM '/etc/passwd'")?.contains("no input") == true)
    #expect(
      await rejection(sql: "SELECT * FROM information_schema.tables")?.contains("no input") == true)
  }

  @Test("table functions that read something else than the inputs are refused")
  func tableFunctions() async throws {
    #expect(
      await rejection(
        sql: "SELECT (SELECT count(*) FROM read_text('/etc/passwd')) AS n, * FROM flights")
          == """
          sql: the table function read_text is not allowed: a job reads its inputs and nothing else.
          """)
    let unit = JoinUnit.sql("SELECT origin, n FROM flights, range(3) AS r(n)", inputs)
    #expect(try await bench.engine.validate(unit).columns.count == 2)
  }

  @Test("anything but one SELECT is refused")
  func oneSelect() async {
    let sentence = "sql: is not a SELECT; write exactly one SELECT over the inputs' names."
    #expect(await rejection(sql: "DROP TABLE flights") == sentence)
    #expect(await rejection(sql: "COPY flights TO '/tmp/x'") == sentence)
    #expect(
      await rejection(sql: "SELECT 1 AS a; SELECT 2 AS a")
        == "sql: has 2 statements; write exactly one SELECT.")
    #expect(
      await rejection(sql: " -- nothing") == "sql: has 0 statements; write exactly one SELECT.")
    #expect(
      await rejection(sql: "SELECT 1) TO '/tmp/x' (FORMAT csv); --")?.contains("syntax") == true)
  }

  @Test("an expression of select is one expression")
  func oneExpression() async {
    for text in ["origin, delay", "origin FROM flights", "origin WHERE true", "1; SELECT 2"] {
      #expect(await rejection(select: text) != nil, "\(text)")
    }
    #expect(
      await rejection(select: "origin FROM weather") == """
        select: expression 1 (origin FROM weather) is not one expression; \
        write for example dep_delay > 15 AS late.
        """)
  }

  @Test("two result columns of one name are refused")
  func sameNames() async {
    #expect(
      await rejection(sql: "SELECT flights.origin, weather.ORIGIN FROM flights, weather") == """
        The result has two columns called "origin" (names ignore case). Give one of them another name, \
        for example flights.origin AS flights_origin.
        """)
  }

  @Test("a result of partition keys only is refused")
  func onlyKeys() async {
    #expect(
      await rejection(select: "month")
        == "The result has no columns except the partition keys. Select at least one more.")
  }

  @Test("a type that DuckDB does not know is refused with its column")
  func unknownType() async {
    for type in ["STRING8", "INTEGER) AS x, (SELECT 1", "INTEGER); DROP TABLE x; --"] {
      let input = JoinUnit.Input(
        name: "t", format: .parquet, columns: [Column(name: "id", type: type)],
        partition: .month(1), files: [])
      #expect(
        await bench.rejection(.join(on: [], [input]))?.description == """
          The column "id" of the input t has the type "\(type)", which DuckDB does not know. \
          Declare another type under `columns:` of the table.
          """)
    }
  }

  @Test("an input without known columns asks for columns")
  func noColumns() async {
    let input = JoinUnit.Input.named("t", "")
    #expect(
      await bench.rejection(.join(on: [], [input]))?.description == """
        The columns of the input t are not known, as no file of its table was ever seen. \
        Declare them under `columns:` of the table.
        """)
  }

  @Test("the catalog is not an input")
  func catalog() async {
    #expect(
      await rejection(sql: "FROM (SHOW TABLES)")
        == "sql: SHOW is not allowed: a job reads its inputs and nothing else.")
    for sql in [
      "FROM read_csv('/etc/passwd')", "FROM duckdb_settings()", "FROM query('SELECT 1')",
      "FROM glob('*')", "SELECT * FROM flights, read_parquet(['x'])",
      "SELECT (SELECT count(*) FROM query_table('flights')) AS n FROM flights",
    ] {
      #expect(await rejection(sql: sql)?.contains("is not allowed") == true, "\(sql)")
    }
  }
}
