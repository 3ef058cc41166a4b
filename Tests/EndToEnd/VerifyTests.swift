import Foundation
import Testing

@Suite("Verification and drift")
struct VerifyTests {
  private func bench(_ yaml: String = Workbench.pair(), _ count: Int = 3) async throws -> Workbench
  {
    let bench = try Workbench(yaml)
    try await bench.landPair((1...count).map { "\($0)" })
    try await bench.run()
    return bench
  }

  /// The one published file of a partition.
  private func published(_ key: Int, in bench: Workbench) throws -> String {
    "out/j/k=\(key)/\(try #require(bench.files("out/j/k=\(key)").first))"
  }

  /// Rewrites a published file, with one row changed and one left out, and its old time.
  private func tamper(_ key: Int, in bench: Workbench) async throws {
    let file = try published(key, in: bench)
    let aside = bench.path("aside.parquet")
    try await bench.sql(
      """
      COPY (SELECT id, x, CASE id WHEN 1 THEN 99 ELSE y END AS y
        FROM read_parquet('\(bench.path(file))', hive_partitioning = false) WHERE id < 3)
      TO '\(aside)' (FORMAT parquet)
      """)
    try #require(rename(aside, bench.path(file)) == 0)
  }

  @Test("what is published is certified to be what recomputing gives, and nothing is written")
  func certifies() async throws {
    let bench = try await bench()
    let before = try bench.facts(".").filter { !$0.key.contains("ledger.sqlite") }
    let all = try await bench.dovetail("verify", "--all")
    #expect(all.status == 0, Comment(rawValue: all.stderr))
    #expect(
      all.stdout.contains("3 partitions recomputed: 3 certified, 0 wrong, 0 not verified.\n"))
    #expect(all.stdout.contains("k=1: certified: recomputing gives the same 3 rows.\n"))
    let one = try await bench.json("verify", "k=2")
    #expect(one[0]["partitions"].elements.map { $0["outcome"].text } == ["certified"])
    #expect(one[0]["partitions"][0]["rows"].integer == 3)
    #expect(!one[0].keys.contains("drift"))
    #expect(try bench.facts(".").filter { !$0.key.contains("ledger.sqlite") } == before)
  }

  @Test("rows that somebody changed are told, and built anew after a confirmation")
  func differs() async throws {
    let bench = try await bench()
    try await tamper(2, in: bench)
    let found = try await bench.json("verify", "--all", "--samples", "5", status: 1)
    let wrong = found[0]["partitions"][1]
    #expect(wrong["outcome"].text == "differs")
    #expect(wrong["difference"]["added"].integer == 1)
    #expect(wrong["difference"]["changed"].integer == 1)
    #expect(wrong["difference"]["changedColumns"] == (try JSONValue(#"{"y": 1}"#)))
    #expect(wrong["difference"]["samples"].elements.count == 2)
    #expect(found[0]["partitions"][0]["certified"].isTrue)
    let text = try await bench.dovetail("verify", "k=2")
    #expect(text.status == 1)
    #expect(
      text.stdout.contains(
        "k=2: the published rows are not those that recomputing gives: 1 row missing, 1 row with "
          + "other values in y."), Comment(rawValue: text.stdout))

    let unsure = try await bench.dovetail("verify", "--all", "--repair")
    #expect(unsure.status == 4)
    #expect(unsure.stdout.hasSuffix("To be rebuilt: k=2.\n"))
    #expect(unsure.stderr == "dovetail: Nothing was changed: add --confirm j.\n")
    let told = try await bench.json("verify", "--all", "--repair", status: 4)
    #expect(
      told["answer"][0]["partitions"]
        == (try await bench.json("verify", "--all", status: 1))[0]["partitions"]
    )
    #expect(!told["answer"][0].keys.contains("repair"))
    let others = try bench.facts("out/j").filter { !$0.key.hasPrefix("k=2/") }
    let repaired = try await bench.json("verify", "--all", "--repair", "--confirm", "j")
    #expect(repaired[0]["repair"]["committed"].integer == 1)
    #expect(try bench.facts("out/j").filter { !$0.key.hasPrefix("k=2/") } == others)
    try await bench.expectPair()
    let after = try await bench.dovetail("verify", "--all", "--drift")
    #expect(after.status == 0, Comment(rawValue: after.stdout))
    #expect(try await bench.json("history")[0]["note"].text == "repair after verification")
  }

  @Test("what an undo holds is not repaired behind its back")
  func undone() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    try await bench.run()
    _ = try await bench.json("undo", "--run", "2", "--confirm", "j")
    try bench.write("out/j/k=2/theirs.parquet", "theirs")
    let refused = try await bench.dovetail("verify", "--repair", "--confirm", "j")
    #expect(refused.status == 4)
    #expect(
      refused.stderr
        == "dovetail: An undo holds k=2 of job j: a repair would build again, from the current files, "
        + "what was undone. Nothing was changed. Release first (`dovetail bookmarks release k=2`), "
        + "or name the other partitions.\n")
    #expect(try await bench.json("history").elements.count == 3)
  }

  @Test("drift of the output is found without reading a row, and repaired")
  func drift() async throws {
    let bench = try await bench(Workbench.pair(), 6)
    #expect(try await bench.dovetail("verify").status == 0)
    try bench.remove("out/j/k=1")
    try bench.remove(try published(2, in: bench))
    try await tamper(3, in: bench)
    try bench.write("out/j/k=4/foreign.parquet", "x")
    try bench.write("out/j/k=9/foreign.parquet", "x")
    let found = try await bench.json("verify", status: 1)
    let findings = found[0]["drift"]["findings"].elements
    #expect(found[0]["drift"]["checked"].integer == 6)
    #expect(
      findings.map { "\($0["partition"].text ?? "") \($0["kind"].text ?? "")" } == [
        "k=1 partitionGone", "k=2 partitionGone", "k=3 fileChanged", "k=4 foreignFile",
        "k=9 foreignPartition",
      ])
    #expect(findings.map { $0["repairable"].isTrue } == [true, true, true, true, false])
    let text = try await bench.dovetail("verify", "--drift")
    #expect(text.status == 1)
    #expect(
      text.stdout.contains("6 published partitions checked: 5 findings, 4 partitions to repair.\n"))
    #expect(text.stdout.contains("Job j, k=1: what run 1 published is gone from "))
    #expect(text.stdout.contains("/k=4/foreign.parquet was written by no run of this workspace"))
    #expect(text.stdout.contains("Move it away, or adopt it with `dovetail adopt`."))

    // The foreign partition stays, and is the operator's to decide.
    let repair = try await bench.json("verify", "--repair", "--confirm", "j", status: 1)
    #expect(repair[0]["repair"]["committed"].integer == 4, Comment(rawValue: "\(repair)"))
    try bench.remove("out/j/k=9")
    let clean = try await bench.dovetail("verify")
    #expect(clean.status == 0, Comment(rawValue: clean.stdout))
    try await bench.expectPair()
  }

  @Test("a sample is picked at random, and its seed picks the same ones again")
  func sample() async throws {
    let bench = try await bench(Workbench.pair(), 8)
    let first = try await bench.json("verify", "--sample", "3")
    let seed = try #require(first[0]["seed"].integer)
    #expect(first[0]["partitions"].elements.count == 3)
    let again = try await bench.json("verify", "--sample", "3", "--seed", "\(seed)")
    #expect(again[0]["partitions"] == first[0]["partitions"], "seed \(seed)")
    let text = try await bench.dovetail("verify", "--sample", "3", "--seed", "\(seed)")
    #expect(
      text.stdout.contains("Sampled with the seed \(seed), which picks the same ones again.\n"))
  }

  @Test("what cannot be verified is said, and is not certified")
  func unverifiable() async throws {
    let bench = try await bench()
    try await bench.land("a/k=2", Workbench.rows("x", 1))
    let changed = try await bench.dovetail("verify", "--all")
    #expect(changed.status == 1)
    #expect(
      changed.stdout.contains(
        "k=2 cannot be verified: files of a changed since run 1 built it. Run it first"),
      Comment(rawValue: changed.stdout))
    #expect(
      changed.stdout.contains(
        "3 partitions recomputed: 2 certified, 0 wrong, 1 not verified."))
    try await bench.run()
    try await bench.landPair(["4"])
    let never = try await bench.json("verify", "k=4", status: 1)
    #expect(never[0]["partitions"][0]["outcome"].text == "neverBuilt")
  }

  @Test(
    "bad input",
    arguments: [
      (["--sample", "2", "--all"], "Choose one of these: partitions, --sample or --all."),
      (["k=1", "--all"], "Choose one of these: partitions, --sample or --all."),
      (["--seed", "2"], "--seed belongs to --sample."),
      (["--sample", "0"], "--sample is 1 or more."),
      (["--confirm", "j"], "--confirm belongs to --repair."),
      (["k=9"], "Job j has no partition k=9: no input has it and it was never built."),
    ])
  func badInput(_ arguments: [String], _ sentence: String) async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    let finished = try await bench.dovetail(["verify"] + arguments)
    #expect(finished.status == 2)
    #expect(finished.stderr.contains(sentence), Comment(rawValue: finished.stderr))
    #expect(!bench.exists(".dovetail"))
  }
}
