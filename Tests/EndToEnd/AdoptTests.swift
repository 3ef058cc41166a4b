import Foundation
import Testing

/// An output that somebody else built: taken over as it is, and kept up to date from then on.
@Suite("Adopting an output")
struct AdoptTests {
  /// A workspace whose output has the partitions 1 to 3 with right rows, and 9 of which no input knows.
  private func foreign() async throws -> Workbench {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    for key in [1, 2, 3, 9] {
      try bench.makeFolder("out/j/k=\(key)")
      try await bench.sql(
        """
        COPY (SELECT n AS id, n * 10 AS x, n * 10 AS y FROM range(1, 4) AS r(n))
        TO '\(bench.path("out/j/k=\(key)/theirs.parquet"))' (FORMAT parquet)
        """)
    }
    return bench
  }

  private func adopt(_ bench: Workbench) async throws {
    let done = try await bench.dovetail("adopt", "--note", "built by Glue", "--confirm", "j")
    try #require(done.status == 0, Comment(rawValue: done.stderr))
  }

  @Test("the files become known as they are; then `bookmarks set` leaves nothing pending")
  func migration() async throws {
    let bench = try await foreign()
    #expect(try await bench.dovetail("run").status == 4)
    let before = try bench.facts("out/j")

    let preview = try await bench.json("adopt", "--dry-run")
    #expect(
      preview.keys == ["adopts", "fixed", "job", "left", "lost", "preview", "problems", "steps"])
    #expect(preview["adopts"].elements.count == 4)
    #expect(preview["adopts"][0].keys == ["bytes", "files", "partition"])
    #expect(preview["steps"][0] == .string("adopt 4 partitions, k=1 to k=9 as they are"))
    #expect(try await bench.json("history").elements.isEmpty)

