import Foundation
import Testing

/// What operators meet of tables that are related by time.
@Suite("Operating joins by time")
struct TimeOperationTests {
  private static let hourly = "partitions: { day: date, hour: int }"

  private func hours(_ join: String, time: String = "ts", job: String = "") -> String {
    """
    tables:
      trades: { location: data/trades, \(Self.hourly), time: \(time) }
      quotes: { location: data/quotes, \(Self.hourly), time: \(time) }
    jobs:
      tca:
        inputs: [trades, quotes]
        \(join)
        output: { location: out/tca }
        \(job)
    """
  }

  /// One row at half past an hour of 1 May 2024.
  private func land(_ bench: Workbench, _ table: String, hour: Int, file: String = "part.parquet")
    async throws
  {
    try await bench.land(
      "\(table)/day=2024-05-01/hour=\(hour)",
      "SELECT TIMESTAMP '2024-05-01 \(hour):30:00' AS ts, 'A' AS symbol, \(hour) AS \(table)_id",
      file: file)
  }

  @Test("a slack changes nothing where rows are not told apart by time")
  func slackOfPlainJoin() async throws {
    let bench = try Workbench(
      hours("join: { type: left, on: [symbol] }", time: "{ column: ts, slack: 10m }"))
    for hour in [9, 10] {
      try await land(bench, "trades", hour: hour)
      try await land(bench, "quotes", hour: hour)
    }
    #expect(try await bench.json("pending").elements.count == 2)
    #expect(try await bench.run()[0]["rows"].integer == 2)
  }

  @Test(
    "partitions of an input that only halos lose are counted, and a run that loses most is refused")
  func losses() async throws {
    let bench = try Workbench(
      """
      tables:
        orders: { location: data/orders, partitions: { day: date }, time: ts }
        payments: { location: data/payments, partitions: { pay_day: date }, time: ts }
      jobs:
        paid:
          inputs: [orders, payments]
          join: { type: left, on: [id], within: { after: 30d } }
          output: { location: out/paid }
      """)
    for day in 10..<14 {
      let select = "SELECT TIMESTAMP '2024-05-\(day) 12:00:00' AS ts, \(day) AS id"
      try await bench.land("orders/day=2024-05-\(day)", select)
      try await bench.land("payments/pay_day=2024-05-\(day)", "\(select), 1 AS amount")
    }
    try await bench.run()
    for day in 10..<13 { try bench.remove("data/payments/pay_day=2024-05-\(day)") }
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(
      refused.stderr.contains(
        "the input payments has lost 3 of its 4 partitions, more than the limit of 25 %: pay_day=2024-05-10 and 2 "
          + "more have no data file left"), Comment(rawValue: refused.stderr))
    try await bench.land(
      "payments/pay_day=2024-05-12",
      "SELECT TIMESTAMP '2024-05-12 12:00:00' AS ts, 1 AS id, 1 AS amount")
    try await bench.land(
      "payments/pay_day=2024-05-11",
      "SELECT TIMESTAMP '2024-05-11 12:00:00' AS ts, 1 AS id, 1 AS amount")
    #expect(try await bench.dovetail("run").status == 0)
  }

