import Foundation
import Testing

@Suite("Reruns, predicates and bookmarks")
struct RerunTests {
  @Test("a rerun rebuilds what it was told to, and nothing else (I6)")
  func rerun() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    let before = try bench.facts("out/j")
    try await bench.land("a/k=3", Workbench.rows("x", 2))
    let shown = try await bench.json("rerun", "K=02", "--dry-run")
    #expect(shown["kind"] == .string("rerun"))
    #expect(shown["units"].elements.map { $0["partition"].text } == ["k=2"])
    #expect(shown["units"][0]["reasons"] == .array([.string("rerun requested")]))
    #expect(shown["units"][0]["action"] == .string("overwrite"))
    #expect(try bench.facts("out/j") == before)

    let run = try await bench.json("rerun", "K=02")
    #expect(run[0]["committed"].integer == 1)
    // Its rows are the published ones, so that readers see nothing.
    #expect(run[0]["unchanged"].integer == 1)
    #expect(try bench.facts("out/j") == before)
    // What was pending and not named is pending still.
    #expect(try await bench.pending() == ["k=3: a: 1 rewritten"])
    _ = try await bench.json("rerun", "k=3", "k=1")
    #expect(try await bench.pending() == [])
    let history = try await bench.json("history")
    #expect(history.elements.map { $0["kind"].text } == ["rerun", "rerun", "run"])
    try await bench.expectPair()
  }

  @Test("partitions are chosen by range, by run and by state, and what failed is retried")
  func choices() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2", "3", "4", "10"])
    try bench.truncate("data/a/k=3/part.parquet")
    let first = try await bench.json("run", status: 3)
    #expect(first[0]["failed"].elements.count == 1)
    #expect(
      try await bench.dovetail("status").stdout.contains(
        "Job j: run 1 failed in 1 partition; `dovetail history 1` says why, "
          + "`dovetail rerun --run 1 --state failed --job j` tries it again."))
    func chosen(_ options: String...) async throws -> [String?] {
      let plan = try await Command.run(
        Command.dovetail,
        ["rerun", "--dry-run", "--json"] + options + ["-C", bench.folder])
      #expect(plan.status == 0, Comment(rawValue: plan.stderr))
      return try JSONValue(plan.stdout)["units"].elements.map { $0["partition"].text }
    }
    #expect(try await chosen("k=2..k=9") == ["k=2", "k=3", "k=4"])
    #expect(try await chosen("--run", "1", "--state", "failed") == ["k=3"])
    #expect(try await chosen("--run", "1", "--where", "k > 3") == ["k=4", "k=10"])
    #expect(try await chosen("--state", "pending") == ["k=3"])
    try bench.remove("data/b/k=4")
    #expect(try await chosen("--state", "one-sided") == ["k=4"])
    try await bench.land("a/k=3", Workbench.rows("x"))
    let retried = try await bench.json("rerun", "--run", "1", "--state", "failed")
    #expect(retried[0]["committed"].integer == 1)
    let refused = try await bench.dovetail("rerun", "k=9..k=2")
    #expect(refused.status == 2)
    let unknown = try await bench.dovetail("rerun", "--run", "77")
    #expect(unknown.status == 2)
    #expect(unknown.stderr.contains("77"))
  }

  @Test("nothing pending gives FALSE in every dialect, and a run that does no work (I7)")
  func nothing() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    for dialect in ["plain", "compact"] {
      let text = try await bench.dovetail("predicate", "--input", "a", "--dialect", dialect)
      #expect(text.status == 0)
      #expect(text.stdout == "FALSE\n")
    }
    let before = try bench.facts("out")
    let run = try await bench.run()
    #expect(run[0]["run"] == .null)
    #expect(run[0]["filesRead"].integer == 0)
    #expect(try await bench.json("history").elements.count == 1)
    #expect(
      try bench.facts("out").filter { $0.key.hasPrefix("j/") }
        == before.filter { $0.key.hasPrefix("j/") })
    #expect(try await bench.json("plan")[0]["steps"].elements == [])
  }

  @Test("the predicate names exactly the pending partitions, over each input's own keys")
  func predicate() async throws {
    let bench = try Workbench(
      """
      tables:
        a: { location: data/a, partitions: { month: int, day: int } }
        b: { location: data/b, partitions: { day: int, month: int } }
      jobs:
        j: { inputs: [a, b], join: { on: [id] }, output: { location: out/j } }
      """)
    for day in [1, 2, 3, 7] {
      try await bench.land("a/month=01/day=\(day)", Workbench.rows("x"))
      try await bench.land("b/day=\(day)/month=1", Workbench.rows("y"))
    }
    let plain = try await bench.dovetail("predicate", "--input", "b", "--dialect", "plain")
    #expect(
      plain.stdout == "(day=='1' and month=='1') or (day=='2' and month=='1') or "
        + "(day=='3' and month=='1') or (day=='7' and month=='1')\n")
    let compact = try await bench.dovetail("predicate")
    #expect(
      compact.stdout.hasPrefix("j a: month = 1 AND (day BETWEEN 1 AND 3 OR day = 7)\nj b: "),
      Comment(rawValue: compact.stdout))
    try await bench.run()
    // The output has the first input's keys, in canonical spelling.
    #expect(bench.files("out/j").allSatisfy { $0.hasPrefix("month=1/day=") })
    try await bench.expect(
      "out/j",
      equals: """
        SELECT id, x, y, a.month, a.day
        FROM \(bench.relation("data/a", keys: "month INTEGER, day INTEGER")) AS a
        JOIN \(bench.relation("data/b", keys: "month INTEGER, day INTEGER")) AS b
        USING (id, month, day)
        """, keys: "month INTEGER, day INTEGER", columns: "")
  }

  @Test("bookmarks say what was consumed, and move with committed runs only")
  func bookmarks() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let never = try await bench.dovetail("bookmarks")
    #expect(never.stdout.contains("never"))
    try await bench.run()
    let first = try await bench.json("bookmarks")
    #expect(first[0]["run"].integer == 1)
    #expect(first[0]["files"].integer == 3)
    try await bench.land("a/k=4", Workbench.rows("x"), file: "one.parquet")
    try await bench.land("a/k=4", Workbench.rows("x"), file: "two.parquet")
    let unmoved = try await bench.json("bookmarks")
    for name in ["run", "files", "bytes", "newestFile"] {
      #expect(unmoved[0][name] == first[0][name])
    }
    try await bench.run()
    let second = try await bench.json("bookmarks")
    #expect(second[0]["run"].integer == 2)
    #expect(second[0]["files"].integer == 5)
    #expect(second[1]["files"].integer == 3)
  }
}
