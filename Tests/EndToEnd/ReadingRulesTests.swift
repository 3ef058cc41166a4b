import Foundation
import Testing

@Suite("What was published under older reading rules")
struct ReadingRulesTests {
  private static let note = """
    Job j: 3 partitions were read under older rules (1; now 2); `dovetail rerun --read-before 2` \
    rebuilds them.
    """

  /// Three published partitions and one that is empty, in the ledger of the Dovetail before.
  private func old() async throws -> Workbench {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.land("a/k=4", Workbench.rows("x"))
    try await bench.run()
    try bench.removeThirdSchema()
    return bench
  }

  private func older(_ bench: Workbench) async throws -> Int? {
    try await bench.json("status")[0]["readUnderOlderRules"].integer
  }

  private func built(_ arguments: String..., in bench: Workbench) async throws -> [String?] {
    let finished = try await bench.dovetail(["rerun", "--dry-run", "--json"] + arguments)
    #expect(finished.status == 0, Comment(rawValue: finished.stderr))
    return try JSONValue(finished.stdout)["units"].elements.map { $0["partition"].text }
  }

  @Test("nothing becomes pending by the upgrade; status counts what was read under the older ones")
  func upgrade() async throws {
    let bench = try await old()
    let facts = try bench.facts("out/j")
    // Before a run the older ledger is read through a copy, after it the migrated one.
    for _ in 0..<2 {
      #expect(try await bench.pending() == [])
      #expect(try await older(bench) == 3)
      let shown = try await bench.dovetail("status")
      #expect(shown.stdout.contains("\n\(Self.note)\n"))
      let columns = try await bench.dovetail("tables", "a", "--columns")
      #expect(columns.stdout.contains("      id: BIGINT  # pinned by an earlier Dovetail\n"))
      let run = try await bench.run()
      #expect(!run[0].keys.contains("run"))
    }
    #expect(try bench.facts("out/j") == facts)
  }

  @Test("rerun --read-before rebuilds exactly that, also where the rows are the same")
  func rerun() async throws {
    let bench = try await old()
    let facts = try bench.facts("out/j")
    #expect(try await built("--read-before", "2", in: bench) == ["k=1", "k=2", "k=3"])
    #expect(try await built("--read-before", "2", "--where", "k > 1", in: bench) == ["k=2", "k=3"])
    let first = try await bench.json("rerun", "--read-before", "2", "k=2")
    #expect(first[0]["unchanged"].integer == 1)
    #expect(try await older(bench) == 2)
    try await bench.land("a/k=3", Workbench.rows("x", 2))
    let second = try await bench.json("rerun", "--read-before", "2")
    #expect(second[0]["committed"].integer == 2)
    #expect(second[0]["unchanged"].integer == 1)
    #expect(try await older(bench) == 0)
    #expect(try await bench.pending() == [])
    #expect(try bench.facts("out/j").filter { facts[$0.key] == $0.value }.count == 2)
    #expect(try await built("--read-before", "2", in: bench) == [])
    let nothing = try await bench.dovetail("rerun", "--read-before", "2")
    #expect(nothing.status == 0)
    #expect(nothing.stdout.hasSuffix("Job j: nothing to do.\n"))
    #expect(
      nothing.stderr == "dovetail: no published partition of j was read by rules before 2.\n")

    // What an undo puts back was read under the older rules.
    let undone = try await bench.dovetail("undo", "--run", "3", "--confirm", "j")
    #expect(undone.status == 0, Comment(rawValue: undone.stderr))
    #expect(try await older(bench) == 2)
    let shown = try await bench.dovetail("status")
    #expect(shown.stdout.contains("Job j: 2 partitions were read under older rules (1; now 2);"))
  }

  @Test("rules that this Dovetail does not have, or that have no earlier ones, are wrong usage")
  func usage() async throws {
    let bench = try Workbench(Workbench.pair())
    for rules in ["1", "3", "0", "-1", "two"] {
      let refused = try await bench.dovetail(["rerun", "--read-before=\(rules)"])
      #expect(refused.status == 2)
      if rules == "3" {
        let sentence = """
          dovetail: --read-before 3: the reading rules are numbered from 1 to 2; give 2.
          """
        #expect(refused.stderr.hasPrefix(sentence))
      }
    }
  }
}