    let done = try await bench.json("adopt", "--note", "built by Glue", "--confirm", "j")
    #expect(done["run"] == .number(1))
    #expect(try bench.facts("out/j") == before)
    let history = try await bench.json("history")
    #expect(history[0]["kind"] == .string("adopt"))
    #expect(history[0]["note"] == .string("built by Glue"))
    #expect(
      try await bench.json("history", "1").elements.map { $0["state"] }
        == Array(repeating: .string("adopted"), count: 4))

    #expect(try await bench.pending().count == 3)
    #expect(try await bench.dovetail("bookmarks", "set", "--confirm", "j").status == 0)
    #expect(try await bench.pending() == [])
    #expect(try await bench.run()[0]["run"] == .null)
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    #expect(try await bench.run()[0]["committed"] == .number(1))
    #expect(try await bench.dovetail("verify").status == 0)
    #expect(bench.files("out/j/k=1") == ["theirs.parquet"])
    #expect(try await bench.count(bench.relation("out/j/k=2")) == 2)
    #expect(try await bench.json("adopt", "--confirm", "j")["adopts"] == .array([]))
  }

  @Test("whoever explains says adopted: verify, lineage, why and plan")
  func explanations() async throws {
    let bench = try await foreign()
    try await adopt(bench)
    let verified = try await bench.dovetail("verify", "--all", "--drift")
    #expect(verified.status == 0, Comment(rawValue: verified.stdout))
    #expect(verified.stdout.contains("0 certified, 0 wrong, 4 adopted, 0 not verified"))
    #expect(
      verified.stdout.contains(
        "k=1: adopted by run 1, origin unknown, so that there is nothing to compare with."))
    #expect(
      try await bench.json("verify", "k=1")[0]["partitions"][0]["outcome"] == .string("adopted"))
    #expect(
      try await bench.json("lineage", "k=1").keys
        == ["adoptedBy", "bytes", "inputs", "job", "partition", "published", "run"])
    let lineage = try await bench.dovetail("lineage", "k=1")
    #expect(lineage.stdout.contains("k=1 of job j: adopted by run 1"))
    let why = try await bench.dovetail("why", "k=9")
    #expect(why.stdout.contains("Adopted by run 1, "))
    #expect(why.stdout.contains("is not pending"))
    #expect(try await bench.json("why", "k=9")["built"].keys == ["adoptedBy", "bytes", "run"])
    #expect(try await bench.json("status")[0]["published"] == .number(4))

    try bench.write("out/j/k=1/theirs.parquet", "changed")
    try bench.remove("out/j/k=3")
    let drifted = try await bench.dovetail("verify")
    #expect(drifted.status == 1)
    #expect(drifted.stdout.contains("k=1/theirs.parquet was changed"))
    #expect(drifted.stdout.contains("is gone from \(bench.path("out/j/k=3"))"))
  }

  @Test("a run replaces adopted content, and an undo brings it back, again and again")
  func undo() async throws {
    let bench = try await foreign()
    try await adopt(bench)
    try await bench.land("a/k=1", Workbench.rows("x", 2))
    #expect(try await bench.run()[0]["committed"] == .number(3))
    #expect(bench.files("out/j/k=1") != ["theirs.parquet"])
    // The rows of the others are those that were there.
    #expect(bench.files("out/j/k=2") == ["theirs.parquet"])
    #expect(try await bench.json("lineage", "k=2")["rows"] == .number(3))

    for (run, isTheirs) in [(2, true), (3, false), (4, true)] {
      let undone = try await bench.dovetail("undo", "--run", "\(run)", "--confirm", "j")
      #expect(undone.status == 0, Comment(rawValue: undone.stderr))
      #expect((bench.files("out/j/k=1") == ["theirs.parquet"]) == isTheirs)
      let lineage = try await bench.json("lineage", "k=1")
      #expect(lineage["adoptedBy"] == (isTheirs ? .number(1) : .null))
      #expect(try await bench.dovetail("verify").status == 0)
    }
    // Undone builds are held; released, they are built as before.
    #expect(try await bench.run()[0]["run"] == .null)
    #expect(try await bench.dovetail("bookmarks", "release", "--confirm", "j").status == 0)
    #expect(try await bench.run()[0]["committed"] == .number(3))
    #expect(try await bench.count(bench.relation("out/j/k=1")) == 2)
  }

  @Test("undoing the adoption forgets it and leaves the files")
  func undoneAdoption() async throws {
    let bench = try await foreign()
    try await adopt(bench)
    let before = try bench.facts("out/j")
    let undone = try await bench.dovetail("undo", "--run", "1", "--confirm", "j")
    #expect(undone.status == 0, Comment(rawValue: undone.stderr))
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.json("verify", status: 1)[0]["drift"]["findings"].elements.count == 4)
    #expect(try await bench.run(status: 1)[0]["failed"].elements.count == 3)
    try await adopt(bench)
    #expect(try await bench.dovetail("verify").status == 0)
    #expect(try await bench.run()[0]["committed"] == .number(3))
  }

  @Test(
    "a folder of another spelling is left, by name: a run would leave its rows beside the new ones")
  func otherSpelling() async throws {
    let bench = try await foreign()
    try FileManager.default.moveItem(
      atPath: bench.path("out/j/k=3"), toPath: bench.path("out/j/k=03"))
    let preview = try await bench.json("adopt", "--dry-run")
    #expect(preview["adopts"].elements.count == 3)
    #expect(
      preview["left"][0]["reason"]
        == .string(
          "k=3 is not adopted: k=03/theirs.parquet is in a folder of another spelling, which no run would "
            + "replace, so that readers would find its rows beside the new ones. Move its files to k=3, or give "
            + "the key the type `string`, which keeps the spelling."))
  }

  @Test("a set before the adoption counts, and what moved since the preview is refused")
  func order() async throws {
    let bench = try await foreign()
    #expect(try await bench.dovetail("bookmarks", "set", "--confirm", "j").status == 0)
    try await adopt(bench)
    #expect(try await bench.pending() == [])
    #expect(try await bench.dovetail("bookmarks", "reset", "--confirm", "j").status == 0)
    #expect(try await bench.pending().count == 3)
    let nothing = try await bench.dovetail("adopt")
    #expect(nothing.status == 0)
    #expect(
      nothing.stdout.contains(
        "Everything in \(bench.path("out/j")) is already known to this workspace."))
  }

  @Test("the output of another ledger is taken over without building")
  func lostLedger() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    try bench.remove(".dovetail")
    #expect(try await bench.dovetail("run").status == 4)
    let preview = try await bench.json("adopt", "--dry-run")
    #expect(preview["takesOver"].text?.contains("by another ledger") == true)
    try await adopt(bench)
    #expect(try await bench.dovetail("bookmarks", "set", "--confirm", "j").status == 0)
    #expect(try await bench.run()[0]["run"] == .null)
    #expect(try await bench.dovetail("verify").status == 0)
  }

  @Test("`run --adopt` adopts whatever it does not build, so that no later run meets it")
  func runThatAdopts() async throws {
    let bench = try await foreign()
    let run = try await bench.dovetail(
      "run", "--where", "k = 1", "--adopt")
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    #expect(try await bench.json("history").elements.map { $0["kind"].text } == ["run", "adopt"])
    #expect(try await bench.run()[0]["committed"] == .number(2))
    #expect(try await bench.dovetail("verify").status == 0)
  }
}
