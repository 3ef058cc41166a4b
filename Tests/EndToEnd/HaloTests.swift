import Foundation
import Testing

/// What operators do with output partitions that share files of an input: a quote of hour 9 is read by hours 9 and 10.
@Suite("Operating partitions that read their neighbors' files")
struct HaloTests {
  private static let keys = "day DATE, hour INTEGER"

  private func hour(_ hour: Int) -> String { "day=2024-05-01/hour=\(hour)" }

  /// One row at a minute of an hour of 1 May 2024.
  private func land(
    _ bench: Workbench, _ table: String, _ hour: Int, _ minute: Int, file: String = "part.parquet"
  ) async throws {
    try await bench.land(
      "\(table)/\(self.hour(hour))",
      "SELECT TIMESTAMP '2024-05-01 \(hour):\(minute):00' AS ts, 'A' AS symbol, \(hour * 100 + minute) AS \(table)_id",
      file: file)
  }

  /// Trades shortly after each hour from 9 to 11, quotes shortly before its end, and a first run that joined them.
  private func bench() async throws -> Workbench {
    let bench = try Workbench(
      """
      tables:
        trades: { location: data/trades, partitions: { day: date, hour: int }, time: ts }
        quotes: { location: data/quotes, partitions: { day: date, hour: int }, time: ts, record_rows: true }
      jobs:
        tca:
          inputs: [trades, quotes]
          join: { type: left, on: [symbol], asof: { tolerance: 15m } }
          output: { location: out/tca }
      """)
    for hour in 9...11 {
      try await land(bench, "trades", hour, 5)
      try await land(bench, "quotes", hour, 55)
    }
    try await bench.run()
    return bench
  }

  /// The workspace with a late quote of hour 9 that the trade of hour 10 takes, pending or consumed by run 2.
  private func late(isRun: Bool = true) async throws -> Workbench {
    let bench = try await bench()
    try await land(bench, "quotes", 9, 58, file: "late.parquet")
    if isRun { try await bench.run() }
    return bench
  }

  /// Expects the output to be one join of the whole tables.
  private func check(_ bench: Workbench) async throws {
    try await bench.expect(
      "out/tca",
      equals: """
        SELECT t.*, q.ts AS quotes_ts, q.quotes_id FROM \(bench.relation("data/trades", keys: Self.keys)) t
        LEFT JOIN \(bench.relation("data/quotes", keys: Self.keys)) q
        ON q.symbol = t.symbol AND q.ts BETWEEN t.ts - INTERVAL 15 MINUTES AND t.ts
        QUALIFY row_number() OVER (PARTITION BY t.trades_id ORDER BY q.ts DESC) = 1
        """, keys: Self.keys, columns: "")
  }

  /// The quote that the trade of an hour has in the output.
  private func quote(_ bench: Workbench, of hour: Int) async throws -> String? {
    try await bench.sql(
      """
      SELECT CAST(quotes_id AS VARCHAR) FROM \(bench.relation("out/tca", keys: Self.keys)) \
      WHERE hour = \(hour)
      """)[0][0]
  }

  private func files(_ version: JSONValue) -> [String?] {
    version["files"].elements.map { $0["path"].text }
  }