  @Test("files that vanish of an input with changes: additions hold what another input changes")
  func fewerFiles() async throws {
    let bench = try Workbench(
      Workbench.pair().replacing(
        "inputs: [a, b]", with: "inputs: { a: a, b: { table: b, changes: additions } }"))
    try await bench.landPair(["1", "2", "3", "4", "5"])
    try await bench.land("b/k=1", Workbench.rows("y"), file: "more.parquet")
    try await bench.run()
    try bench.remove("data/b/k=1/more.parquet")
    #expect(try await bench.json("pending").elements.isEmpty)
    try await bench.land("a/k=1", Workbench.rows("x"), file: "more.parquet")
    let pending = try await bench.json("pending")
    #expect(
      pending[0]["held"].text
        == "held: would be built from fewer files: b lacks k=1/more.parquet, and `changes: additions` leaves alone "
        + "what vanished; put it back, or rerun the partition by name")
    #expect(try await bench.dovetail("rerun", "k=1", "--yes").status == 0)
    #expect(try await bench.json("pending").elements.isEmpty)
  }

  @Test("wait: all waits for the own span, not for what is read around it")
  func waiting() async throws {
    let asof = "join: { type: left, on: [symbol], asof: { tolerance: 15m } }"
    let bench = try Workbench(hours(asof, job: "wait: all"))
    try await land(bench, "trades", hour: 10)
    try await land(bench, "quotes", hour: 9)
    let held = try await bench.json("pending").elements.first {
      $0["partition"].text == "day=2024-05-01/hour=10"
    }
    #expect(held?["held"].text?.hasPrefix("held: waiting for quotes since ") == true)
    try bench.write("dovetail.yaml", hours(asof, job: "wait: { for: all, of: window }"))
    try await land(bench, "quotes", hour: 7)
    let window = try await bench.json("pending").elements.first {
      $0["partition"].text == "day=2024-05-01/hour=10"
    }
    #expect(
      window?["held"].text?.hasPrefix("held: waiting for quotes (1 of 2 hours present) since ")
        == true)
    try await land(bench, "quotes", hour: 10)
    let free = try await bench.json("pending").elements.first {
      $0["partition"].text == "day=2024-05-01/hour=10"
    }
    #expect(free != nil && free?["held"].text == nil)
  }

  @Test("skew knows which parts of an awaited window are there, and the deadline")
  func skewOfWindow() async throws {
    let asof = "join: { type: left, on: [symbol], asof: { tolerance: 15m } }"
    let bench = try Workbench(
      hours(asof, job: "wait: { for: all, of: window, deadline: 36h }"))
    let start = try Date("2026-01-01T00:00:00Z", strategy: .iso8601)
    func put(_ table: String, _ hour: Int, after hours: Double) async throws {
      try await land(bench, table, hour: hour)
      try bench.touch(
        "data/\(table)/day=2024-05-01/hour=\(hour)/part.parquet",
        start.addingTimeInterval(hours * 3600))
    }
    try await put("quotes", 9, after: 1)
    try await put("trades", 10, after: 0)
    let hour = "day=2024-05-01/hour=10"
    let missing = try await bench.json("skew", hour)[0]["partitions"][0]
    #expect(missing["deadline"].text == "2026-01-02T12:00:00Z")
    #expect(missing["overdue"].isTrue)
    #expect(missing["arrivals"][1].keys == ["input", "missingSeconds", "window"])
    #expect(
      missing["arrivals"][1]["window"]
        == (try JSONValue(
          #"{"present": 1, "expected": 2, "unit": "hours", "absent": "#
            + #"[{"from": "2024-05-01T10:00:00Z", "to": "2024-05-01T11:00:00Z"}]}"#)))
    let text = try await bench.dovetail("skew", hour).stdout
    #expect(text.contains("  1 of 2 hours missing for "), Comment(rawValue: text))
    #expect(text.contains("  2026-01-02 12:00:00, passed\n"), Comment(rawValue: text))
    #expect(
      text.hasSuffix("\(hour): quotes lacks 2024-05-01 10:00:00 to 2024-05-01 11:00:00 UTC.\n"),
      Comment(rawValue: text))
    let report = try await bench.dovetail("bookmarks").stdout
    #expect(report.contains("1 partition waits for an input:\n"), Comment(rawValue: report))
    #expect(report.contains("\(hour)  quotes: 1 of 2 hours  "), Comment(rawValue: report))
    #expect(
      report.contains(
        "  2026-01-02 12:00:00, passed  2024-05-01 10:00:00 to 2024-05-01 11:00:00\n"),
      Comment(rawValue: report))
    // Before the first trades, none are awaited.
    let early = try await bench.dovetail("skew", "day=2024-05-01/hour=9").stdout
    #expect(
      early.contains("day=2024-05-01/hour=9  not awaited   2026-01-01 01:00:00\n"),
      Comment(rawValue: early))
    // The window lands with its last part, and is not awaited again once it was built from.
    try await put("quotes", 10, after: 3)
    #expect(try await bench.json("skew")[0]["partitions"] == .array([]))
    let landed = try await bench.json("skew", hour)[0]["partitions"][0]
    #expect(landed.keys == ["arrivals", "partition"])
    #expect(landed["arrivals"][1]["landed"].text == "2026-01-01T03:00:00Z")
    #expect(landed["arrivals"][1]["delaySeconds"].integer == 10_800)
  }

  @Test("sql: can be told which rows are of the halo")
  func haloColumn() async throws {
    func yaml(_ column: String) -> String {
      """
      tables:
        readings: { location: data/readings, partitions: { day: date }, time: ts }
      jobs:
        smoothed:
          inputs: { now: readings, past: { table: readings, window: { before: 1d, halo: \(column) } } }
          sql: |
            SELECT now.id, count(*) FILTER (past.early) AS early, count(*) AS n FROM now, past GROUP BY now.id
          output: { location: out/smoothed }
      """
    }
    let bench = try Workbench(yaml("early"))
    for day in 1...3 {
      try await bench.land(
        "readings/day=2024-05-0\(day)",
        "SELECT TIMESTAMP '2024-05-0\(day) 12:00:00' AS ts, \(day) AS id")
    }
    try await bench.run()
    #expect(
      try await bench.sql(
        "SELECT CAST(id AS VARCHAR), CAST(early AS VARCHAR), CAST(n AS VARCHAR) FROM read_parquet('\(bench.path("out/smoothed/*/*.parquet"))') ORDER BY id"
      )
      .map { $0.map { $0 ?? "" } } == [["1", "0", "1"], ["2", "1", "2"], ["3", "1", "2"]])
    try bench.write("dovetail.yaml", yaml("id"))
    let refused = try await bench.dovetail("plan")
    #expect(refused.status == 2)
    #expect(
      refused.stderr.contains(
        "The input past has a column \"id\" already. Give `halo:` of its window another name."))
  }

  @Test("ties are told once a run, with the rows and partitions")
  func ties() async throws {
    let bench = try Workbench(hours("join: { type: left, on: [symbol], asof: { tolerance: 15m } }"))
    for hour in [10, 11] {
      try await land(bench, "trades", hour: hour)
      try await land(bench, "quotes", hour: hour)
      try await land(bench, "quotes", hour: hour, file: "again.parquet")
    }
    let run = try await bench.dovetail("run")
    #expect(
      run.stderr.split(separator: "\n").filter { $0.contains("warning") } == [
        "dovetail: warning: quotes: 2 rows have the time of another row and equal join columns, in 2 partitions; of "
          + "such rows, the first one by the table's columns was used."
      ])
  }

  @Test("what older references built is counted and can be rebuilt")
  func references() async throws {
    let bench = try Workbench(
      """
      tables:
        orders: { location: data/orders, partitions: { day: date } }
        customers: { location: data/customers }
      jobs:
        named:
          inputs: { orders: orders, customers: { table: customers, changes: ignore } }
          join: { type: left, on: [id] }
          output: { location: out/named }
      """)
    for day in 1...3 {
      try await bench.land("orders/day=2024-05-0\(day)", "SELECT 1 AS id, \(day) AS number")
    }
    try await bench.land("customers", "SELECT 1 AS id, 'Ann' AS name")
    try await bench.run()
    #expect(try await bench.json("status")[0]["builtFromOlder"].keys == [])
    let none = try await bench.dovetail("rerun", "--older-than", "customers", "--yes")
    #expect(none.status == 0)
    #expect(
      none.stderr.hasPrefix(
        "dovetail: every partition of named was built from the newest version of customers.\n"))
    try await bench.land("customers", "SELECT 1 AS id, 'Anna' AS name")
    #expect(try await bench.json("pending").elements.isEmpty)
    #expect(try await bench.json("status")[0]["builtFromOlder"]["customers"].integer == 3)
    #expect(
      try await bench.dovetail("status").stdout.contains(
        "Job named: 3 partitions were built from older files of customers; `dovetail rerun --older-than customers "
          + "--job named` rebuilds them.\n"))
    let unknown = try await bench.dovetail("rerun", "--older-than", "clients", "--yes")
    #expect(unknown.status == 2)
    #expect(unknown.stderr.hasPrefix("dovetail: Job named has no input \"clients\"."))
    #expect(try await bench.dovetail("rerun", "--older-than", "customers", "--yes").status == 0)
    #expect(try await bench.json("status")[0]["builtFromOlder"].keys == [])
    for day in 4...9 {
      try await bench.land("orders/day=2024-05-0\(day)", "SELECT 1 AS id, \(day) AS number")
    }
    try await bench.run()
    try bench.remove("data/customers/part.parquet")
    try await bench.land("orders/day=2024-05-10", "SELECT 1 AS id, 10 AS number")
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(
      refused.stderr.hasPrefix("dovetail: Job named: the input customers has "),
      Comment(rawValue: refused.stderr))
  }

  @Test(
    "lint finds matches that are lost at the borders, keys compared unsaid, and days beside instants"
  )
  func lint() async throws {
    let bench = try Workbench(
      """
      tables:
        orders: { location: data/orders, partitions: { region: string, day: date }, time: ordered_at }
        payments: { location: data/payments, partitions: { region: string, day: date }, time: paid_on }
      jobs:
        lost:
          inputs: [orders, payments]
          join: { type: left, on: [{ id: order_id }] }
          output: { location: out/lost }
        near:
          inputs: [orders, payments]
          join: { type: left, on: [{ id: order_id }], within: { after: 30d } }
          output: { location: out/near }
      """)
    for day in 10...21 {
      try await bench.land(
        "orders/region=eu/day=2024-05-\(day)",
        "SELECT TIMESTAMP '2024-05-\(day) 12:00:00' AS ordered_at, \(day) * 100 + n AS id FROM range(30) r(n)"
      )
      try await bench.land(
        "payments/region=eu/day=2024-05-\(day)",
        "SELECT DATE '2024-05-\(day)' AS paid_on, \(day - 1) * 100 + n AS order_id FROM range(30) r(n)"
      )
    }
    let found = try await bench.json("lint").elements
    try #require(found.map { $0["job"].text } == ["lost", "near", "near", "near"])
    #expect(found.map { $0["severity"].text } == ["warning", "note", "warning", "note"])
    #expect(
      found[0]["message"].text
        == "in 3 sampled partitions, 90 of 90 values of the join's columns that meet nothing are found in another "
        + "partition of payments: these matches are lost. `within:` or `asof:` in the join also reads the neighboring partitions."
    )
    #expect(
      found[1]["message"].text
        == "region is a partition key of orders and of payments, so only rows that are equal in it meet. Name it in "
        + "`on:`, so that this remains true if a table is partitioned differently.")
    #expect(
      found[2]["message"].text
        == "the time of payments is a DATE, which is 00:00 of its day, and that of orders is not: rows of one day are "
        + "up to a day apart. Widen the window or tolerance by 1d if rows of the same day should meet."
    )
    #expect(
      found[3]["message"].text
        == "payments: 1 new file makes up to 12 partitions pending, since its rows are read from -0s to +30d of each; "
        + "all of them are built again.")
    let text = try await bench.dovetail("lint", "--job", "lost", "--sample", "0")
    #expect(text.stdout == "Job lost: nothing found.\n")
  }
}
