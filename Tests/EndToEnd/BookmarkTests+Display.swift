import Foundation
import Testing

/// What bookmarks show, what they count and what they refuse.
extension BookmarkTests {
  @Test("the display says as of when, what was consumed, and what arrived since by class")
  func display() async throws {
    let bench = try await bench()
    try bench.touch("data/a/k=1/part.parquet", "2026-01-05T10:00:00Z")
    try await bench.run()
    try await bench.land("a/k=4", Workbench.rows("x"))
    try await bench.land("a/k=2", Workbench.rows("x", 1))
    try bench.remove("data/b/k=3/part.parquet")
    let bookmarks = try await bench.json("bookmarks")
    #expect(bookmarks[0]["run"].integer == 3)
    #expect(bookmarks[0]["listedAt"].text?.isEmpty == false)
    #expect(bookmarks[0]["newestFile"].text?.isEmpty == false)
    #expect(bookmarks[0]["partitions"].integer == 3)
    #expect(bookmarks[0]["files"].integer == 3)
    #expect(bookmarks[0]["counters"] == (try JSONValue(#"{"run": 3, "attempt": 0, "version": 3}"#)))
    let arrived = bookmarks[0]["arrived"]
    #expect(arrived["arrivals"].integer == 1)
    #expect(arrived["corrections"].integer == 1)
    #expect(arrived["deletions"].integer == 0)
    #expect((arrived["bytes"].integer ?? 0) > 0)
    #expect(bookmarks[1]["arrived"]["deletions"].integer == 1)
    let text = try await bench.dovetail("bookmarks")
    #expect(text.stdout.contains("Counters: run 3, attempt 0, version 3.\n"))
    #expect(text.stdout.contains("since then arrivals in 1 partition, corrections in 1; "))
    let pending = try await bench.json("pending")
    #expect(
      pending.elements.map { $0["changes"][0]["class"].text }
        == ["correction", "deletion", "arrival"])
  }

  @Test("a failed run counts as an attempt, and moves neither run nor version")
  func attempts() async throws {
    let bench = try Workbench(
      Workbench.pair(format: "csv", table: ", columns: { id: BIGINT, v: BIGINT }"))
    try bench.write("data/a/k=1/p.csv", "id,v\none,2\n")
    try bench.write("data/b/k=1/p.csv", "id,v\n1,2\n")
    try await bench.run(status: 1)
    #expect(
      try await bench.json("bookmarks")[0]["counters"]
        == (try JSONValue(#"{"run": 0, "attempt": 1, "version": 0}"#)))
    try bench.write("data/a/k=1/p.csv", "id,v\n1,2\n")
    try await bench.run()
    #expect(
      try await bench.json("bookmarks")[0]["counters"]
        == (try JSONValue(#"{"run": 1, "attempt": 0, "version": 1}"#)))
  }

  @Test("a compaction moves the position and rebuilds nothing, where rows are recorded")
  func compaction() async throws {
    let bench = try Workbench(
      Workbench.pair().replacing(
        "{ location: data/a,", with: "{ location: data/a, record_rows: true,"))
    for (file, rows) in [("one", "1, 3"), ("two", "3, 5")] {
      try await bench.land(
        "a/k=1", "SELECT n AS id, n * 10 AS x FROM range(\(rows)) AS r(n)",
        file: "\(file).parquet")
    }
    try await bench.land("b/k=1", Workbench.rows("y", 4))
    try await bench.run()
    let before = try bench.facts("out/j")
    for name in ["one", "two"] { try bench.remove("data/a/k=1/\(name).parquet") }
    try await bench.land("a/k=1", Workbench.rows("x", 4), file: "all.parquet")
    let unread = try await bench.json("pending")
    #expect(unread[0]["reasons"] == .array([.string("a: 1 added, 2 removed")]))
    #expect(Set(unread[0]["changes"].elements.map { $0["class"].text }) == ["correction"])
    let read = try await bench.json("pending", "--digest")
    #expect(
      read[0]["reasons"]
        == .array([.string("a: compacted, 3 files changed and the rows are the same")]))
    #expect(
      read[0]["changes"].elements.map { $0["class"].text } == [
        "compaction", "compaction", "compaction",
      ])
    #expect(
      try await bench.json("why", "k=1", "--digest")["causes"][0]["class"].text == "compaction")
    let run = try await bench.run()
    #expect(run[0]["compacted"].integer == 1)
    #expect(run[0]["committed"].integer == 0)
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.pending() == [])
    #expect(try await bench.json("history", "2")[0]["state"].text == "moved")
    // Other rows are a correction all the same.
    try await bench.land("a/k=1", Workbench.rows("x", 3), file: "all.parquet")
    #expect(
      try await bench.json("pending", "--digest")[0]["reasons"]
        == .array([.string("a: 1 rewritten")]))
    #expect(try await bench.run()[0]["committed"].integer == 1)
  }

  @Test("a row that moved to another partition that is read with its own is no compaction")
  func movedRow() async throws {
    let bench = try Workbench(
      """
      tables:
        orders: { location: data/orders, partitions: { day: date, region: string }, record_rows: true }
      jobs:
        daily:
          inputs: [orders]
          sql: SELECT region, count(*) AS n FROM orders GROUP BY region
          output: { location: out/daily, partitions: [day] }
      """)
    func land(_ region: String, _ ids: String) async throws {
      try await bench.land(
        "orders/day=2024-05-01/region=\(region)", "SELECT unnest([\(ids)]) AS id")
    }
    try await land("eu", "1, 2")
    try await land("us", "3")
    try await bench.run()
    try await land("eu", "2, 1")
    #expect(try await bench.run()[0]["compacted"].integer == 1)
    try await land("eu", "1")
    try await land("us", "2, 3")
    let reason = try await bench.json("pending", "--digest")[0]["reasons"][0].text
    #expect(reason == "orders day=2024-05-01/region=eu: 1 rewritten")
    #expect(try await bench.run()[0]["committed"].integer == 1)
    #expect(try await bench.dovetail("verify", "--all").status == 0)
  }

  @Test(
    "bad input is refused with the sentence that says what is possible",
    arguments: [
      (
        ["rewind", "9"],
        "Job j has no run 9. Its runs are 1 to 1; 0 is before the first. "
          + "`dovetail history --job j` lists them."
      ),
      (["reset", "--input", "c"], "Job j has no input \"c\". Its inputs are: a, b."),
      (
        ["set", "k=7"],
        "Job j has no partition k=7: no input has it and it was never built. Known are, for "
          + "example: k=1. `dovetail bookmarks --partitions --job j` lists them all."
      ),
      (["reset", "k=2..k=1"], "The range k=2..k=1 ends before it begins: write k=1..k=2."),
      (
        ["reset", "k=x"],
        "\"k=x\": \"x\" is not a value of the partition key k, which is declared as int: write one as k=1."
      ),
      (["rewind"], "Missing expected argument '<run>'"),
      (["frobnicate"], "Unknown command 'bookmarks frobnicate'."),
    ])
  func badInput(_ arguments: [String], _ sentence: String) async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    let finished = try await bench.dovetail(["bookmarks"] + arguments)
    #expect(finished.status == 2)
    #expect(finished.stdout == "")
    #expect(finished.stderr.contains(sentence), Comment(rawValue: finished.stderr))
  }

  @Test("a run of another job is no place to rewind to")
  func otherJob() async throws {
    let bench = try Workbench(
      Workbench.pair(
        job: """
            i: { inputs: [a, b], join: { on: [id] }, output: { location: out/i } }
          """))
    try await bench.landPair(["1"])
    try await bench.run()
    let finished = try await bench.dovetail("bookmarks", "rewind", "1", "--job", "i")
    #expect(finished.status == 2)
    #expect(
      finished.stderr == "dovetail: Run 1 is a run of job j, not of i. `dovetail history --job i` "
        + "lists those of i.\n")
    let unnamed = try await bench.dovetail("bookmarks", "reset")
    #expect(unnamed.status == 2)
  }
}
