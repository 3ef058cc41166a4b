import Foundation
import Testing

/// What an operation does with an error: one policy, whichever operation it is.
///
/// While nothing is settled, the run fails and the error is told. After that what is settled counts, the rest
/// counts as failed, and the run is partial.
@Suite("An error after the first batch was committed")
struct ErrorPolicyTests {
  /// A batch has 64 partitions.
  private static let count = 70

  /// A workspace with two batches of partitions, published unless it is new.
  private func bench(isNew: Bool = false) async throws -> Workbench {
    let bench = try Workbench(
      """
      tables: { a: { location: data/a, format: csv, partitions: { k: int }, columns: { id: BIGINT } } }
      jobs: { j: { inputs: [a], sql: SELECT * FROM a, output: { location: out/j } } }
      """)
    try land(1, in: bench)
    if !isNew { try await bench.run() }
    return bench
  }

  private func land(_ value: Int, in bench: Workbench) throws {
    for key in 0..<Self.count { try bench.write("data/a/k=\(key)/f.csv", "id\n\(value)\n") }
  }

  /// From now on the second batch of a run cannot be committed.
  private func breakSecondCommit(of bench: Workbench) throws {
    try bench.ledger(
      """
      CREATE TRIGGER broken BEFORE INSERT ON lineage
      WHEN (SELECT count(*) FROM lineage WHERE run = NEW.run) >= 64 BEGIN
        SELECT RAISE(ABORT, 'the test broke the ledger');
      END
      """)
  }

  /// Ends well once the ledger is whole again: what was published and not committed is finished.
  private func expectRecovery(of bench: Workbench) async throws {
    try bench.ledger("DROP TRIGGER broken")
    let run = try await bench.dovetail("run")
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    #expect(run.stderr.contains("recovered k="))
    #expect(try await bench.dovetail("verify").status == 0)
  }

  private static let sentence = "SQLite failed on the ledger"

  @Test(
    "run: the rest counts as failed, the run is partial, and the status 3",
    arguments: [false, true])
  func run(asRerun: Bool) async throws {
    let bench = try await bench(isNew: !asRerun)
    if asRerun { try land(2, in: bench) } else { try await makeLedger(of: bench) }
    try breakSecondCommit(of: bench)
    let finished = try await bench.dovetail(
      asRerun ? ["rerun", "--where", "k >= 0", "--yes", "--json"] : ["run", "--json"])
    #expect(finished.status == 3, Comment(rawValue: finished.stderr))
    let shape = try JSONValue(finished.stdout)[0]
    #expect(shape["state"].text == "partial")
    #expect(shape["committed"].integer == 64)
    #expect(shape["failed"].elements.count == Self.count - 64)
    #expect(shape["failed"][0]["message"].text?.hasPrefix(Self.sentence) == true)
    try await expectRecovery(of: bench)
  }

  /// A ledger without a lineage, which the trigger needs.
  private func makeLedger(of bench: Workbench) async throws {
    #expect(
      try await bench.dovetail("bookmarks", "skip", "k=0", "--note", "x", "--confirm", "j").status
        == 0)
    #expect(
      try await bench.dovetail("bookmarks", "reset", "--confirm", "j").status == 0)
  }

  @Test("publish: the same; what the second batch held is not staged any more")
  func publish() async throws {
    let bench = try await bench()
    try land(2, in: bench)
    #expect(try await bench.dovetail("run", "--stage-only").status == 0)
    try breakSecondCommit(of: bench)
    let published = try await bench.json("publish", "2", status: 3)
    #expect(published["state"].text == "partial")
    #expect(published["committed"].integer == 64)
    #expect(published["failed"].elements.count == Self.count - 64)
    #expect(published["failed"][0]["message"].text?.hasPrefix(Self.sentence) == true)
    let record = try await bench.json("history")[0]
    #expect(record["state"].text == "partial")
    #expect(record["committed"].integer == 64)
    #expect(record["failed"].integer == 6)
    try await expectRecovery(of: bench)
  }

  @Test("undo: the same")
  func undo() async throws {
    let bench = try await bench()
    try land(2, in: bench)
    try await bench.run()
    try breakSecondCommit(of: bench)
    let undone = try await bench.json("undo", "--run", "2", "--confirm", "j", status: 3)
    #expect(undone["state"].text == "partial")
    #expect(undone["committed"].integer == 64)
    #expect(undone["failed"].elements.count == Self.count - 64)
    #expect(undone["failed"][0]["message"].text?.hasPrefix(Self.sentence) == true)
    try await expectRecovery(of: bench)
  }

  @Test(
    "moves of bookmarks: one transaction, so that none moves; the run is failed, and the status 1")
  func moves() async throws {
    let bench = try await bench()
    try bench.ledger(
      """
      CREATE TRIGGER broken BEFORE INSERT ON position
      WHEN (SELECT count(*) FROM position WHERE run = NEW.run) >= 64 BEGIN
        SELECT RAISE(ABORT, 'the test broke the ledger');
      END
      """)
    let moved = try await bench.dovetail("bookmarks", "reset", "--confirm", "j")
    #expect(moved.status == 1)
    #expect(moved.stderr.contains("dovetail: \(Self.sentence)"))
    #expect(try await bench.json("history")[0]["state"].text == "failed")
    #expect(try await bench.pending() == [])
  }

  @Test("sweep: a warning after a run, and status 1 of gc")
  func sweep() async throws {
    let bench = try await bench()
    try land(2, in: bench)
    try await bench.run()
    // A run's number that is not a folder cannot be looked through.
    try bench.write("out/.j.dovetail/kept/999", "no folder")
    try bench.write("data/a/k=1/f.csv", "id\n3\n")
    let run = try await bench.json("run")
    #expect(run[0]["state"].text == "succeeded")
    #expect(run[0]["warnings"][0].text?.hasPrefix("Old files were not swept. ") == true)
    let gc = try await bench.dovetail("gc")
    #expect(gc.status == 1)
    #expect(gc.stderr.contains("Cannot read the folder \(bench.path("out/.j.dovetail/kept/999"))"))
  }
}
