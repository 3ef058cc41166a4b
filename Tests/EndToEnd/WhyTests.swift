import Foundation
import Testing

@Suite("Explanations: why, why not, lineage and history")
struct WhyTests {
  @Test("the why-tree goes from the reason over the input's partition to the files")
  func why() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.land("a/k=1", Workbench.rows("x"), file: "old.parquet")
    try await bench.run()
    try await bench.land("a/k=1", Workbench.rows("x", 2))
    try await bench.land("a/k=1", Workbench.rows("x", 1), file: "new.parquet")
    try bench.remove("data/a/k=1/old.parquet")
    try bench.touch("data/a/k=1/new.parquet", "2026-01-01T10:00:00Z")
    let text = try await bench.dovetail("why", "K=01")
    #expect(text.status == 0)
    let lines = text.stdout.split(separator: "\n").map { String($0) }
    #expect(lines.first == "Partition k=1 of job j is pending.")
    #expect(lines.contains("  a: 1 added, 1 rewritten, 1 removed (correction)"))
    #expect(lines.contains("    k=1"))
    #expect(
      lines.contains {
        $0.hasPrefix("      added k=1/new.parquet, ")
          && $0.hasSuffix(" bytes, modified 2026-01-01 10:00:00 UTC")
      })
    #expect(lines.contains { $0.hasPrefix("      removed k=1/old.parquet, ") })
    #expect(lines.contains { $0.hasPrefix("      rewritten k=1/part.parquet, ") })
    #expect(lines.contains { $0.hasPrefix("  b: 1 file of ") && $0.hasSuffix(", as they are now") })
    let account = try await bench.json("why", "k=1")
    #expect(account["status"].text == "pending")
    #expect(account["causes"].elements.count == 1)
    #expect(account["causes"][0]["input"].text == "a")
    #expect(account["causes"][0]["partition"].text == "k=1")
    #expect(
      account["causes"][0]["changes"].elements.map { $0["kind"].text }
        == ["added", "removed", "rewritten"])
    #expect(account["built"]["run"].integer == 1)
    #expect(
      account["inputs"][1]["current"]["version"] == account["inputs"][1]["consumed"]["version"])
    #expect(
      account["inputs"][0]["current"]["version"] != account["inputs"][0]["consumed"]["version"])
    #expect(account["runs"].elements.map { $0["run"].integer } == [1])
  }

  @Test("why not: what is not pending is told with the run that consumed it")
  func whyNot() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2"])
    try await bench.run()
    let settled = try await bench.dovetail("why", "k=1")
    #expect(
      settled.stdout.hasPrefix(
        "Partition k=1 of job j is not pending: its files are those that run 1 consumed, and the "
          + "definition is the same.\n"), Comment(rawValue: settled.stdout))
    #expect(try await bench.json("why", "k=1")["status"].text == "settled")
    let unknown = try await bench.dovetail("why", "k=7")
    #expect(unknown.status == 2)
    #expect(
      unknown.stderr
        == "dovetail: Partition k=7 of job j is not known: no input has a file of it and it "
        + "was never built, so there is nothing that could be pending. Near it are: k=1, k=2.\n")
    let wrong = try await bench.dovetail("why", "month=1")
    #expect(wrong.status == 2)
    #expect(wrong.stderr.contains("write it as k=<int>"))
    // What was set without running is told apart from what was built.
    try await bench.land("a/k=2", Workbench.rows("x", 1))
    _ = try await bench.json("bookmarks", "set", "k=2", "--confirm", "j")
    let set = try await bench.dovetail("why", "k=2")
    #expect(set.stdout.contains("  Run 2, a set, moved the position and built nothing.\n"))
    #expect(!bench.exists(".dovetail/plans"))
  }

  @Test("a changed definition is a reason of its own")
  func definition() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    try bench.write("dovetail.yaml", Workbench.pair(join: "left"))
    let account = try await bench.json("why", "k=1")
    #expect(account["causes"].elements.map { $0["reason"].text } == ["definition changed"])
    #expect(account["causes"][0]["class"] == .null)
  }

  @Test("lineage: what a run read and wrote, what a partition was built from, where a file went")
  func lineage() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2"])
    try await bench.run()
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    try await bench.run()

    let run = try await bench.json("lineage", "--run", "2")
    #expect(run["run"].integer == 2)
    #expect(
      run["read"].elements.map { "\($0["partition"].text ?? "") \($0["input"].text ?? "")" }
        == ["k=2 a", "k=2 b"])
    #expect(run["read"][0]["files"][0]["path"].text == "k=2/part.parquet")
    #expect(run["written"].elements.map { $0["partition"].text } == ["k=2"])
    #expect(run["written"][0]["rows"].integer == 2)
    let published = bench.files("out/j/k=2").map { "k=2/\($0)" }
    #expect(run["written"][0]["files"].elements.compactMap { $0["path"].text } == published)
    let text = try await bench.dovetail("lineage", "--run", "2")
    #expect(text.stdout.hasPrefix("Run 2 of j:\n"))
    #expect(text.stdout.contains("Read 2 files, "))

    let partition = try await bench.json("lineage", "k=2")
    #expect(partition["run"].integer == 2)
    #expect(partition["inputs"].elements.map { $0["input"].text } == ["a", "b"])
    #expect(partition["inputs"][0]["files"] == run["read"][0]["files"])
    #expect(partition["published"].elements.compactMap { $0["path"].text } == published)
    let lines = try await bench.dovetail("lineage", "k=2")
    #expect(lines.stdout.hasPrefix("Partition k=2 of job j: built by run 2, 2 rows, "))
    #expect(lines.stdout.contains("Published:\n    \(published[0]), "))

    for path in [bench.path("data/a/k=2/part.parquet"), "data/a/k=2/part.parquet"] {
      let file = try await bench.json("lineage", "--file", path)
      #expect(file.elements.map { $0["input"].text } == ["a"])
      #expect(file[0]["uses"].elements.map { $0["run"].integer } == [2, 1])
      #expect(file[0]["uses"].elements.map { $0["partition"].text } == ["k=2", "k=2"])
      #expect(
        file[0]["uses"].elements.map { $0["published"] } == [.boolean(true), .boolean(false)])
    }
    let uses = try await bench.dovetail("lineage", "--file", "data/b/k=1/part.parquet")
    #expect(uses.stdout.contains("It is in 1 partition that is published now.\n"))
  }

  @Test(
    "bad input to lineage and history",
    arguments: [
      (["lineage"], "Name exactly one: a partition, a run with --run, or a file with --file."),
      (["lineage", "k=1", "--run", "1"], "exactly one"),
      (["lineage", "--run", "9"], "There is no run 9. `dovetail history` lists the runs."),
      (["lineage", "k=9"], "Job j has no partition k=9"),
      (
        ["lineage", "--file", "elsewhere/x.parquet"],
        "elsewhere/x.parquet is in no table that a job reads. The inputs' tables are in data/a, "
          + "data/b."
      ),
      (["history", "9", "--all"], "There is no run 9. `dovetail history` lists the runs."),
      (["matches", "--run", "9"], "There is no run 9; j has one run, 1."),
    ])
  func badInput(_ arguments: [String], _ sentence: String) async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    let finished = try await bench.dovetail(arguments)
    #expect(finished.status == 2, Comment(rawValue: finished.stderr))
    #expect(finished.stdout == "")
    #expect(finished.stderr.contains(sentence), Comment(rawValue: finished.stderr))
  }

  @Test("the history has every run with plan, mode, reasons, timings, outcomes and log")
  func history() async throws {
    let bench = try Workbench(
      Workbench.pair(format: "csv", table: ", columns: { id: BIGINT, v: BIGINT }"))
    for (file, text) in [
      ("a/k=1/p.csv", "id,v\n1,2\n"), ("b/k=1/p.csv", "id,v\n1,3\n"),
      ("a/k=2/p.csv", "id,v\none,2\n"), ("b/k=2/p.csv", "id,v\n1,2\n"),
    ] {
      try bench.write("data/\(file)", text)
    }
    _ = try await bench.json("run", "--note", "first try", status: 3)
    try bench.write("data/a/k=2/p.csv", "id,v\n1,2\n")
    _ = try await bench.json("run", "--bookmark", "pause")
    let all = try await bench.dovetail("history", "--all")
    #expect(all.status == 0)
    let runs = try JSONValue(all.stdout)
    #expect(runs.elements.map { $0["run"].integer } == [2, 1])
    #expect(runs.elements.map { $0["mode"].text } == ["pause", "enable"])
    let first = runs[1]
    #expect(first["note"].text == "first try")
    #expect(first["plan"].text?.count == 12)
    #expect(first["timings"].keys == ["commit", "plan", "publish", "stage"])
    #expect(first["units"].elements.map { $0["state"].text } == ["committed", "failed"])
    #expect(first["units"][0]["reason"].text == "a: 1 added; b: 1 added")
    #expect(first["units"][1]["message"].text?.contains("k=2/p.csv") == true)
    #expect(first["rows"].integer == 1)
    #expect((first["bytesRead"].integer ?? 0) > 0)
    #expect(first["log"].elements.contains { $0["level"].text == "failure" })
    #expect(first["log"][0].keys == ["instant", "level", "text"])
    #expect(first["matches"][0]["pairs"].integer == 1)
    #expect(try JSONValue(try await bench.dovetail("history", "1", "--all").stdout)[0] == first)

    let one = try await bench.dovetail("history", "1")
    #expect(one.stdout.hasPrefix("Run 1 of j:\nrun, partial\n"), Comment(rawValue: one.stdout))
    #expect(one.stdout.contains("Note: first try\n"))
    #expect(one.stdout.contains("Where the time went:\n  listing and planning "))
    #expect(one.stdout.contains("a: 1 added; b: 1 added\n"))
    let list = try await bench.dovetail("history")
    #expect(list.stdout.contains("KIND  STATE"))
    #expect(list.stdout.contains("bookmark pause"))
  }
}
