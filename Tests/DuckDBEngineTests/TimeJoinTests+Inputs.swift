import DuckDBEngine
import IncrementalJoin
import PartitionPredicate
import Testing

/// Several inputs, other keys, several units, and SQL.
extension TimeJoinTests {
  @Test("three inputs, each by its own condition; columns of other names and keys are compared")
  func three() async throws {
    let orders = try await bench.timed(
      "orders", "ts TIMESTAMP, id INTEGER, sym VARCHAR",
      "('1970-01-01 01:00:00', 1, 'A'), ('1970-01-01 01:30:00', 2, NULL)")
    let payments = try await bench.timed(
      "payments", "at TIMESTAMP, order_id BIGINT",
      "('1970-01-01 01:01:00', 1), ('1970-01-01 01:02:00', 1), ('1970-01-01 01:31:00', 3)",
      at: "at")
    let names = try await bench.timed(
      "names", "sym VARCHAR, month_no INTEGER, name VARCHAR",
      "('A', 1, 'Alpha'), (NULL, 1, 'None'), ('A', 2, 'Other')", at: "sym")
    let table = JoinUnit.Input(
      name: "names", format: .parquet, columns: names.columns, keys: names.keys,
      members: names.members)
    let unit = JoinUnit(
      transformation: .joinToFirst(
        [
          JoinCondition(
            type: .left, on: [JoinedColumns(first: "id", other: "order_id")],
            time: .within(before: .zero, after: .seconds(3_600))),
          JoinCondition(
            type: .left,
            on: [
              JoinedColumns(first: "sym", other: "sym"),
              JoinedColumns(first: "month", other: "month_no"),
            ]),
        ], select: nil), inputs: [orders, payments, table], partition: .month(1))
    #expect(
      try await bench.engine.validate(unit).columns.map(\.name)
        == ["id", "sym", "ts", "at", "month_no", "name"])
    #expect(
      try await bench.staged(unit).rows == [
        ["1", "A", "1970-01-01 01:00:00", "1970-01-01 01:01:00", "1", "Alpha"],
        ["1", "A", "1970-01-01 01:00:00", "1970-01-01 01:02:00", "1", "Alpha"],
        ["2", nil, "1970-01-01 01:30:00", nil, nil, nil],
      ])
  }

  @Test("a key that both inputs have is compared, and a key of time is not a column of the result")
  func keys() async throws {
    let keys = [
      PartitionKey(name: "region", type: .string), PartitionKey(name: "hour", type: .int),
    ]
    func input(_ name: String, matched: [JoinedColumns] = []) async throws -> JoinUnit.Input {
      var members: [JoinUnit.Input.Member] = []
      for region in ["eu", "us"] {
        members.append(
          try await bench.member(
            name, Partition(keys: keys, values: [.string(region), .integer(0)]), .hours(0..<1),
            "SELECT TIMESTAMP '1970-01-01 00:10:00' AS ts, '\(name) \(region)' AS \(name)"))
      }
      return JoinUnit.Input(
        name: name, format: .parquet,
        columns: [Column(name: "ts", type: "TIMESTAMP"), Column(name: name, type: "VARCHAR")],
        keys: keys, members: members, time: .init(column: "ts"), matchedKeys: matched,
        hiddenKeys: ["hour"])
    }
    let region = [JoinedColumns(first: "region", other: "region")]
    let unit = JoinUnit.toFirst(
      .inner, Self.asof(.backward, .seconds(1)),
      [try await input("a"), try await input("b", matched: region)])
    #expect(
      try await bench.engine.validate(unit).columns.map(\.name) == [
        "region", "ts", "a", "b_ts", "b",
      ])
    #expect(
      try await bench.staged(unit).rows.map { [$0[2], $0[4]] } == [
        ["a eu", "b eu"], ["a us", "b us"],
      ])
  }

  @Test("units together count what each of them counts alone, though they read a partition once")
  func countsTogether() async throws {
    let hour = [PartitionKey(name: "hour", type: .int)]
    func member(_ name: String, _ place: Int64, _ time: String) async throws
      -> JoinUnit.Input.Member
    {
      try await bench.member(
        name, Partition(keys: hour, values: [.integer(place)]), .hours(place..<place + 1),
        "SELECT TIMESTAMP '1970-01-01 0\(place):\(time)' AS ts, \(place) AS \(name)")
    }
    func input(_ name: String, _ members: [JoinUnit.Input.Member]) -> JoinUnit.Input {
      JoinUnit.Input(
        name: name, format: .parquet,
        columns: [Column(name: "ts", type: "TIMESTAMP"), Column(name: name, type: "INTEGER")],
        keys: hour, members: members, time: .init(column: "ts"), hiddenKeys: ["hour"])
    }
    var (trades, quotes): ([JoinUnit.Input.Member], [JoinUnit.Input.Member]) = ([], [])
    for place in Int64(0)...2 {
      trades.append(try await member("trade", place, "00:30"))
      quotes.append(try await member("quote", place, "59:50"))
    }
    let units = (0...2).map { place in
      JoinUnit(
        transformation: .joinToFirst(
          [JoinCondition(type: .left, on: [], time: Self.asof(.backward, .seconds(60)))],
          select: ["trade", "quote"]),
        inputs: [
          input("trade", [trades[place]]), input("quote", Array(quotes[max(0, place - 1)...place])),
        ],
        partition: Partition(keys: hour, values: [.integer(Int64(place))]),
        span: .hours(Int64(place)..<Int64(place) + 1))
    }
    let together = try await bench.together(units)
    #expect(together.map(\.rows) == [[["0", nil]], [["1", "0"]], [["2", "1"]]])
    for (place, unit) in units.enumerated() {
      // A quote meets the trade of the next hour, and that is no match of its own hour.
      let matched: Int64 = place == 0 ? 0 : 1
      let match = InputMatch(
        left: "trade", right: "quote", leftRows: 1, rightRows: 1, leftMatched: matched,
        rightMatched: 0, pairs: matched, fanOut: matched)
      #expect(together[place].account.matches == [match])
      #expect(try await bench.staged(unit).account.matches == [match])
      #expect(try await bench.engine.matches(of: unit) == [match])
    }
  }

  @Test("sql: has the first input's rows of the span and the others' of the window")
  func sql() async throws {
    let trades = try await bench.timed(
      "trades", "ts TIMESTAMP, n INTEGER",
      "('1970-01-01 01:00:00', 1), ('1970-01-01 02:00:00', 2), (NULL, 3)")
    let quotes = try await bench.timed(
      "quotes", "ts TIMESTAMP, q INTEGER",
      """
      ('1970-01-01 00:49:59.999999', 1), ('1970-01-01 00:50:00', 2), ('1970-01-01 02:00:00', 3),
      ('1970-01-01 02:00:01', 4), (NULL, 5)
      """)
    let widened = JoinUnit.Input(
      name: "quotes", format: .parquet, columns: quotes.columns, keys: quotes.keys,
      members: quotes.members, time: quotes.time,
      window: TimeWindow(before: .seconds(600), after: .seconds(1)))
    let unit = JoinUnit(
      transformation: .sql("SELECT n, q FROM trades, quotes"), inputs: [trades, widened],
      partition: .month(1), span: .hours(1..<2))
    #expect(try await bench.staged(unit).rows == [["1", "2"], ["1", "3"]])
  }

  @Test("a condition in time needs inputs with a time")
  func noTime() async throws {
    let trades = try await trades("('1970-01-01 00:10:00', 'A', 1)")
    let unit = JoinUnit.toFirst(
      on: ["sym"], Self.asof(.backward, .seconds(60)),
      [trades, .named("quotes", "ts TIMESTAMP, sym VARCHAR")])
    #expect(
      await bench.rejection(unit)?.description
        == "The input quotes is joined by time, but its table does not say which column has it. Declare `time:` of "
        + "the table.")
    let unknown = JoinUnit.toFirst(on: ["syn"], nil, [trades, trades])
    #expect(
      await bench.rejection(unknown)?.description
        == "The join column \"syn\" does not exist in the input trades, which has ts, sym, n, month. Did you mean "
        + "\"sym\"? Where the two inputs call it differently, write `on: [{ name in the first: name in the other }]`."
    )
  }
}
