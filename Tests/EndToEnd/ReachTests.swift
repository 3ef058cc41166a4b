import DuckDBEngine
import Foundation
import IncrementalJoin
import LocalStorage
import PartitionPredicate
import Testing

/// What operators see of files whose rows are too far away to change an output partition.
@Suite("Files that are out of reach")
struct ReachTests {
  private func yaml(quotes: String = "partitions: { day: date, hour: int }") -> String {
    """
    tables:
      trades: { location: data/trades, partitions: { day: date, hour: int }, time: ts }
      quotes: { location: data/quotes, \(quotes), time: ts }
    jobs:
      tca:
        inputs: [trades, quotes]
        join: { type: left, on: [symbol], asof: { tolerance: 15m } }
        output: { location: out/tca }
    """
  }

  private func hour(_ hour: Int) -> String { "day=2024-05-01/hour=\(hour)" }

  /// One row at a minute of an hour of 1 May 2024.
  private func land(
    _ bench: Workbench, _ table: String, _ hour: Int, minute: Int, file: String = "part.parquet",
    isWhole: Bool = false
  ) async throws {
    try await bench.land(
      isWhole ? table : "\(table)/\(self.hour(hour))",
      "SELECT TIMESTAMP '2024-05-01 \(hour):\(minute):00' AS ts, 'A' AS symbol, \(hour * 100 + minute) AS \(table)_id",
      file: file)
  }

  private func pending(_ bench: Workbench) async throws -> [String] {
    try await bench.json("pending").elements.compactMap { $0["partition"].text }
  }

