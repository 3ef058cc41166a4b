import Foundation
import Testing

@Suite("Publishing")
struct PublishTests {
  @Test("a publish changes its own partitions and touches no other file (I4)")
  func onlyItsOwn() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    let before = try bench.facts("out/j")
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    try await bench.run()
    let after = try bench.facts("out/j")
    #expect(after.count == 3)
    for key in ["k=1", "k=3"] {
      #expect(after.filter { $0.key.hasPrefix(key) } == before.filter { $0.key.hasPrefix(key) })
    }
    // The new file has a name of its own: a reader with an old listing fails visibly.
    let name = { (files: [String: FileFacts]) in files.keys.first { $0.hasPrefix("k=2/") } }
    #expect(name(before) != nil)
    #expect(name(after) != name(before))
    try await bench.expectPair()
  }

  @Test("an empty join removes the partition's folder and keeps its ledger row")
  func emptyJoin() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair((1...8).map(String.init))
    try await bench.run()
    // Removed because no id meets, and because one side is gone.
    try await bench.land("b/k=1", "SELECT 99::BIGINT AS id, 1::BIGINT AS y")
    try bench.remove("data/a/k=2")
    let run = try await bench.run()
    #expect(run[0]["committed"].integer == 2)
    #expect(run[0]["removed"].integer == 2)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: bench.path("out/j")).sorted()
        == (3...8).map { "k=\($0)" })
    #expect(
      try await bench.json("history", "2").elements.map { $0["state"].text }
        == ["removed", "removed"])
    #expect(try await bench.pending() == [])
    #expect(try await bench.json("status")[0]["published"].integer == 6)
    try await bench.expectPair()
    try await bench.land("a/k=2", Workbench.rows("x"))
    try await bench.run()
    #expect(bench.exists("out/j/k=2"))
    try await bench.expectPair()
  }

  @Test("replaced versions are kept beside the output for as many runs as the job says")
  func keptRuns() async throws {
    let bench = try Workbench(
      Workbench.pair(join: "left", job: "    limits: { kept_runs: 2 }"))
    try await bench.landPair(["1"])
    try await bench.run()
    var names: [String] = []
    for round in 1...4 {
      names += bench.files("out/j")
      try await bench.land("a/k=1", Workbench.rows("x", 3 + round))
      try await bench.run()
      #expect(bench.files("out/j").count == 1)
    }
    let kept = bench.files("out/.j.dovetail/kept")
    #expect(kept == ["4/\(names[2])", "5/\(names[3])"])
    let newest = "read_parquet('\(bench.path("out/.j.dovetail/kept/5"))/*/*')"
    #expect(try await bench.count(newest) == 6)
    #expect(bench.files("out/.j.dovetail/staging") == [])
  }

  @Test("a read during every publish sees an old or a new partition, never half of one")
  func readers() async throws {
    let bench = try Workbench(Workbench.pair(join: "left"))
    for key in 1...4 { try await bench.land("a/k=\(key)", Workbench.rows("x")) }
    try bench.makeFolder("data/b")
    try await bench.land("b/k=1", Workbench.rows("y"))
    try await bench.run()
    for round in 1...3 {
      for key in 1...4 { try await bench.land("a/k=\(key)", Workbench.rows("x", 3 + round)) }
      let run = try bench.start("run")
      let end = Task { await run.finish() }
      var isRunning = true
      while isRunning {
        isRunning = kill(run.processID, 0) == 0
        for key in 1...4 {
          // The names change under the reader; what it reads by one name is whole.
          for file in bench.files("out/j/k=\(key)") {
            let rows = try? await bench.count(
              "read_parquet('\(bench.path("out/j/k=\(key)/\(file)"))')")
            if let rows { #expect([2 + round, 3 + round].contains(rows)) }
          }
          #expect(bench.exists("out/j/k=\(key)"))
        }
      }
      #expect(await end.value.status == 0)
    }
  }
}
