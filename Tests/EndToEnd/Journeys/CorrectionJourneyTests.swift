import Foundation
import Testing

/// What an operator does about data that is wrong.
@Suite(
  "Journeys: corrections", .serialized,
  .enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"))
struct CorrectionJourneyTests {
  /// Three partitions that run 1 built, and a second one of them that run 2 built with other values of `x`.
  private func corrected(_ rows: String) async throws -> Workbench {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    try await bench.land("a/k=2", rows)
    try await bench.run()
    return bench
  }

  @Test("a correction is compared with what it replaced before it is believed")
  func compared() async throws {
    let bench = try await corrected("SELECT n AS id, n * 10 + n // 3 AS x FROM range(1, 4) AS r(n)")
    let screen = try await Screen.console(on: bench, showing: "0 pending")
    try await screen.press("3", until: "2 run")
    try await screen.press("d", until: "What run 2 of j changed")
    try await screen.wait(
      for: "k=2: 3 rows before, 3 after: 0 added, 0 removed, 1 changed, 2 same")
    try await screen.wait(for: "30 -> 31")
    let difference = try await bench.json("diff", "2")[0]
    #expect(difference["partition"].text == "k=2")
    #expect(difference["changed"].integer == 1)
    #expect(try await bench.published(x: 2) == ["10", "20", "31"])
  }

  @Test("a run is staged, looked at, and one partition of it is published")
  func staged() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let screen = try await Screen.console(on: bench, showing: "3 pending")
    try await screen.press("R", until: "3 partitions: 3 new")
    try await screen.press("%", until: "stage only")
    try await screen.runPlan(until: "3 staged")
    #expect(bench.published() == [])
    try await screen.press("d", until: "3 partitions staged: 3 differ, 0 the same.")
    try await screen.press("Escape", until: "1 Overview")
    try await screen.press("P", until: "Publish what run 1 staged")
    try await screen.press("Down", "Down", "Enter", until: "Publish k=2 that run 1 staged?")
    try await screen.confirm(
      "k=2: 0 rows before, 3 after", until: "Run 1: 1 partition published, 2 still staged.")
    #expect(bench.published() == ["k=2"])
    #expect(try await bench.history("state") == ["staged"])
    #expect(
      try await bench.pending() == ["k=1: a: 1 added; b: 1 added", "k=3: a: 1 added; b: 1 added"])
  }

  @Test("a bad run is undone, and what that holds is released")
  func undone() async throws {
    let bench = try await corrected("SELECT n AS id, -n AS x FROM range(1, 4) AS r(n)")
    #expect(try await bench.published(x: 2) == ["-1", "-2", "-3"])
    let screen = try await Screen.console(on: bench, showing: "0 pending")
    try await screen.press("3", until: "2 run")
    try await screen.press("U", until: "1 partition goes back: 1 restored")
    try await screen.enter("minus signs", until: "Type the name")
    try await screen.confirm("Undo run 2?", until: "Run 3: 1 partition put back.")
    try await screen.wait(for: "0 pending, 1 held")
    #expect(try await bench.published(x: 2) == ["10", "20", "30"])
    try await screen.press("4", until: "undone by run 3 (run 2): L releases it")
    try await screen.press("L", until: "1 partition is released: the next run builds it.")
    try await screen.press("Enter", until: "Type the name")
    try await screen.confirm("Release partition k=2?", until: "Run 4: 1 position moved.")
    try await screen.wait(for: "1 pending")
    #expect(try await bench.history("kind") == ["release", "undo", "run", "run"])
    #expect(try await bench.pending() == ["k=2: a: 1 rewritten"])
  }

  @Test("a bookmark is rewound after the preview has said what that costs")
  func rewound() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2"])
    try await bench.run()
    try await bench.landPair(["3", "4"])
    try await bench.run()
    let before = try bench.facts("out/j")
    let screen = try await Screen.console(on: bench, showing: "0 pending")
    try await screen.press("3", until: "2 run")
    try await screen.press("j", "B", until: "Rewind to run 1: all inputs")
    try await screen.press("Enter", until: "2 positions move: 2 partitions become pending.")
    // Looking costs nothing.
    #expect(try await bench.pending() == [])
    try await screen.press("Enter", until: "Type the name")
    try await screen.confirm("Rewind to run 1?", until: "Run 3: 2 positions moved.")
    try await screen.wait(for: "2 pending")
    #expect(try await bench.history("kind") == ["rewind", "run", "run"])
    #expect(
      try await bench.pending() == ["k=3: a: 1 added; b: 1 added", "k=4: a: 1 added; b: 1 added"])
    #expect(try bench.facts("out/j") == before)
  }

  @Test("what failed is found, its file is mended, and it is retried")
  func retried() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try bench.truncate("data/a/k=2/part.parquet")
    try await bench.run(status: 3)
    let screen = try await Screen.console(on: bench, showing: "Run 1 failed in 1 partition")
    try await screen.press("3", until: "1 run")
    try await screen.press("Enter", until: "2 committed (0 unchanged), 1 failed")
    try await screen.wait(for: "k=2        failed")
    try await screen.press("Escape", until: "Bookmark of")
    try await bench.land("a/k=2", Workbench.rows("x"))
    try await screen.press("F", until: "1 partition: 1 new, 0 overwritten, 0 removed")
    try await screen.runPlan(until: "Run 2 succeeded: 1 committed")
    #expect(bench.published() == ["k=1", "k=2", "k=3"])
    #expect(try await bench.history("state") == ["succeeded", "partial"])
    #expect(try await bench.pending() == [])
  }
}
