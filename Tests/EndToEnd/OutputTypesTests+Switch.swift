import Foundation
import PartitionPredicate
import Testing

/// All partitions get other types together.
extension OutputTypesTests {
  @Test("a switch makes all partitions pending, and publishes all of them or none")
  func switching() async throws {
    let bench = try await bench("duckdb", published: 1, 2, 3)
    try set("spark", in: bench)
    #expect(
      try await bench.pending() == (1...3).map { "k=\($0): types changed from duckdb to spark" })
    for bound in [["--max-partitions", "1"], ["--where", "k = 1"]] {
      try await expectRefusal(
        ["run"] + bound,
        """
        Job j: `types: spark` changes columns of every published partition, and the run would leave \
        k=2 and 1 more as before. Run it for all partitions at once, without --where, \
        --max-partitions or --max-bytes, or take `types:` out.
        """, in: bench)
    }
    try await land(2, at: Self.tooExact, in: bench)
    let before = try bench.facts("out/j")
    let failed = try await bench.dovetail("run")
    #expect(failed.status == 1)
    #expect(
      failed.stderr.contains(
        """
        dovetail: The columns of all partitions get other types together, and 1 of them failed, so \
        nothing was published. Fix the cause, then run again. k=2: Partition k=2: the result's column \
        "moment" (TIMESTAMP_NS) has \(Self.tooExact), and
        """), Comment(rawValue: failed.stderr))
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.pending().count == 3)
    try await land(2, in: bench)
    #expect(try await bench.run()[0]["committed"].integer == 3)
    try await expect(bench, Self.spark, in: 1...3)
    #expect(try await bench.pending() == [])
  }

  @Test("a switch is not staged, since it could be published in parts")
  func stagedSwitch() async throws {
    let bench = try await bench("duckdb", published: 1, 2)
    try set("spark", in: bench)
    try await expectRefusal(
      ["run", "--stage-only"],
      """
      Job j: `types: spark` changes columns of every published partition, which happens to all of \
      them in one run; what is staged could be published in parts. Run it without --stage-only, or \
      take `types:` out.
      """, in: bench)
    #expect(try await bench.json("history").elements.count == 1)
  }

  @Test("what was staged with other types is not published beside what a later run published")
  func stagedBefore() async throws {
    let bench = try await bench()
    for key in 1...3 { try await land(key, in: bench) }
    _ = try await bench.json("run", "--stage-only")
    try set("duckdb", in: bench)
    _ = try await bench.json("run", "--where", "k = 1")
    // All of it would leave k=1 too, which run 2 has published since.
    for partitions in [["k=2"], []] {
      try await expectRefusal(
        ["publish", "1"] + partitions,
        """
        Run 1 of job j has staged columns of `types: spark`, and k=1, which stays published, has \
        those of `types: duckdb`. Nothing was published. Discard what is staged with `dovetail publish \
        1 --none`; `dovetail run` rebuilds it.
        """, in: bench)
    }
    #expect(try await bench.json("history")[1]["state"] == .string("staged"))
    let forgotten = try await bench.dovetail("publish", "1", "--none")
    #expect(forgotten.status == 0, Comment(rawValue: forgotten.stderr))
    try await bench.run()
    try await expect(bench, Self.duckdb, in: 1...3)
  }

  @Test("a switch is undone as a whole, and then held until it is let go")
  func undo() async throws {
    let bench = try await bench("duckdb", published: 1, 2, 3)
    try set("spark", in: bench)
    try await bench.run()
    for (named, back, staying) in [(["k=2"], 2, 1), (["k=2", "k=1"], 1, 3)] {
      try await expectRefusal(
        ["undo", "--confirm", "j"] + named,
        """
        Undoing run 2 of job j in k=\(back) would put back columns of `types: duckdb`, and \
        k=\(staying), which stays published, has others. Nothing was changed. Undo all of run 2: \
        `dovetail undo --run 2`.
        """, in: bench)
    }
    _ = try await bench.json("undo", "--run", "2", "--confirm", "j")
    try await expect(bench, Self.duckdb, in: 1...3)
    #expect(try await bench.run()[0]["held"].integer == 3)
    try await land(4, in: bench)
    try await expectRefusal(
      ["run"],
      """
      Job j: `types: spark` changes columns of every published partition, and the run would leave \
      k=1 and 2 more as before. k=1 is held: run 3 undid what run 2 had built of it; a new \
      arrival or `dovetail bookmarks release` releases it. Run again when nothing holds a published \
      partition any more, or take `types:` out.
      """, in: bench)
    // One way out of two.
    try set(nil, in: bench)
    _ = try await bench.json("run")
    try await expect(bench, Self.duckdb, in: 1...4)
    // The other one.
    try set("spark", in: bench)
    let released = try await bench.dovetail("bookmarks", "release", "--confirm", "j")
    #expect(released.status == 0, Comment(rawValue: released.stderr))
    #expect(try await bench.run()[0]["committed"].integer == 4)
    try await expect(bench, Self.spark, in: 1...4)
  }

  @Test("a switch is undone by naming all its partitions, after what was built since")
  func undoAfterwards() async throws {
    let bench = try await bench("duckdb", published: 1, 2)
    try set("spark", in: bench)
    try await bench.run()
    try await land(3, in: bench)
    try await bench.run()
    for named in [["--run", "2"], ["k=1", "k=2"]] {
      try await expectRefusal(
        ["undo", "--confirm", "j"] + named,
        """
        Undoing run 2 of job j in k=1 would put back columns of `types: duckdb`, and k=3, which \
        stays published, has others. Nothing was changed. Undo run 3 first: `dovetail undo \
        --run 3`.
        """, in: bench)
    }
    // What changes no types is undone as ever.
    _ = try await bench.json("undo", "k=3", "--confirm", "j")
    _ = try await bench.json("undo", "k=1", "k=2", "--confirm", "j")
    try await expect(bench, Self.duckdb, in: 1...2)
    // And so is the undo itself.
    _ = try await bench.json("undo", "--run", "5", "--confirm", "j")
    try await expect(bench, Self.spark, in: 1...2)
  }
}