  @Test("lineage leads from a partition to its neighbor's file, and from there to all readers")
  func lineage() async throws {
    let bench = try await late(isRun: false)
    #expect(
      try await bench.pending() == [
        "\(hour(9)): quotes: 1 added", "\(hour(10)): quotes \(hour(9)) (halo): 1 added",
      ])
    let run = try await bench.run()
    #expect(run[0]["committed"].integer == 2)
    #expect(run[0]["unchanged"].integer == 1)
    try await check(bench)
    let built = try await bench.json("lineage", hour(10))
    #expect(files(built["inputs"][0]) == ["\(hour(10))/part.parquet"])
    #expect(
      files(built["inputs"][1]).compactMap(\.self).sorted() == [
        "\(hour(10))/part.parquet", "\(hour(9))/late.parquet", "\(hour(9))/part.parquet",
      ])
    func uses(_ file: String) async throws -> [String] {
      try await bench.json("lineage", "--file", "data/quotes/\(file)")[0]["uses"].elements.map {
        "\($0["partition"].text ?? "?") \($0["run"].integer ?? 0) \($0["published"].isTrue)"
      }.sorted()
    }
    #expect(
      try await uses("\(hour(9))/late.parquet") == ["\(hour(10)) 2 true", "\(hour(9)) 2 true"])
    #expect(
      try await uses("\(hour(9))/part.parquet") == [
        "\(hour(10)) 1 false", "\(hour(10)) 2 true", "\(hour(9)) 1 false", "\(hour(9)) 2 true",
      ])
    #expect(try await uses("\(hour(11))/part.parquet") == ["\(hour(11)) 1 true"])
  }

  @Test("files that are rewritten with the same rows move the positions of all that read them")
  func compaction() async throws {
    let bench = try await late()
    let before = try bench.facts("out/tca")
    try await bench.land(
      "quotes/\(hour(9))",
      "SELECT * FROM read_parquet('\(bench.path("data/quotes/\(hour(9))/*.parquet"))', hive_partitioning = false)",
      file: "whole.parquet")
    for file in ["part", "late"] { try bench.remove("data/quotes/\(hour(9))/\(file).parquet") }
    let same = "compacted, 3 files changed and the rows are the same"
    let reasons = try await bench.json("pending", "--digest").elements.map {
      $0["reasons"][0].text
    }
    #expect(reasons == ["quotes: \(same)", "quotes \(hour(9)) (halo): \(same)"])
    let run = try await bench.run()
    #expect(run[0]["compacted"].integer == 2)
    #expect(run[0]["committed"].integer == 0)
    #expect(try await bench.pending() == [])
    #expect(try bench.facts("out/tca") == before)
    #expect(try await bench.dovetail("verify", "--all").status == 0)
    // What was published is of the files before.
    let file = "data/quotes/\(hour(9))/whole.parquet"
    #expect(
      try await bench.dovetail("lineage", "--file", file).stdout.contains(
        "  No build has read it. It is pending or held, it changed no rows (compacted, or out of reach), or it is not "
          + "a data file of the table.\n"))
    try await land(bench, "quotes", 9, 59, file: "later.parquet")
    try await bench.run()
    try await check(bench)
  }

  @Test("a partition is rewound alone, and its predicate tells core and halo apart")
  func rewind() async throws {
    let bench = try await late()
    let all = try await bench.json(
      "bookmarks", "rewind", "1", "--input", "quotes", "--dry-run")
    #expect(all["becomesPending"].elements.map { $0["partition"].text } == [hour(9), hour(10)])
    let done = try await bench.dovetail("bookmarks", "rewind", "1", hour(10), "--confirm", "tca")
    #expect(done.status == 0)
    #expect(try await bench.pending() == ["\(hour(10)): quotes \(hour(9)) (halo): 1 added"])
    let quotes = "day = DATE '2024-05-01' AND hour IN (9, 10)"
    #expect(
      try await bench.dovetail("predicate").stdout == """
        tca trades: day = DATE '2024-05-01' AND hour = 10
        tca quotes: \(quotes)
        tca quotes (halo): day = DATE '2024-05-01' AND hour = 9

        """)
    #expect(try await bench.dovetail("predicate", "--input", "quotes").stdout == "\(quotes)\n")
    #expect(
      try await bench.dovetail("predicate", "--dialect", "glue").stdout.contains(
        "tca quotes (halo): day = '2024-05-01' AND hour = 9\n"))
    let predicates = try await bench.json("predicate")
    #expect(predicates[0]["halo"] == .null)
    #expect(predicates[1]["partitions"].integer == 2)
    #expect(
      predicates[1]["halo"]
        == (try JSONValue(
          #"{"partitions": 1, "text": "day = DATE '2024-05-01' AND hour = 9"}"#)))
    let glue = try await bench.json("predicate", "--dialect", "glue")
    #expect(glue[1]["halo"].keys == ["expressions", "partitions", "text"])
    let own = try await bench.dovetail("predicate", "show", "--where", "hour = 9")
    #expect(own.stdout == "tca trades: hour = 9\ntca quotes: hour = 9\n")
    let run = try await bench.run()
    #expect(run[0]["committed"].integer == 1)
    #expect(run[0]["unchanged"].integer == 1)
    try await check(bench)
  }

  @Test("a rerun of one partition reads its neighbor's files, and leaves the neighbor alone")
  func rerun() async throws {
    let bench = try await late(isRun: false)
    #expect(try await bench.dovetail("bookmarks", "set", "--confirm", "tca").status == 0)
    #expect(try await bench.pending() == [])
    #expect(try await quote(bench, of: 10) == "955")
    let why = try await bench.dovetail("why", hour(10)).stdout
    #expect(why.contains(": moved (set)\n"), Comment(rawValue: why))
    let others = try bench.facts("out/tca").filter { !$0.key.hasPrefix(hour(10)) }
    let run = try await bench.json("rerun", hour(10))
    #expect(run[0]["filesRead"].integer == 4)
    #expect(run[0]["committed"].integer == 1)
    #expect(try await quote(bench, of: 10) == "958")
    #expect(try bench.facts("out/tca").filter { !$0.key.hasPrefix(hour(10)) } == others)
    try await check(bench)
  }

  @Test("an undone partition is held alone, and a further file of its neighbor releases it")
  func undo() async throws {
    let bench = try await late()
    #expect(try await quote(bench, of: 10) == "958")
    #expect(try await bench.dovetail("undo", hour(10), "--confirm", "tca").status == 0)
    #expect(try await quote(bench, of: 10) == "955")
    let held = try await bench.json("pending").elements
    #expect(held.map { $0["partition"].text } == [hour(10)])
    #expect(held[0]["changes"][0]["halo"].isTrue)
    #expect(held[0]["held"].text?.hasPrefix("held: run 3 undid what run 2 had built of it") == true)
    #expect(
      try await bench.dovetail("predicate").stdout == "tca trades: FALSE\ntca quotes: FALSE\n")
    try await land(bench, "quotes", 9, 59, file: "later.parquet")
    #expect(
      try await bench.pending() == [
        "\(hour(9)): quotes: 1 added", "\(hour(10)): quotes \(hour(9)) (halo): 2 added",
      ])
    let run = try await bench.run()
    #expect(run[0]["held"].integer == 0)
    #expect(run[0]["committed"].integer == 2)
    #expect(try await quote(bench, of: 10) == "959")
    try await check(bench)
    #expect(try await bench.dovetail("verify", "--all").status == 0)
  }

  @Test("files of a neighbor are a side: a partition with only these of an input is not one-sided")
  func sides() async throws {
    let bench = try await bench()
    try await land(bench, "trades", 12, 5)
    try await land(bench, "trades", 14, 5)
    let pending = try await bench.json("pending").elements
    #expect(pending.map { $0["partition"].text } == [hour(12), hour(14)])
    #expect(pending.map { $0["oneSided"] } == [.boolean(false), .boolean(true)])
    let why = try await bench.dovetail("why", hour(12)).stdout
    #expect(!why.contains("One-sided"), Comment(rawValue: why))
    #expect(why.contains(", all of it from neighboring partitions\n"), Comment(rawValue: why))
    #expect(
      try await bench.dovetail("why", hour(14)).stdout.contains("One-sided: quotes is missing"))
    let run = try await bench.json("rerun", "--state", "one-sided", "--dry-run")
    #expect(run["units"].elements.map { $0["partition"].text } == [hour(14)])
    try await bench.run()
    #expect(try await quote(bench, of: 12) == "1155")
    try await check(bench)
  }
}
