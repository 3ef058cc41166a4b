import DuckDBEngine
import IncrementalJoin
import PartitionPredicate
import Testing

@Suite("Joins")
struct JoinTests {
  let bench: Workbench
  let flights: JoinUnit.Input
  let weather: JoinUnit.Input

  init() async throws {
    bench = try Workbench()
    flights = .named(
      "flights", "origin VARCHAR, hour INTEGER, number INTEGER",
      files: [
        try await bench.parquet(
          "f.parquet",
          "SELECT * FROM (VALUES ('JFK', 1, 10), ('EWR', 2, 20), (NULL, 3, 30)) t(origin, hour, number)"
        )
      ])
    weather = .named(
      "weather", "origin VARCHAR, hour INTEGER, wind DOUBLE",
      files: [
        try await bench.parquet(
          "w.parquet",
          "SELECT * FROM (VALUES (1.5::DOUBLE, 'JFK', 1), (2.5, 'LGA', 2), (3.5, NULL, 3)) t(wind, origin, hour)"
        )
      ])
  }

  @Test("an inner join keeps matches, and NULL matches nothing")
  func inner() async throws {
    let unit = JoinUnit.join(on: ["origin", "hour"], [flights, weather])
    #expect(try await bench.staged(unit).rows == [["JFK", "1", "10", "1.5"]])
  }

