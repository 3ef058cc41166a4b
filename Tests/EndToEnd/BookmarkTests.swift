import Foundation
import Testing

@Suite("Operations on bookmarks")
struct BookmarkTests {
  /// A workspace whose three partitions two runs have built: `k=3` in the second one.
  func bench(_ yaml: String = Workbench.pair()) async throws -> Workbench {
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
}
