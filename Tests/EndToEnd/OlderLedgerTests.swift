import Foundation
import Testing

@Suite("A ledger of the second schema, with a history")
struct OlderLedgerTests {
  /// Run 2 rebuilt k=1 and k=2, and k=2 was undone; run 4 has staged k=3; run 5 was killed after it had swapped k=4
  /// in and before it committed that.
  private func history() async throws -> Workbench {
    let bench = try Workbench(Workbench.pair(job: "    limits: { kept_runs: 20 }"))
    try await bench.landPair(["1", "2", "3", "4"])
    try await bench.run()
    try await bench.land("a/k=1", Workbench.rows("x", 2))
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    try await bench.run()
    _ = try await bench.json("undo", "k=2", "--confirm", "j")
    try await bench.land("a/k=3", Workbench.rows("x", 2))
    _ = try await bench.json("run", "--stage-only", "--where", "k = 3")
    try await bench.land("a/k=4", Workbench.rows("x", 2))
    _ = try await bench.json("run", "--where", "k = 4")
    try bench.ledger(
      """
      DROP TRIGGER publish_closed;
      DROP TRIGGER lineage_kept; DROP TRIGGER lineage_input_kept;
      DROP TRIGGER position_kept; DROP TRIGGER position_input_kept;
      DELETE FROM lineage_input WHERE lineage IN (SELECT id FROM lineage WHERE run = 5);
      DELETE FROM position_input WHERE position IN (SELECT id FROM position WHERE run = 5);
      DELETE FROM lineage WHERE run = 5;
      DELETE FROM position WHERE run = 5;
      DELETE FROM work_unit WHERE run = 5;
      UPDATE publish SET state = 'prepared' WHERE run = 5;
      UPDATE run SET state = 'running', finished_at = NULL WHERE id = 5;
      UPDATE lease SET released_at = NULL WHERE run = 5;
      """)
    return bench
  }

  private func rows(_ key: Int, _ bench: Workbench) async throws -> Int {
    try await bench.count("\(bench.relation("out/j", empty: "id BIGINT")) WHERE k = \(key)")
  }

  @Test("has nothing pending that was not; recovery, publish and undo go on from it")
  func upgrade() async throws {
    let bench = try await history()
    let before = try await bench.json("pending")
    #expect(
      try await bench.pending() == [
        "k=2: a: 1 rewritten", "k=3: a: 1 rewritten", "k=4: a: 1 rewritten",
      ])
    try bench.writeSecondSchema()
    let old = try bench.facts(".dovetail")["ledger.sqlite"]
    #expect(try await bench.json("pending") == before)
    // A command that only reads has left the ledger as it was.
    #expect(try bench.facts(".dovetail")["ledger.sqlite"] == old)

    let published = try await bench.json("publish", "4")
    #expect(published["committed"].integer == 1)
    #expect(
      try bench.runStates() == ["succeeded", "succeeded", "succeeded", "succeeded", "interrupted"])
    #expect(bench.exists(".dovetail/ledger.sqlite.v2"))
    #expect(try await bench.pending() == ["k=2: a: 1 rewritten"])
    #expect(try await bench.json("pending")[0]["held"].text?.contains("run 3 undid") == true)
    for (key, count) in [(1, 2), (2, 3), (3, 2), (4, 2)] {
      #expect(try await rows(key, bench) == count, "k=\(key)")
    }

    let undone = try await bench.json("undo", "k=1", "--confirm", "j")
    #expect(undone["committed"].integer == 1)
    #expect(try await rows(1, bench) == 3)
    let idle = try await bench.run()
    #expect(idle[0]["run"] == .null)
    #expect(try await bench.json("verify", "k=3", "k=4").elements.count == 1)
  }
}
