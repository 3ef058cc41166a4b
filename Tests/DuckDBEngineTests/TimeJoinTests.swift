import DuckDBEngine
import IncrementalJoin
import PartitionPredicate
import Testing

@Suite("Joins by time")
struct TimeJoinTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  func trades(_ values: String) async throws -> JoinUnit.Input {
    try await bench.timed("trades", "ts TIMESTAMP, sym VARCHAR, n INTEGER", values)
  }

  func quotes(_ values: String, type: String = "TIMESTAMP") async throws -> JoinUnit.Input {
    try await bench.timed("quotes", "ts \(type), sym VARCHAR, bid INTEGER", values)
  }

  /// The bids that the trades meet, by the trades' numbers.
  private func bids(_ unit: JoinUnit) async throws -> [[String?]] {
    try await bench.staged(unit).rows
  }

  static func asof(
    _ direction: AsofDirection, _ tolerance: Duration, isStrict: Bool = false
  ) -> TimeCondition {
    .asof(direction: direction, tolerance: tolerance, isStrict: isStrict)
  }

  @Test(
    "the nearest row in each direction, not farther than the tolerance",
    arguments: [
      (asof(.backward, .seconds(600)), ["1 10", "2 20", "3 nil", "4 nil"]),
      (asof(.backward, .microseconds(599_999_999)), ["1 nil", "2 20", "3 nil", "4 nil"]),
      (asof(.backward, .seconds(600), isStrict: true), ["1 10", "2 nil", "3 nil", "4 nil"]),
      (asof(.forward, .seconds(600)), ["1 20", "2 20", "3 nil", "4 nil"]),
      (asof(.forward, .seconds(600), isStrict: true), ["1 20", "2 nil", "3 nil", "4 nil"]),
      // Equally far: the earlier one.
      (asof(.nearest, .seconds(600)), ["1 10", "2 20", "3 nil", "4 nil"]),
      (asof(.nearest, .seconds(1_200), isStrict: true), ["1 10", "2 10", "3 nil", "4 nil"]),
      (asof(.forward, .seconds(1_000_000_000_000)), ["1 20", "2 20", "3 nil", "4 nil"]),
    ])
  func directions(condition: TimeCondition, expected: [String]) async throws {
    let inputs = [
      try await trades(
        """
        ('1970-01-01 00:10:00', 'A', 1), ('1970-01-01 00:20:00', 'A', 2), ('1970-01-01 00:20:00', NULL, 3),
        (NULL, 'A', 4)
        """),
      try await quotes(
        """
        ('1970-01-01 00:00:00', 'A', 10), ('1970-01-01 00:20:00', 'A', 20), ('1970-01-01 00:10:00', 'B', 30),
        ('1970-01-01 00:20:00', NULL, 40), (NULL, 'A', 50)
        """),
    ]
    let left = try await bids(
      .toFirst(on: ["sym"], condition, inputs, select: ["trades.n", "quotes.bid"]))
    #expect(left.map { "\($0[0] ?? "nil") \($0[1] ?? "nil")" } == expected)
    let inner = try await bids(
      .toFirst(.inner, on: ["sym"], condition, inputs, select: ["trades.n", "quotes.bid"]))
    #expect(inner == left.filter { $0[1] != nil })
  }

  @Test("without select the joined columns stand once, and later columns of one name are renamed")
  func columns() async throws {
    let unit = JoinUnit.toFirst(
      on: ["sym"], Self.asof(.backward, .seconds(60)),
      [
        try await trades("('1970-01-01 00:10:00', 'A', 1)"),
        try await quotes("('1970-01-01 00:09:30', 'A', 5)"),
      ])
    #expect(
      try await bench.engine.validate(unit).columns.map(\.name)
        == ["sym", "ts", "n", "quotes_ts", "bid"])
    let staged = try await bench.staged(unit)
    #expect(staged.rows == [["A", "1970-01-01 00:10:00", "1", "1970-01-01 00:09:30", "5"]])
    #expect(
      staged.account.matches == [
        InputMatch(
          left: "trades", right: "quotes", leftRows: 1, rightRows: 1, leftMatched: 1,
          rightMatched: 1, pairs: 1, fanOut: 1)
      ])
    let star = JoinUnit.toFirst(
      on: ["sym"], Self.asof(.backward, .seconds(60)), unit.inputs,
      select: ["trades.*", "bid", "month * 2 AS twice", "(SELECT max(bid) FROM quotes) AS most"])
    #expect(
      try await bench.staged(star).rows == [["1970-01-01 00:10:00", "A", "1", "5", "2", "5"]])
  }

  @Test("of rows with equal times the one counts that is first by the table's columns")
  func ties() async throws {
    let unit = JoinUnit.toFirst(
      on: ["sym"], Self.asof(.nearest, .seconds(60)),
      [
        try await trades("('1970-01-01 00:10:00', 'A', 1), ('1970-01-01 00:10:01', 'A', 2)"),
        try await quotes(
          "('1970-01-01 00:10:00', 'A', NULL), ('1970-01-01 00:10:00', 'A', 7), "
            + "('1970-01-01 00:10:00', 'A', 6), ('1970-01-01 00:10:00', 'B', 1)"),
      ], select: ["n", "bid"])
    let staged = try await bench.staged(unit)
    #expect(staged.rows == [["1", "6"], ["2", "6"]])
    #expect(staged.account.ties == [TiedRows(input: "quotes", count: 2)])
  }

  @Test("ties in the halo are not counted: they are own rows of another partition")
  func tiesOfHalo() async throws {
    let inputs = [
      try await trades("('1970-01-01 01:00:00', 'A', 1)"),
      try await quotes(
        "('1970-01-01 00:59:00', 'A', 2), ('1970-01-01 00:59:00', 'A', 1), "
          + "('1970-01-01 01:30:00', 'A', 3), ('1970-01-01 01:30:00', 'A', 4)"),
    ]
    let staged = try await bench.staged(
      .toFirst(
        on: ["sym", "sym"], Self.asof(.backward, .seconds(60)), inputs, select: ["n", "bid"],
        span: .hours(1..<2)))
    #expect(staged.rows == [["1", "1"]])
    #expect(staged.account.ties == [TiedRows(input: "quotes", count: 1)])
  }

  @Test(
    "rows within a window meet, both ends included; unmatched rows stay by the type of the join")
  func within() async throws {
    let orders = try await bench.timed(
      "orders", "ts TIMESTAMP, n INTEGER",
      "('1970-01-01 01:00:00', 1), ('1970-01-01 01:30:00', 2), (NULL, 3), ('1970-01-01 02:00:00', 9)"
    )
    let payments = try await bench.timed(
      "payments", "ts TIMESTAMP, p INTEGER",
      """
      ('1970-01-01 00:59:00', 1), ('1970-01-01 00:58:59.999999', 2), ('1970-01-01 01:02:00', 3),
      ('1970-01-01 01:02:00.000001', 4), ('1970-01-01 01:59:00', 5), (NULL, 6), ('1970-01-01 02:30:00', 7)
      """)
    func rows(_ type: JoinType) async throws -> [String] {
      let unit = JoinUnit.toFirst(
        type, .within(before: .seconds(60), after: .seconds(120)), [orders, payments],
        select: ["n", "p"], span: .hours(1..<2))
      return try await bench.staged(unit).rows.map { "\($0[0] ?? "nil") \($0[1] ?? "nil")" }
    }
    #expect(try await rows(.inner) == ["1 1", "1 3"])
    #expect(try await rows(.left) == ["1 1", "1 3", "2 nil"])
    // 5 meets 9, which is of the next hour.
    #expect(try await rows(.right) == ["1 1", "1 3", "nil 4"])
    #expect(try await rows(.full) == ["1 1", "1 3", "2 nil", "nil 4"])
    let unknown = JoinUnit.toFirst(
      .full, .within(before: .seconds(60), after: .seconds(120)), [orders, payments],
      select: ["n", "p"], span: .unknown)
    #expect(try await bench.staged(unknown).rows == [["3", nil], [nil, "6"]])
    let match = try await bench.engine.matches(
      of: .toFirst(
        .left, .within(before: .seconds(60), after: .seconds(120)), [orders, payments],
        span: .hours(1..<2)))
    #expect(
      match == [
        InputMatch(
          left: "orders", right: "payments", leftRows: 2, rightRows: 3, leftMatched: 1,
          rightMatched: 1, pairs: 2, fanOut: 2)
      ])
  }
}