  @Test("make nothing pending, are told with the distance, and only move the position")
  func halo() async throws {
    let bench = try Workbench(yaml())
    for hour in 9...11 {
      try await land(bench, "trades", hour, minute: 10)
      try await land(bench, "quotes", hour, minute: 20)
    }
    try await bench.run()
    try await land(bench, "quotes", 10, minute: 30, file: "late.parquet")
    #expect(try await pending(bench) == [hour(10)])
    #expect(try await bench.json("status")[0]["pending"].integer == 1)
    let why = try await bench.dovetail("why", hour(11)).stdout
    let sentence =
      "quotes \(hour(10)) (halo): 1 added, whose rows end at 2024-05-01 10:30:00 UTC, more than 15m before it"
    #expect(
      why.hasPrefix(
        "Partition \(hour(11)) of job tca is not pending: files have landed, but their rows are not near enough to it.\n"
          + "  \(sentence)\n"), Comment(rawValue: why))
    #expect(try await bench.json("why", hour(11))["outOfReach"] == .array([.string(sentence)]))
    let plan = try await bench.dovetail("plan").stdout
    #expect(
      plan.contains("\n1 partition out of reach of new files: only the position moves.\n"),
      Comment(rawValue: plan))
    #expect(
      plan.contains("\n1. move the position of \(hour(11)), which new files cannot change\n"),
      Comment(rawValue: plan))
    let run = try await bench.dovetail("run").stdout
    #expect(run.contains(": 1 partition committed (0 of them empty"), Comment(rawValue: run))
    #expect(
      run.contains("\n1 partition out of reach of new files: only the position moved.\n"),
      Comment(rawValue: run))
    #expect(try await pending(bench) == [])
    #expect(try await bench.json("plan")[0]["outOfReach"] == .array([]))
    let settled = try await bench.dovetail("why", hour(11)).stdout
    #expect(
      settled.contains("is not pending: its files are those that run 2 consumed"),
      Comment(rawValue: settled))
    #expect(settled.contains("out of reach: the rows of new files are not near enough"))

    // What was in the file is not known any more, so that both may depend on it.
    try await land(bench, "quotes", 10, minute: 50, file: "late.parquet")
    #expect(try await pending(bench) == [hour(10), hour(11)])
    try await bench.run()
    try bench.remove("data/quotes/\(hour(10))/late.parquet")
    #expect(try await pending(bench) == [hour(10), hour(11)])
    try await bench.run()
    #expect(try await pending(bench) == [])
  }

  @Test("leave a position that can be verified, undone and moved back")
  func operations() async throws {
    let bench = try Workbench(yaml())
    for hour in 9...11 {
      try await land(bench, "trades", hour, minute: 10)
      try await land(bench, "quotes", hour, minute: 20)
    }
    try await bench.run()
    try await land(bench, "quotes", 10, minute: 30, file: "late.parquet")
    try await bench.run()
    #expect(try await bench.dovetail("verify", "--all").status == 0)
    #expect(try await bench.dovetail("undo", "--run", "2", "--confirm", "tca").status == 0)
    // What was undone is held; what was only moved is out of reach as before.
    #expect(try await pending(bench) == [hour(10)])
    // An operator who goes back wants to build: everything of then is pending again.
    #expect(
      try await bench.dovetail("bookmarks", "reset", "--confirm", "tca").status == 0)
    #expect(try await pending(bench) == [hour(9), hour(10), hour(11)])
  }

  @Test("of a table without partitions leave all but the hours that they reach")
  func whole() async throws {
    let bench = try Workbench(yaml(quotes: "partitions: []"))
    for hour in 9...12 {
      try await land(bench, "trades", hour, minute: 10)
      try await land(bench, "quotes", hour, minute: 15, file: "\(hour).parquet", isWhole: true)
    }
    try await bench.run()
    try await land(bench, "quotes", 10, minute: 50, file: "late.parquet", isWhole: true)
    #expect(try await pending(bench) == [hour(10), hour(11)])
    let run = try await bench.json("run")
    #expect(run[0]["outOfReach"].integer == 2)
    #expect(run[0]["committed"].integer == 2)
    #expect(try await pending(bench) == [])
    // A copy of the workspace knows the files by their content.
    let copy = try Workbench()
    try copy.remove("")
    #expect(try await bench.shell("cp -a \"$1\" \"$2\"", copy.folder).status == 0)
    #expect(try await pending(copy) == [])
    // A file that no output partition reaches makes nothing pending at all.
    try await land(bench, "quotes", 20, minute: 10, file: "evening.parquet", isWhole: true)
    #expect(try await pending(bench) == [])
    #expect(
      try await bench.dovetail("bookmarks").stdout.contains(
        "  since then only files that change no partition\n"))
    #expect(try await bench.json("run")[0]["outOfReach"].integer == 4)
    #expect(try await bench.json("plan")[0]["steps"] == .array([]))
    // Text does not say when its rows happened.
    try bench.write("data/quotes/none.parquet", "not Parquet")
    #expect(try await pending(bench).count == 4)
  }

  @Test("are told by the end of a file that is still the listed one")
  func files() async throws {
    let bench = try Workbench(yaml())
    let wide = (1...2_000).map { "\($0) AS column_with_a_long_name_\($0)" }.joined(separator: ", ")
    let some = "SELECT make_timestamp(range) AS ts FROM range(9)"
    try await bench.land("t", some, file: "small.parquet")
    try await bench.land("t", "SELECT make_timestamp(7) AS ts, \(wide)", file: "wide.parquet")
    try bench.write("data/t/text.parquet", "not Parquet")
    let table = TableDefinition(
      name: "t", location: Location(bench.path("data/t")), format: .parquet, keys: [],
      time: TableTime(column: "ts", keys: try TimeKeys(keys: [])))
    let storage = LocalStorage()
    let snapshot = await HiveTables(over: storage).snapshot(of: table, in: .all)
    let files = snapshot.partitions.values.flatMap(\.version.files)
    #expect(files.count == 3)
    func times(_ name: ExactText, _ type: String = "TIMESTAMP") async throws -> FileTimes? {
      let file = try #require(files.first { $0.path == name })
      return await ParquetTimes().times(of: file, in: table, type: type, from: storage)
    }
    #expect(try await times("small.parquet")?.range == 0...8)
    #expect(try await times("wide.parquet")?.range == 7...7)
    #expect(try await times("small.parquet", "TIMESTAMPTZ") == nil)
    #expect(try await times("text.parquet") == nil)
    try await bench.land("t", "\(some) WHERE range > 1", file: "small.parquet")
    #expect(try await times("small.parquet") == nil)
  }
}
