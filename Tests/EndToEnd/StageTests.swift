import Foundation
import Testing

@Suite("Staging, comparing and publishing by hand")
struct StageTests {
  /// A pair whose first run is published; then k=2 lost a row, k=3 changed one, and k=4 came.
  private func staged() async throws -> Workbench {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    try await bench.land(
      "a/k=3", "SELECT n AS id, CASE n WHEN 1 THEN 77 ELSE n * 10 END AS x FROM range(1, 4) AS r(n)"
    )
    try await bench.landPair(["4"])
    let run = try await bench.json("run", "--stage-only")
    #expect(run[0]["state"] == .string("staged"))
    #expect(run[0]["staged"].integer == 3)
    return bench
  }

  @Test("staging publishes nothing, and everything stays pending")
  func stageOnly() async throws {
    let bench = try await staged()
    #expect(bench.files("out/j").count == 3)
    #expect(try await bench.pending().count == 3)
    #expect(try await bench.json("history")[0]["state"] == .string("staged"))
    // It outlives other runs and their sweeping.
    _ = try await bench.json("rerun", "k=1")
    #expect(bench.exists("out/.j.dovetail/staging/2/k=4"))
  }

  @Test("the difference is told row by row and column by column")
  func difference() async throws {
    let bench = try await staged()
    let diff = try await bench.json("diff", "2")
    #expect(diff.elements.map { $0["partition"].text } == ["k=2", "k=3", "k=4"])
    #expect(diff[0]["removed"].integer == 1)
    #expect(diff[0]["same"].integer == 2)
    #expect(diff[0]["key"] == .array([.string("id")]))
    #expect(diff[1]["changed"].integer == 1)
    #expect(diff[1]["changedColumns"]["x"].integer == 1)
    #expect(diff[1]["samples"][0]["before"][1] == .string("10"))
    #expect(diff[1]["samples"][0]["after"][1] == .string("77"))
    #expect(diff[2]["added"].integer == 3)
    let text = try await bench.dovetail("diff", "2", "k=3")
    #expect(text.stdout.contains("k=3"))
    #expect(!text.stdout.contains("k=2"))
    #expect(text.stdout.contains("77"))
  }

