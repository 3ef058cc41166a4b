import Foundation
import Testing

@Suite("What an operator does never makes the output wrong")
struct OperatorSafetyTests {
  private func published(_ job: String = "", table: String = "") async throws -> Workbench {
    let bench = try Workbench(Workbench.pair(table: table, job: job))
    try await bench.landPair()
    try await bench.run()
    return bench
  }

  private func rows(_ bench: Workbench, _ key: Int) async throws -> Int {
    try await bench.count("\(bench.relation("out/j", empty: "id BIGINT")) WHERE k = \(key)")
  }

  private let reversed = "SELECT n AS id, n * 10 AS x FROM range(1, 4) AS r(n) ORDER BY n DESC"

  @Test("a run that left the files as they were is undone, and the undo is undone")
  func unchanged() async throws {
    let bench = try await published()
    try await bench.land("a/k=1", reversed)
    try await bench.run()
    let before = try bench.facts("out/j")
    #expect(try await bench.json("undo", "--run", "2", "--confirm", "j")["committed"].integer == 1)
    #expect(try await bench.json("undo", "--run", "3", "--confirm", "j")["committed"].integer == 1)
    #expect(try bench.facts("out/j") == before)
    #expect(try await bench.pending() == [])
  }

  @Test("two runs are undone one after the other, and stay undone")
  func chain() async throws {
    let bench = try await published()
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    try await bench.run()
    _ = try await bench.json("undo", "--run", "2", "--confirm", "j")
    let again = try await bench.dovetail("undo", "--run", "2", "--confirm", "j")
    #expect(again.status == 4)
    #expect(
      again.stderr
        == "dovetail: Run 2 of job j was already undone by run 3. Undo run 3 to restore "
        + "it.\n")
    _ = try await bench.json("undo", "--run", "1", "--confirm", "j")
    #expect(bench.files("out/j").isEmpty)
    #expect(try await bench.dovetail("undo", "--run", "2", "--confirm", "j").status == 4)
    #expect(try await bench.run()[0]["run"] == .null)
    _ = try await bench.dovetail("bookmarks", "release", "--confirm", "j")
    try await bench.run()
    try await bench.expectPair()
  }

  @Test("an undo goes on with the partitions that are left")
  func rest() async throws {
    let bench = try await published()
    for key in [1, 2] { try await bench.land("a/k=\(key)", Workbench.rows("x", 2)) }
    try await bench.run()
    _ = try await bench.json("undo", "k=1", "--confirm", "j")
    let rest = try await bench.json("undo", "--run", "2", "--confirm", "j")
    #expect(rest["committed"].integer == 1)
    #expect(try await rows(bench, 1) == 3)
    #expect(try await rows(bench, 2) == 3)
  }

  @Test("a kept version that somebody else changed does not come back")
  func kept() async throws {
    let bench = try await published()
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    try await bench.run()
    let name = try #require(bench.files("out/.j.dovetail/kept/2").first)
    try bench.write("out/.j.dovetail/kept/2/\(name)", "not what run 2 replaced")
    let before = try bench.facts("out/j")
    let refused = try await bench.dovetail("undo", "--run", "2", "--confirm", "j")
    #expect(refused.status == 4)
    #expect(refused.stderr.contains("The kept version of k=2 is not the one that run 2"))
    #expect(try bench.facts("out/j") == before)
  }

  @Test("staged rows do not replace a partition of somebody else")
  func foreign() async throws {
    let bench = try await published()
    try await bench.landPair(["4"])
    _ = try await bench.json("run", "--stage-only")
    try bench.write("out/j/k=4/theirs.parquet", "theirs")
    let refused = try await bench.json("publish", "2", status: 1)
    #expect(refused["failed"][0]["message"].text?.contains("no run of this workspace") == true)
    #expect(bench.exists("out/j/k=4/theirs.parquet"))
  }

  @Test("rows of a position that is behind the output are no compaction", arguments: [true, false])
  func behind(isPaused: Bool) async throws {
    let bench = try await published(table: ", record_rows: true")
    try await bench.land("a/k=1", Workbench.rows("x", 1))
    if isPaused {
      _ = try await bench.json("run", "--bookmark", "pause")
    } else {
      try await bench.run()
      _ = try await bench.dovetail("bookmarks", "rewind", "1", "--confirm", "j")
    }
    try await bench.land("a/k=1", reversed)
    #expect(try await bench.run()[0]["committed"].integer == 1)
    try await bench.expectPair()
  }
}
