import Foundation
import Testing

@Suite("Undo")
struct UndoTests {
  /// A pair whose first run is published, and whose k=2 was corrected and run again.
  private func corrected(_ job: String = "") async throws -> Workbench {
    let bench = try Workbench(Workbench.pair(job: job))
    try await bench.landPair()
    try await bench.run()
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    try await bench.run()
    return bench
  }

  private func rows(_ bench: Workbench, _ key: Int) async throws -> Int {
    try await bench.count("\(bench.relation("out/j", empty: "id BIGINT")) WHERE k = \(key)")
  }

  @Test("a run is shown before it is undone, and without a confirmation nothing changes")
  func preview() async throws {
    let bench = try await corrected()
    let before = try bench.facts("out/j")
    let shown = try await bench.dovetail("undo", "--run", "2", "--dry-run")
    #expect(shown.status == 0)
    #expect(shown.stdout.contains("k=2"))
    let plan = try await bench.json("undo", "--run", "2", "--dry-run")
    #expect(plan["units"][0]["action"] == .string("restore"))
    #expect(plan["units"][0]["rows"].integer == 2)
    #expect(plan["units"][0]["rowsBefore"].integer == 3)
    let steps = [
      "restore k=2", "publish k=2", "commit k=2", "sweep replaced versions that are no longer kept",
    ]
    #expect(plan["steps"].elements.map(\.text) == steps)
    #expect(
      shown.stdout.contains(
        steps.enumerated().map { "\($0 + 1). \($1)\n" }.joined()))
    let refused = try await bench.dovetail("undo", "--run", "2")
    #expect(refused.status == 4)
    #expect(refused.stderr.contains("Nothing was changed: add --confirm j."))
    let wrong = try await bench.dovetail("undo", "--run", "2", "--confirm", "k")
    #expect(wrong.status == 4)
    #expect(wrong.stderr.contains("the job is j, and \"k\" was typed"))
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.json("history").elements.count == 2)
  }

  @Test("the kept version and the position come back, and the partition is held")
  func undo() async throws {
    let bench = try await corrected()
    let others = try bench.facts("out/j").filter { !$0.key.hasPrefix("k=2") }
    let done = try await bench.json(
      "undo", "--run", "2", "--confirm", "j", "--note", "the correction was wrong")
    #expect(done["state"] == .string("succeeded"))
    #expect(done["committed"].integer == 1)
    let printed = try await bench.dovetail("history").stdout
    #expect(printed.contains("undid run 2, \"the correction was wrong\""))
    #expect(printed.contains("undone by run 3"))
    #expect(try await rows(bench, 2) == 3)
    #expect(try bench.facts("out/j").filter { !$0.key.hasPrefix("k=2") } == others)
    let pending = try await bench.json("pending")
    #expect(pending.elements.map { $0["partition"].text } == ["k=2"])
    #expect(
      pending[0]["held"].text
        == "held: run 3 undid what run 2 had built of it; a new arrival or "
        + "`dovetail bookmarks release` releases it")
    // The next run does not do again what was undone.
    let run = try await bench.run()
    #expect(run[0]["run"] == .null)
    #expect(run[0]["held"].integer == 1)
    let history = try await bench.json("history")
    #expect(history[0]["kind"] == .string("undo"))
    #expect(history[0]["note"].text == "the correction was wrong")
  }

  @Test("an input that changes again lets the partition go")
  func arrival() async throws {
    let bench = try await corrected()
    _ = try await bench.json("undo", "k=2", "--confirm", "j")
    try await bench.land("a/k=2", Workbench.rows("x", 1))
    let run = try await bench.run()
    #expect(run[0]["committed"].integer == 1)
    try await bench.expectPair()
    #expect(try await bench.pending() == [])
  }

  @Test("an input that had changed before is taken for the new one only after it changes again")
  func changedBefore() async throws {
    let bench = try await corrected()
    try await bench.land("a/k=2", Workbench.rows("x", 1))
    _ = try await bench.json("undo", "k=2", "--confirm", "j")
    #expect(try await bench.run()[0]["held"].integer == 1)
    #expect(try await rows(bench, 2) == 3)
    try await bench.land("b/k=2", Workbench.rows("y", 2))
    #expect(try await bench.run()[0]["committed"].integer == 1)
    try await bench.expectPair()
  }

  @Test("an operation that was undone is no obstacle to what came before it")
  func operations() async throws {
    let bench = try await corrected()
    try await bench.land("a/k=2", Workbench.rows("x", 1))
    // Runs 3 and 4; then they are undone by runs 5 and 6, and run 2 is the newest that stands.
    for arguments in [
      ["bookmarks", "set", "k=2"], ["bookmarks", "rewind", "1", "k=2"], ["undo", "--run", "4"],
      ["undo", "--run", "3"], ["undo", "--run", "2"],
    ] {
      let done = try await bench.dovetail(arguments + ["--confirm", "j"])
      #expect(done.status == 0, Comment(rawValue: done.stderr))
    }
    #expect(try await rows(bench, 2) == 3)
    let again = try await bench.dovetail("undo", "--run", "3", "--confirm", "j")
    #expect(again.status == 4)
    #expect(again.stderr.contains("was already undone"), Comment(rawValue: again.stderr))
  }

  @Test("an undo, a release of what it holds and the undo of that: the chain can be followed back")
  func chain() async throws {
    let bench = try await corrected()
    _ = try await bench.json("undo", "--run", "2", "--confirm", "j")
    _ = try await bench.dovetail("bookmarks", "release", "--confirm", "j")
    _ = try await bench.json("undo", "--run", "4", "--confirm", "j")
    let first = try await bench.json("undo", "--run", "1", "--confirm", "j")
    #expect(first["removed"].integer == 3)
    // That was run 6; with it undone, run 1 stands again.
    _ = try await bench.json("undo", "--run", "6", "--confirm", "j")
    #expect(try await rows(bench, 2) == 3)
  }

  @Test("what somebody else has put in the place of a published file is not overwritten")
  func foreign() async throws {
    let bench = try await corrected()
    let name = try #require(bench.files("out/j").first { $0.hasPrefix("k=2/") })
    try bench.write("out/j/\(name)", "theirs")
    let refused = try await bench.dovetail("undo", "--run", "2", "--confirm", "j")
    #expect(refused.status == 4)
    #expect(
      refused.stderr.hasPrefix(
        "dovetail: The published files of k=2 are not those that the last run of job j left: "
          + "somebody else changed them, and an undo would remove them. `dovetail verify` shows "
          + "the drift; `dovetail rerun k=2` rebuilds the partition from the current files.\n"))
    #expect(try String(contentsOfFile: bench.path("out/j/\(name)"), encoding: .utf8) == "theirs")
    #expect(try await bench.json("history").elements.count == 2)
  }

  @Test("what a run took over from somebody else is kept, and an undo brings it back")
  func adopted() async throws {
    let bench = try await corrected()
    try bench.remove(".dovetail")
    try bench.remove("out/.j.dovetail")
    let before = try await rows(bench, 2)
    try await bench.land("a/k=2", Workbench.rows("x", 1))
    _ = try await bench.json("run", "--adopt")
    #expect(try await bench.json("history").elements.map { $0["kind"].text } == ["run", "adopt"])
    #expect(bench.files("out/.j.dovetail/kept/2/k=2").count == 1)
    #expect(try await rows(bench, 2) == 1)
    let undone = try await bench.dovetail("undo", "--run", "2", "--confirm", "j")
    #expect(undone.status == 0, Comment(rawValue: undone.stderr))
    #expect(try await rows(bench, 2) == before)
    #expect(try await bench.json("lineage", "k=2")["adoptedBy"] == .number(1))
  }

  @Test("nothing chosen is nothing to undo")
  func nothing() async throws {
    let bench = try await corrected()
    let done = try await bench.dovetail("undo", "--where", "k = 99", "--confirm", "j")
    #expect(done.status == 0, Comment(rawValue: done.stderr))
    #expect(done.stdout.hasSuffix("Nothing is to be undone.\n"))
    #expect(try await bench.json("history").elements.count == 2)
  }

  @Test("released partitions are built again")
  func release() async throws {
    let bench = try await corrected()
    _ = try await bench.json("undo", "k=2", "--confirm", "j")
    let released = try await bench.dovetail("bookmarks", "release", "--confirm", "j")
    #expect(released.status == 0, Comment(rawValue: released.stderr))
    #expect(try await bench.run()[0]["committed"].integer == 1)
    try await bench.expectPair()
  }

  @Test("a rewind to an undo holds again what that held")
  func rewind() async throws {
    let bench = try await corrected()
    _ = try await bench.json("undo", "--run", "2", "--confirm", "j")
    _ = try await bench.dovetail("bookmarks", "release", "--confirm", "j")
    _ = try await bench.dovetail("bookmarks", "rewind", "3", "--confirm", "j")
    let run = try await bench.run()
    #expect(run[0]["run"] == .null)
    #expect(run[0]["held"].integer == 1)
  }

  @Test("an undo can be undone")
  func redo() async throws {
    let bench = try await corrected()
    _ = try await bench.json("undo", "--run", "2", "--confirm", "j")
    _ = try await bench.json("undo", "--run", "3", "--confirm", "j")
    #expect(try await rows(bench, 2) == 2)
    #expect(try await bench.pending() == [])
    try await bench.expectPair()
  }

  @Test("a first publish is undone by removing it")
  func first() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    let done = try await bench.json("undo", "--run", "1", "--confirm", "j")
    #expect(done["removed"].integer == 3)
    #expect(bench.files("out/j").isEmpty)
    #expect(try await bench.json("pending").elements.count == 3)
    _ = try await bench.json("undo", "--run", "2", "--confirm", "j")
    try await bench.expectPair()
  }

  @Test("a removed partition comes back")
  func removal() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    try bench.remove("data/a/k=3")
    let run = try await bench.json("run", "--allow-removals")
    #expect(run[0]["removed"].integer == 1)
    _ = try await bench.json("undo", "k=3", "--confirm", "j")
    #expect(try await rows(bench, 3) == 3)
  }

  @Test("what a later run changed is refused, and says what to undo first")
  func overwritten() async throws {
    let bench = try await corrected()
    let refused = try await bench.dovetail("undo", "--run", "1", "--confirm", "j")
    #expect(refused.status == 4)
    #expect(
      refused.stderr
        == "dovetail: Run 1 of job j cannot be undone: run 2 has since changed k=2. Undo run 2 "
        + "first, or name the partitions of run 1 that no later run changed.\n")
    let named = try await bench.json("undo", "k=1", "--confirm", "j")
    #expect(named["committed"].integer == 1)
    #expect(bench.files("out/j").allSatisfy { !$0.hasPrefix("k=1/") })
  }

  @Test("a version that is not kept any more cannot come back")
  func notKept() async throws {
    let bench = try await corrected("    limits: { kept_runs: 0 }")
    let refused = try await bench.dovetail("undo", "--run", "2", "--confirm", "j")
    #expect(refused.status == 4)
    #expect(
      refused.stderr.contains(
        "The version of k=2 that run 2 of job j replaced is not kept any more (none is)"))
    #expect(refused.stderr.contains("`dovetail rerun k=2` rebuilds it"))
  }

  @Test("an unknown run, another job's, and a partition that was never built")
  func unknown() async throws {
    let bench = try await corrected()
    let run = try await bench.dovetail("undo", "--run", "9", "--confirm", "j")
    #expect(run.status == 2)
    #expect(
      run.stderr
        == "dovetail: Job j has no run 9. `dovetail history --job j` lists its runs.\n")
    let partition = try await bench.dovetail("undo", "k=7", "--confirm", "j")
    #expect(partition.status == 2)
    #expect(partition.stderr.contains("k=7"))
  }

  @Test("a bookmark operation is undone like a run")
  func operation() async throws {
    let bench = try await corrected()
    let reset = try await bench.dovetail("bookmarks", "reset", "--confirm", "j")
    #expect(reset.status == 0, Comment(rawValue: reset.stderr))
    #expect(try await bench.pending().count == 3)
    let undone = try await bench.json("undo", "--run", "3", "--confirm", "j")
    #expect(undone["moved"].integer == 3)
    #expect(try await bench.pending() == [])
  }

  @Test("gc tells what is kept and what would go, and removes exactly that")
  func garbage() async throws {
    let bench = try await corrected()
    try await bench.land("a/k=1", Workbench.rows("x", 1))
    try await bench.run()
    let kept = try await bench.json("gc", "--dry-run")
    #expect(kept.elements.map { $0["run"].integer } == [3, 2])
    #expect(kept.elements.allSatisfy { $0["goes"] == .boolean(false) })
    try bench.write("dovetail.yaml", Workbench.pair(job: "    limits: { kept_runs: 1 }"))
    let dry = try await bench.json("gc", "--dry-run")
    #expect(dry.elements.map { $0["goes"] } == [.boolean(false), .boolean(true)])
    #expect(bench.exists("out/.j.dovetail/kept/2"))
    #expect(
      try await bench.json("gc").elements.map { $0["goes"] } == dry.elements.map { $0["goes"] })
    #expect(!bench.exists("out/.j.dovetail/kept/2"))
    #expect(bench.exists("out/.j.dovetail/kept/3"))
    try bench.write("dovetail.yaml", Workbench.pair(job: "    limits: { kept_bytes: 1 B }"))
    let bytes = try await bench.json("gc", "--dry-run")
    #expect(bytes.elements.map { $0["goes"] } == [.boolean(true)])
  }
}