  @Test("a left join keeps every row of the first input")
  func left() async throws {
    let unit = JoinUnit.join(.left, on: ["origin", "hour"], [flights, weather])
    #expect(
      try await bench.staged(unit).rows == [
        ["EWR", "2", "20", nil], ["JFK", "1", "10", "1.5"], [nil, "3", "30", nil],
      ])
  }

  @Test("a right join keeps every row of the last input")
  func right() async throws {
    let unit = JoinUnit.join(.right, on: ["origin", "hour"], [flights, weather])
    #expect(
      try await bench.staged(unit).rows == [
        ["JFK", "1", "10", "1.5"], ["LGA", "2", nil, "2.5"], [nil, "3", nil, "3.5"],
      ])
  }

  @Test("a full join keeps every row, with the join's columns filled from either side")
  func full() async throws {
    let unit = JoinUnit.join(.full, on: ["origin", "hour"], [flights, weather])
    #expect(
      try await bench.staged(unit).rows == [
        ["EWR", "2", "20", nil], ["JFK", "1", "10", "1.5"], ["LGA", "2", nil, "2.5"],
        [nil, "3", "30", nil], [nil, "3", nil, "3.5"],
      ])
  }

  @Test("an input without files is an empty relation", arguments: JoinType.allCases)
  func emptySide(type: JoinType) async throws {
    let noWeather = JoinUnit.Input.named("weather", "origin VARCHAR, hour INTEGER, wind DOUBLE")
    let noFlights = JoinUnit.Input.named("flights", "origin VARCHAR, hour INTEGER, number INTEGER")
    let withoutWeather = try await bench.staged(
      .join(type, on: ["origin", "hour"], [flights, noWeather]))
    #expect(withoutWeather.account.rows == (type == .left || type == .full ? 3 : 0))
    let withoutFlights = try await bench.staged(
      .join(type, on: ["origin", "hour"], [noFlights, weather]))
    #expect(withoutFlights.account.rows == (type == .right || type == .full ? 3 : 0))
    let neither = try await bench.staged(
      .join(type, on: ["origin", "hour"], [noFlights, noWeather]))
    #expect((neither.account.rows, neither.account.bytes) == (0, 0))
  }

  @Test("three inputs are joined one after the other")
  func three() async throws {
    let planes = JoinUnit.Input.named(
      "planes", "hour INTEGER, seats INTEGER, origin VARCHAR",
      files: [
        try await bench.parquet(
          "p.parquet",
          "SELECT * FROM (VALUES (2, 100, 'LGA'), (9, 900, 'BOS')) t(hour, seats, origin)")
      ])
    let unit = JoinUnit.join(.full, on: ["origin", "hour"], [flights, weather, planes])
    let rows = try await bench.staged(unit).rows
    #expect(rows.count == 6)
    #expect(rows.contains(["LGA", "2", nil, "2.5", "100"]))
    #expect(rows.contains(["BOS", "9", nil, nil, "900"]))
    #expect(rows.contains(["JFK", "1", "10", "1.5", nil]))
  }

  @Test("column names ignore case")
  func cases() async throws {
    let shouting = JoinUnit.Input.named(
      "weather", "ORIGIN VARCHAR, Hour INTEGER, wind DOUBLE", files: weather.files)
    let unit = JoinUnit.join(on: ["Origin", "hour"], [flights, shouting])
    #expect(try await bench.staged(unit).rows == [["JFK", "1", "10", "1.5"]])
    #expect(
      try await bench.engine.validate(unit).columns.map(\.name) == [
        "origin", "hour", "number", "wind",
      ])
  }

  @Test("a clashing column of a later input is called after the input")
  func clash() async throws {
    let unit = JoinUnit.join(on: ["origin"], [flights, weather])
    #expect(
      try await bench.engine.validate(unit).columns == [
        Column(name: "origin", type: "VARCHAR"), Column(name: "hour", type: "INTEGER"),
        Column(name: "number", type: "INTEGER"), Column(name: "weather_hour", type: "INTEGER"),
        Column(name: "wind", type: "DOUBLE"),
      ])
    #expect(try await bench.staged(unit).rows == [["JFK", "1", "10", "1", "1.5"]])
  }

  @Test("a clash that the input's name does not solve asks for select")
  func doubleClash() async throws {
    let flights = JoinUnit.Input.named(
      "flights", "origin VARCHAR, hour INTEGER, Weather_Hour INTEGER")
    let error = await bench.rejection(.join(on: ["origin"], [flights, weather]))
    #expect(
      error?.description == """
        The column "hour" of the input weather clashes with another input's, and so does \
        "weather_hour". Name the columns of the result with `select:`.
        """)
  }

  @Test("a join column that an input does not have is named with those it has")
  func missingJoinColumn() async throws {
    let error = await bench.rejection(.join(on: ["origin", "number"], [flights, weather]))
    #expect(
      error?.description == """
        The join column "number" does not exist in the input weather, which has origin, hour, wind. \
        Name a column that all inputs have, or use `sql:`.
        """)
  }

  @Test(
    "partition keys in the join's columns are equal already, a NULL key too", arguments: [1, nil])
  func keysInJoin(month: Int64?) async throws {
    let inputs = [flights, weather].map {
      JoinUnit.Input(
        name: $0.name, format: .parquet, columns: $0.columns, partition: .month(month),
        files: $0.files)
    }
    let unit = JoinUnit.join(on: ["month", "origin", "hour"], inputs, partition: .month(month))
    #expect(try await bench.staged(unit).rows == [["JFK", "1", "10", "1.5"]])
    let onlyKeys = JoinUnit.join(on: ["month"], inputs, partition: .month(month))
    #expect(try await bench.staged(onlyKeys).account.rows == 9)
  }

  @Test("select names expressions over the inputs and the partition keys")
  func select() async throws {
    let unit = JoinUnit.join(
      .full, on: ["origin", "hour"],
      select: [
        "origin", "month", "coalesce(flights.number, 0) + month AS n -- a comment", "weather.wind",
      ],
      [flights, weather])
    #expect(try await bench.engine.validate(unit).columns.map(\.name) == ["origin", "n", "wind"])
    #expect(
      try await bench.staged(unit).rows == [
        ["EWR", "21", nil], ["JFK", "11", "1.5"], ["LGA", "1", "2.5"], [nil, "1", "3.5"],
        [nil, "31", nil],
      ])
  }

  @Test("sql is a SELECT over the inputs, a comment and a semicolon included")
  func sql() async throws {
    let unit = JoinUnit.sql(
      """
      WITH windy AS (SELECT * FROM Weather WHERE wind > 1)
      SELECT number, wind, ';' AS "semi;colon" FROM flights ASOF JOIN windy
        ON flights.month = windy.month AND flights.hour >= windy.hour; -- done; really
      """, [flights, weather])
    #expect(
      try await bench.staged(unit).rows == [
        ["10", "1.5", ";"], ["20", "2.5", ";"], ["30", "3.5", ";"],
      ])
  }

  @Test("a preview shows the first rows with names, types and partition keys")
  func preview() async throws {
    let unit = JoinUnit.join(on: ["origin", "hour"], [flights, weather])
    #expect(
      try await bench.engine.preview(unit, limit: 5)
        == SampleRows(
          columns: [
            Column(name: "origin", type: "VARCHAR"), Column(name: "hour", type: "INTEGER"),
            Column(name: "number", type: "INTEGER"), Column(name: "wind", type: "DOUBLE"),
            Column(name: "month", type: "INTEGER"),
          ], rows: [["JFK", "1", "10", "1.5", "1"]]))
    let left = JoinUnit.join(.left, on: ["origin", "hour"], [flights, weather])
    #expect(try await bench.engine.preview(left, limit: 2).rows.count == 2)
  }

  @Test("a returned partition key that is another than the unit's fails the unit")
  func wrongPartition() async throws {
    let right = JoinUnit.sql("SELECT month, number FROM flights", [flights])
    #expect(try await bench.staged(right).rows == [["10"], ["20"], ["30"]])
    let wrong = JoinUnit.sql("SELECT hour AS MONTH, number FROM flights", [flights])
    guard case .wrongPartition(let partition, let reason) = await bench.failure(wrong) else {
      Issue.record("not a wrong partition")
      return
    }
    #expect(partition == "month=1")
    #expect(reason.contains("its column MONTH is "))
    let null = JoinUnit.sql("SELECT NULL::VARCHAR AS month, number FROM flights", [flights])
    #expect(
      await bench.failure(null)
        == .wrongPartition(
          partition: "month=1",
          reason: """
            the result has a row of another partition: its column month is NULL. Leave the partition \
            keys out of the result; Dovetail assigns them.
            """))
  }
}
