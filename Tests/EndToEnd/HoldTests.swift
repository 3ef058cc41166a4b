import Foundation
import Testing

@Suite("Holds and changed definitions")
struct HoldTests {
  @Test("a file younger than min_age is held, and taken when it is old enough")
  func minAge() async throws {
    let bench = try Workbench(Workbench.pair(table: ", min_age: 1h"))
    try await bench.landPair(["1", "2"])
    for file in ["a/k=1", "b/k=1", "b/k=2"] {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -7200)],
        ofItemAtPath: bench.path("data/\(file)/part.parquet"))
    }
    let pending = try await bench.json("pending")
    #expect(pending[0]["held"] == .null)
    #expect(
      pending[1]["held"].text?.hasPrefix("held: a file is too young for another 59 min ") == true)
    #expect(pending[1]["held"].text?.contains(": a file k=2/part.parquet is ") == true)
    #expect(pending[1]["held"].text?.hasSuffix(" s old, and min_age is 1 h") == true)
    let run = try await bench.run()
    #expect(run[0]["committed"].integer == 1)
    #expect(run[0]["held"].integer == 1)
    #expect(!bench.exists("out/j/k=2"))
    let idle = try await bench.dovetail("run")
    #expect(idle.status == 0)
    #expect(
      idle.stdout
        == "Job j: nothing to do; 1 pending partition is held, and `dovetail pending --job j` says "
        + "why.\n")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -7200)],
      ofItemAtPath: bench.path("data/a/k=2/part.parquet"))
    try await bench.run()
    try await bench.expectPair()
  }

  @Test("a file from the future is held with its instant, and without min_age only reported")
  func future() async throws {
    let bench = try Workbench(Workbench.pair(table: ", min_age: 1h"))
    try await bench.landPair(["1"])
    try bench.touch("data/a/k=1/part.parquet", "2100-01-01T00:00:00Z")
    let held = try await bench.json("pending")[0]["held"].text ?? ""
    let sentence = #/held: a file is dated [0-9,]+ d( [0-9]+ h)? in the future: a file k=1/part.parquet /#
    #expect(held.prefixMatch(of: sentence) != nil, Comment(rawValue: held))
    #expect(held.contains("part.parquet (2100-01-01 00:00:00 UTC), so the clock "))
    #expect(held.hasSuffix(", otherwise it is held until 2100-01-01 01:00:00 UTC"))
    try bench.write("dovetail.yaml", Workbench.pair())
    let run = try await bench.dovetail("run")
    #expect(run.status == 0)
    #expect(
      run.stderr.contains(
        "dovetail: Table a: \(bench.path("data/a/k=1/part.parquet")) is dated in the future "
          + "(2100-01-01 00:00:00 UTC): "), Comment(rawValue: run.stderr))
    try await bench.expectPair()
  }

  @Test("a table that was never seen holds its jobs until its first file or its columns come")
  func unseen() async throws {
    let bench = try Workbench(Workbench.pair(join: "left"))
    try await bench.land("a/k=1", Workbench.rows("x"))
    try bench.makeFolder("data/b")
    let pending = try await bench.json("pending")
    #expect(
      pending[0]["held"].text == "held: table b of input b was never seen; declare its `columns:` "
        + "or wait for its first file")
    #expect(try await bench.run()[0]["held"].integer == 1)
    #expect(!bench.exists("out/j"))
    try bench.write(
      "dovetail.yaml",
      Workbench.pair(join: "left").replacing(
        "{ location: data/b,", with: "{ location: data/b, columns: { id: BIGINT, y: BIGINT },"))
    #expect(try await bench.run()[0]["rows"].integer == 3)
  }

  @Test("a changed definition makes every partition pending, and says so")
  func definition() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2"])
    try await bench.run()
    // A comment is no change.
    try bench.write("dovetail.yaml", "# changed\n" + Workbench.pair())
    #expect(try await bench.pending() == [])
    try bench.write(
      "dovetail.yaml",
      Workbench.pair().replacing("on: [id]", with: "on: [id], select: [id, \"x + y AS total\"]"))
    #expect(
      try await bench.pending() == ["k=1: definition changed", "k=2: definition changed"])
    try await bench.run()
    #expect(try await bench.pending() == [])
    let rows = try await bench.sql(
      "SELECT id, total FROM \(bench.relation("out/j")) WHERE k = 2 ORDER BY id")
    #expect(rows == [["1", "20"], ["2", "40"], ["3", "60"]])
  }

  @Test("jobs that read each other's output run in that order, whatever the order in the file")
  func chain() async throws {
    let bench = try Workbench(
      """
      tables:
        a: { location: data/a, partitions: { k: int } }
        b: { location: data/b, partitions: { k: int } }
      jobs:
        last: { inputs: [middle], sql: SELECT sum(total)::BIGINT AS sum FROM middle, output: { location: out/last } }
        middle: { inputs: [j], sql: SELECT x + y AS total FROM j, output: { location: out/middle } }
        j: { inputs: [a, b], join: { on: [id] }, output: { location: out/j } }
      """)
    try await bench.landPair(["1", "2"])
    let run = try await bench.run()
    #expect(run.elements.map { $0["job"].text } == ["j", "middle", "last"])
    let sums = "SELECT k::BIGINT, sum FROM \(bench.relation("out/last")) ORDER BY k"
    #expect(try await bench.sql(sums) == [["1", "120"], ["2", "120"]])
    try await bench.land("a/k=2", Workbench.rows("x", 1))
    #expect(try await bench.json("pending").elements.map { $0["job"].text } == ["j"])
    try await bench.run()
    #expect(try await bench.sql(sums) == [["1", "120"], ["2", "20"]])
    #expect(try await bench.pending() == [])
    // An empty partition travels down the chain too.
    try bench.remove("data/b/k=2")
    let removal = try await bench.dovetail("run", "--allow-removals")
    #expect(removal.status == 0)
    #expect(try await bench.sql(sums) == [["1", "120"]])
  }
}
