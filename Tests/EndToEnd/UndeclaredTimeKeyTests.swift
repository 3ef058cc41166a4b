import Testing

@Suite("Partition keys that look like time and are not declared as such")
struct UndeclaredTimeKeyTests {
  /// A workspace of trades and quotes, each with what stands behind its location, that are joined as of their times.
  private func bench(
    trades: String, quotes: String, inputs: String = "[trades, quotes]",
    join: String = "type: left, on: [symbol], asof: { tolerance: 15m }"
  ) throws -> Workbench {
    try Workbench(
      """
      tables:
        trades: { location: data/trades, \(trades) }
        quotes: { location: data/quotes, \(quotes) }
      jobs:
        tca:
          inputs: \(inputs)
          join: { \(join) }
          output: { location: out/tca }

      """)
  }

  /// Lands a trade of 00:05 and a quote of 23:58 before it, in these partitions.
  private func land(_ trades: String, _ quotes: String, in bench: Workbench) async throws {
    try await bench.land(
      "trades/\(trades)", "SELECT 's' AS symbol, TIMESTAMP '2024-05-02 00:05:00' AS ts")
    try await bench.land(
      "quotes/\(quotes)", "SELECT 's' AS symbol, TIMESTAMP '2024-05-01 23:58:00' AS ts, 7 AS bid")
  }

  /// The messages of the warnings.
  private func warnings(_ bench: Workbench) async throws -> [String] {
    try await bench.json("lint").elements
      .filter { $0["severity"].text == "warning" }.compactMap { $0["message"].text }
  }

  private func compared(_ table: String, _ key: String, _ entries: String) -> String {
    "the partition key \(key) of the table \(table) says nothing about time: rows meet only where it is equal, "
      + "however near their times are. If it tells when the rows happen, write `keys: { \(entries) }` below `time:` of "
      + "the table, in the spelling of its folders."
  }

  private func everywhere(_ table: String, _ key: String, of what: String, _ entries: String)
    -> String
  {
    "the partition key \(key) of the table \(table) says nothing about time: each of its partitions counts as covering "
      + "all time, so that every output partition reads all of \(what). If it tells when the rows happen, write `keys: { "
      + "\(entries) }` below `time:` of the table, in the spelling of its folders."
  }

  @Test("a text that spells days loses the match at midnight, and finds it as the warning says")
  func midnight() async throws {
    for (spelling, first, second) in [
      ("yyyyMMdd", "20240502", "20240501"), ("yyyy-MM-dd", "2024-05-02", "2024-05-01"),
    ] {
      let keys = "partitions: [dt], time: ts"
      let plain = try bench(trades: keys, quotes: keys)
      try await land("dt=\(first)", "dt=\(second)", in: plain)
      #expect(
        try await warnings(plain)
          == [
            compared("trades", "dt", "dt: \(spelling)"),
            compared("quotes", "dt", "dt: \(spelling)"),
          ])
      let said = "partitions: [dt], time: { column: ts, keys: { dt: \(spelling) } }"
      let followed = try bench(trades: said, quotes: said)
      try await land("dt=\(first)", "dt=\(second)", in: followed)
      #expect(try await warnings(followed) == [])
      // The quote of the evening before is met where its partition is one of a day.
      for (bench, bid) in [(plain, nil), (followed, "7")] as [(Workbench, String?)] {
        try await bench.run()
        let rows = try await bench.sql(
          "SELECT CAST(bid AS VARCHAR) FROM read_parquet('\(bench.path("out/tca"))/**/*.parquet')")
        #expect(rows == [[bid]])
      }
    }
  }

  @Test("a key that only one of the inputs has makes every output partition read all")
  func notCompared() async throws {
    let quotes = try bench(
      trades: "partitions: { day: date, hour: int }, time: ts", quotes: "partitions: [ds], time: ts"
    )
    try await land("day=2024-05-02/hour=0", "ds=20240501", in: quotes)
    #expect(
      try await warnings(quotes) == [everywhere("quotes", "ds", of: "them", "ds: yyyyMMdd")])
    let trades = try bench(
      trades: "partitions: { event_date: int }, time: ts",
      quotes: "partitions: { day: date }, time: ts")
    try await land("event_date=20240502", "day=2024-05-01", in: trades)
    #expect(
      try await warnings(trades) == [
        everywhere("trades", "event_date", of: "the other inputs", "event_date: yyyyMMdd")
      ])
  }

  @Test("parts of a date are named together, and a year that no key has as a constant")
  func parts() async throws {
    let keys = "partitions: { y: int, m: int, d: int, hh: string }, time: ts"
    let all = try bench(trades: "partitions: { day: date }, time: ts", quotes: keys)
    try await land("day=2024-05-02", "y=2024/m=5/d=1/hh=23", in: all)
    #expect(
      try await warnings(all) == [
        "the partition keys y, m, d and hh of the table quotes say nothing about time: each of its partitions counts as "
          + "covering all time, so that every output partition reads all of them. If they tell when the rows happen, "
          + "write `keys: { y: year, m: month, d: day, hh: hour }` below `time:` of the table, in the spelling of its "
          + "folders."
      ])
    let hours = try bench(
      trades: "partitions: { day: date }, time: ts",
      quotes: "partitions: { day: date, hh: string }, time: ts")
    try await land("day=2024-05-02", "day=2024-05-01/hh=23", in: hours)
    #expect(
      try await warnings(hours) == [
        "the partition key hh of the table quotes says nothing about time: each of its partitions counts as covering a "
          + "whole day. If it tells when the rows happen, write `keys: { hh: hour }` below `time:` of the table, in the "
          + "spelling of its folders."
      ])
    let months = try bench(
      trades: "partitions: { day: date }, time: ts", quotes: "partitions: { mon: int }, time: ts")
    try await land("day=2024-05-02", "mon=5", in: months)
    #expect(
      try await warnings(months) == [
        everywhere("quotes", "mon", of: "them", "year: 2024, mon: month")
      ])
  }

  @Test("other keys, and jobs that no time relates, are left alone")
  func others() async throws {
    for (trades, quotes, first, second) in [
      ("[region]", "[region]", "region=eu", "region=eu"),
      ("{ day: date }", "[candidate]", "day=2024-05-02", "candidate=5"),
      ("{ day: date }", "{ h: int }", "day=2024-05-02", "h=99"),
      ("{ day: date }", "[month_name]", "day=2024-05-02", "month_name=May"),
      (
        "{ day: date, p: int }", "{ day: date, p: int }", "day=2024-05-02/p=1", "day=2024-05-01/p=1"
      ),
    ] {
      let bench = try bench(
        trades: "partitions: \(trades), time: ts", quotes: "partitions: \(quotes), time: ts")
      try await land(first, second, in: bench)
      #expect(try await warnings(bench) == [], "\(quotes)")
    }
    let plain = try bench(
      trades: "partitions: [dt], time: ts", quotes: "partitions: [dt], time: ts",
      join: "on: [symbol]")
    try await land("dt=20240502", "dt=20240502", in: plain)
    #expect(try await warnings(plain) == [])
  }
}