  @Test(
    "once it is published, the difference is that to the version that it replaced, until this goes")
  func published() async throws {
    let bench = try await staged()
    _ = try await bench.json("publish", "2", "k=3", "k=4")
    _ = try await bench.json("publish", "2", "--none")
    let diff = try await bench.json("diff", "2")
    #expect(diff.elements.map { $0["partition"].text } == ["k=3", "k=4"])
    #expect(diff[0]["changed"].integer == 1)
    #expect(diff[0]["rowsBefore"] == diff[0]["rowsAfter"])
    #expect(diff[0]["samples"][0]["before"][1] == .string("10"))
    #expect(diff[0]["samples"][0]["after"][1] == .string("77"))
    #expect(diff[1]["added"].integer == 3)
    #expect(diff[1]["rowsBefore"].integer == 0)
    try bench.remove("out/.j.dovetail/kept/2")
    let text = try await bench.dovetail("diff", "2")
    #expect(
      text.stdout.contains(
        "k=3: the version that run 2 replaced is no longer kept; `limits:` in dovetail.yaml says how long versions are."
      ))
    #expect(text.stdout.contains("k=4: 0 rows before, 3 after: 3 added"))
    let alone = try await bench.json("diff", "2", "k=3", status: 4)
    #expect(alone[0]["notKeptBy"].integer == 2)
  }

  @Test("some are published, the rest stays staged, and then goes")
  func some() async throws {
    let bench = try await staged()
    let published = try await bench.json("publish", "2", "k=4")
    #expect(published["committed"].integer == 1)
    #expect(published["state"] == .string("staged"))
    #expect(try await bench.pending() == ["k=2: a: 1 rewritten", "k=3: a: 1 rewritten"])
    let rest = try await bench.json("publish", "2")
    #expect(rest["committed"].integer == 2)
    #expect(rest["state"] == .string("succeeded"))
    #expect(try await bench.pending() == [])
    try await bench.expectPair()
    #expect(!bench.exists("out/.j.dovetail/staging/2"))
    let again = try await bench.dovetail("publish", "2")
    #expect(again.status == 4)
    #expect(
      again.stderr
        == "dovetail: Run 2 of job j has nothing staged (its state is succeeded). `dovetail run "
        + "--stage-only` stages.\n")
  }

  @Test("none is published, and what was pending still is")
  func none() async throws {
    let bench = try await staged()
    let before = try bench.facts("out/j")
    let discarded = try await bench.dovetail("publish", "2", "--none")
    #expect(discarded.status == 0, Comment(rawValue: discarded.stderr))
    #expect(
      discarded.stdout
        == "Job j, run 2: 3 staged partitions discarded. What was pending still is.\n")
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.pending().count == 3)
    #expect(!bench.exists("out/.j.dovetail/staging/2"))
  }

  @Test("inputs that moved since fail their partitions, and the others are published")
  func moved() async throws {
    let bench = try await staged()
    try await bench.land("a/k=2", Workbench.rows("x", 1))
    let published = try await bench.json("publish", "2", status: 3)
    #expect(published["committed"].integer == 2)
    #expect(published["failed"][0]["partition"] == .string("k=2"))
    #expect(
      published["failed"][0]["message"].text?.contains("changed after the plan was made") == true)
    #expect(try await bench.pending() == ["k=2: a: 1 rewritten"])
  }

  @Test("a partition that was marked as not to be processed since is not published")
  func skipped() async throws {
    let bench = try await staged()
    let skip = try await bench.dovetail(
      "bookmarks", "skip", "k=2", "--note", "wrong", "--confirm", "j")
    #expect(skip.status == 0, Comment(rawValue: skip.stderr))
    let published = try await bench.json("publish", "2", "k=2", status: 1)
    #expect(
      published["failed"][0]["message"].text
        == "Run 3 has moved the position of k=2 since it was staged. Nothing was published; stage it "
        + "again, or undo run 3 and publish.")
    #expect(try await bench.json("publish", "2")["committed"].integer == 2)
  }

  @Test("a partition that a later run published is not published over it")
  func overtaken() async throws {
    let bench = try await staged()
    try await bench.run()
    let status = try await bench.dovetail("status")
    #expect(
      status.stdout.contains("what run 2 staged can no longer be published"),
      Comment(rawValue: status.stdout))
    let published = try await bench.json("publish", "2", status: 1)
    #expect(published["committed"].integer == 0)
    #expect(
      published["failed"][0]["message"].text
        == "Run 3 has published k=2 since it was staged. Nothing was published; stage it again.")
    try await bench.expectPair()
  }

  @Test("a partition that cannot be staged, or published, leaves what is staged publishable")
  func partly() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2", "3", "4"])
    try bench.truncate("data/a/k=1/part.parquet")
    let run = try await bench.json("run", "--stage-only", status: 3)
    #expect(run[0]["state"] == .string("staged"))
    #expect(run[0]["staged"].integer == 3)
    #expect(run[0]["failed"].elements.count == 1)
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    let some = try await bench.json("publish", "1", "k=2", "k=3", status: 3)
    #expect(some["committed"].integer == 1)
    #expect(some["state"] == .string("staged"))
    // Another run in between sweeps nothing of it.
    try await bench.land("a/k=1", Workbench.rows("x"))
    _ = try await bench.json("run", "--where", "k = 1")
    let rest = try await bench.json("publish", "1")
    #expect(rest["committed"].integer == 1)
    #expect(bench.files("out/j").map { $0.prefix(3) } == ["k=1", "k=3", "k=4"])
    #expect(try await bench.pending().count == 1)
  }

  @Test("equal rows leave the published files as they are")
  func unchanged() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    let before = try bench.facts("out/j")
    // Another file with the same rows in another order.
    try await bench.land(
      "a/k=1", "SELECT n AS id, n * 10 AS x FROM range(1, 4) AS r(n) ORDER BY n DESC")
    let run = try await bench.run()
    #expect(run[0]["committed"].integer == 1)
    #expect(run[0]["unchanged"].integer == 1)
    #expect(run[0]["rows"].integer == 0)
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.pending() == [])
    let units = try await bench.json("history", "2")
    #expect("\(units)".contains("unchanged"))
  }
}
