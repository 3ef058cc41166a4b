import Foundation
import Testing

@Suite("Operations on bookmarks")
struct BookmarkTests {
  /// A workspace whose three partitions two runs have built: `k=3` in the second one.
  private func bench(_ yaml: String = Workbench.pair()) async throws -> Workbench {
    let bench = try Workbench(yaml)
    try await bench.landPair(["1", "2"])
    try await bench.run()
    try await bench.landPair(["3"])
    try await bench.run()
    return bench
  }

  @Test("a rewind is shown first, and without the job's name nothing is changed")
  func preview() async throws {
    let bench = try await bench()
    let before = try bench.facts("out")
    let shown = try await bench.dovetail("bookmarks", "rewind", "1")
    #expect(shown.status == 4)
    #expect(shown.stderr == "dovetail: Nothing was changed: add --confirm j.\n")
    #expect(
      shown.stdout.contains("1 position moves: 1 partition becomes pending.\n"))
    #expect(shown.stdout.contains("  k=3  a: 1 added; b: 1 added\n"))
    let wrong = try await bench.dovetail("bookmarks", "rewind", "1", "--confirm", "k")
    #expect(wrong.status == 4)
    #expect(
      wrong.stderr == "dovetail: Nothing was changed: the job is j, and \"k\" was typed.\n")
    let dry = try await bench.json("bookmarks", "rewind", "1", "--dry-run")
    #expect(dry["operation"].text == "rewind")
    #expect(dry["becomesPending"].elements.map { $0["partition"].text } == ["k=3"])
    #expect(!dry.keys.contains("run"))
    #expect(try await bench.pending() == [])
    #expect(try bench.facts("out") == before)
    #expect(try await bench.json("history").elements.count == 2)
  }

  @Test(
    "on a terminal the job's name is asked for",
    .enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"))
  func terminal() async throws {
    let bench = try await bench()
    let command = "\(Command.dovetail) bookmarks reset k=1 -C \(bench.folder); echo status $?"
    let wrong = try await Screen(command, columns: 120)
    try await wrong.wait(for: "Type the job's name (j) to do it:")
    try await wrong.type("k")
    try await wrong.press("Enter")
    try await wrong.wait(for: "Nothing was changed: the job is j, and \"k\" was typed.")
    try await wrong.wait(for: "status 4")
    #expect(try await bench.pending() == [])
    let right = try await Screen(command, columns: 120)
    try await right.wait(for: "Type the job's name (j) to do it:")
    try await right.type("j")
    try await right.press("Enter")
    try await right.wait(for: "1 position moved.")
    try await right.wait(for: "status 0")
    #expect(try await bench.pending() == ["k=1: a: 1 added; b: 1 added"])
  }

  @Test("a rewind makes pending what was consumed since, and says who, when and why")
  func rewind() async throws {
    let bench = try await bench()
    let before = try bench.facts("out/j")
    let done = try await bench.json(
      "bookmarks", "rewind", "1", "--note", "weather was wrong", "--confirm", "j")
    #expect(done["run"].integer == 3)
    #expect(try await bench.pending() == ["k=3: a: 1 added; b: 1 added"])
    #expect(try bench.facts("out/j") == before)
    let record = try await bench.json("history")[0]
    #expect(record["kind"].text == "rewind")
    #expect(record["detail"].text == "to run 1")
    #expect(record["note"].text == "weather was wrong")
    #expect(record["user"].text?.isEmpty == false)
    #expect(record["startedAt"].text?.isEmpty == false)
    let list = try await bench.dovetail("history")
    #expect(list.stdout.contains("to run 1, \"weather was wrong\""))
    // It is undone like a run.
    #expect(try await bench.dovetail("undo", "--run", "3", "--confirm", "j").status == 0)
    #expect(try await bench.pending() == [])
  }

  @Test("a rewind of one input and of chosen partitions leaves the others alone")
  func chosen() async throws {
    let bench = try await bench()
    _ = try await bench.json(
      "bookmarks", "rewind", "0", "k=02..k=3", "--input", "a", "--confirm", "j")
    #expect(try await bench.pending() == ["k=2: a: 1 added", "k=3: a: 1 added"])
    let positions = try await bench.json("bookmarks", "--partitions")
    #expect(positions.elements.map { $0["run"].integer } == [1, 3, 3])
    #expect(positions.elements.map { $0["builtBy"].integer } == [1, 1, 2])
    #expect(positions.elements.map { $0["status"].text } == ["settled", "pending", "pending"])
    #expect(positions[0]["inputs"].keys == ["a", "b"])
    #expect(positions[1]["inputs"].keys == ["b"])
    let text = try await bench.dovetail("bookmarks", "show", "--partitions")
    #expect(text.stdout.contains("j    k=1        run 1     run 1     a "))
  }

  @Test("a reset forgets everything, so that the next run builds it anew to the same rows")
  func reset() async throws {
    let bench = try await bench()
    _ = try await bench.json("bookmarks", "reset", "--confirm", "j")
    #expect(
      try await bench.pending()
        == [1, 2, 3].map { "k=\($0): a: 1 added; b: 1 added" })
    let run = try await bench.run()
    #expect(run[0]["committed"].integer == 3)
    #expect(run[0]["unchanged"].integer == 3)
    try await bench.expectPair()
  }

  @Test("set takes the current files as right without running, for all or chosen partitions")
  func set() async throws {
    let bench = try await bench()
    let before = try bench.facts("out/j")
    for key in ["2", "3"] { try await bench.land("a/k=\(key)", Workbench.rows("x", 2)) }
    let shown = try await bench.dovetail("bookmarks", "set", "--where", "k = 3", "--dry-run")
    #expect(shown.status == 0)
    #expect(
      shown.stdout.contains("1 position moves: 1 is settled.\n"))
    #expect(shown.stdout.contains("  k=3  a: 1 rewritten\n"))
    _ = try await bench.json("bookmarks", "set", "--where", "k = 3", "--confirm", "j")
    #expect(try await bench.pending() == ["k=2: a: 1 rewritten"])
    _ = try await bench.json("bookmarks", "set", "--confirm", "j")
    #expect(try await bench.pending() == [])
    #expect(try bench.facts("out/j") == before)
    let again = try await bench.dovetail("bookmarks", "set", "--confirm", "j")
    #expect(again.status == 0)
    #expect(again.stdout.contains("No position would move: there is nothing to do.\n"))
    #expect(try await bench.json("history").elements.count == 4)
  }

  @Test("a skipped partition needs a note, and is pending again when another change comes")
  func skip() async throws {
    let bench = try await bench()
    try await bench.land("a/k=1", Workbench.rows("x", 2))
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    let bare = try await bench.dovetail("bookmarks", "skip", "k=1", "--confirm", "j")
    #expect(bare.status == 2)
    #expect(bare.stderr.contains("Give the reason with --note"))
    let note = ["--note", "broken delivery", "--confirm", "j"]
    let done = try await bench.dovetail(["bookmarks", "skip", "k=1..k=3"] + note)
    #expect(done.status == 0, Comment(rawValue: done.stderr))
    #expect(done.stdout.hasSuffix("Job j, run 3 succeeded: 2 positions moved.\n"))
    #expect(try await bench.pending() == [])
    #expect(try await bench.run()[0]["run"] == .null)
    let why = try await bench.dovetail("why", "k=1")
    #expect(why.stdout.contains("a skip (broken delivery)"), Comment(rawValue: why.stdout))
    try await bench.land("a/k=1", Workbench.rows("x", 1))
    #expect(try await bench.pending() == ["k=1: a: 1 rewritten"])
    let settled = try await bench.dovetail(["bookmarks", "skip", "k=3"] + note)
    #expect(settled.status == 2)
    #expect(
      settled.stderr == "dovetail: Partition k=3 of job j is not pending, so there is nothing to "
        + "skip. `dovetail pending --job j` lists what is.\n")
  }

  @Test("what an undo holds is shown as held, and a release lets it go")
  func release() async throws {
    let bench = try await bench()
    #expect(try await bench.dovetail("undo", "--run", "2", "--confirm", "j").status == 0)
    let held = try await bench.json("pending")[0]["held"].text
    #expect(held?.hasPrefix("held: run 3 undid what run 2 had built of it") == true)
    let status = try await bench.dovetail("status")
    #expect(
      status.stdout.contains(
        "Job j: 1 undone partition is held; `dovetail bookmarks release` releases it."
      ))
    let other = try await bench.dovetail("bookmarks", "release", "k=1", "--confirm", "j")
    #expect(other.status == 2)
    #expect(
      other.stderr
        == "dovetail: Partition k=1 of job j is held neither by an undo nor since it would be emptied, so "
        + "there is nothing to release. `dovetail pending --job j` shows what is held, and why.\n")
    let done = try await bench.json("bookmarks", "release", "--confirm", "j")
    #expect(done["released"].elements.map { $0["partition"].text } == ["k=3"])
    #expect(try await bench.pending() == ["k=3: a: 1 added; b: 1 added"])
    #expect(try await bench.run()[0]["committed"].integer == 1)
    try await bench.expectPair()
  }

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
