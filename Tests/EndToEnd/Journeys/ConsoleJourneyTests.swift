import Foundation
import Testing

/// How an operator finds the way in the console, and works beside other processes.
@Suite(
  "Journeys: finding and sharing", .serialized,
  .enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"))
struct ConsoleJourneyTests {
  @Test("all jobs are run one after the other from the overview")
  func allJobs() async throws {
    let bench = try Workbench(
      Workbench.pair(
        job: """
            kept:
              inputs: [a, b]
              join: { type: left, on: [id] }
              output: { location: out/kept }
          """))
    try await bench.landPair()
    let screen = try await Screen.console(on: bench, showing: "3 pending")
    try await screen.press("M-r", until: "Run 2 jobs, one after the other?")
    try await screen.wait(for: "kept: 3 partitions, 3 new, 0 overwritten, 0 removed")
    try await screen.press("y", until: "What came of running all jobs")
    try await screen.wait { shown in
      shown.contains("j: Run 1 succeeded: 3 committed")
        && shown.contains("kept: Run 2 succeeded: 3 committed")
    }
    #expect(try await bench.history("job") == ["kept", "j"])
    #expect(bench.published() == ["k=1", "k=2", "k=3"])
    #expect(bench.published("out/kept") == ["k=1", "k=2", "k=3"])
  }

  @Test("another process runs the job while the console is open, and the screen says so")
  func otherProcess() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let screen = try await Screen.console(on: bench, showing: "3 pending")
    try await screen.press("C-r", until: "refreshes by itself")
    try await bench.run()
    try await screen.wait { $0.contains("0 pending") && $0.contains("j is up to date.") }
    try await screen.press("3", until: "1 run")
    #expect(try await bench.history("state") == ["succeeded"])
    #expect(bench.published() == ["k=1", "k=2", "k=3"])
  }

  @Test("a plan that another process has carried out is refused, and nothing is built twice")
  func overtaken() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let screen = try await Screen.console(on: bench, showing: "3 pending")
    try await screen.press("R", until: "3 partitions: 3 new")
    try await bench.run()
    let before = try bench.facts("out/j")
    try await screen.runPlan(until: "is out of date")
    try await screen.press("1", until: "j is up to date.")
    #expect(try await bench.history("state") == ["succeeded"])
    #expect(try bench.facts("out/j") == before)
  }

  @Test("the console is opened only to look, and refuses every change")
  func readOnly() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    try await bench.landPair(["4"])
    let before = try bench.facts("")
    let screen = try await Screen.console(on: bench, "--read-only", showing: "1 pending")
    let refusal = "the console was opened with --read-only."
    try await screen.press("R", until: "1 partition: 1 new, 0 overwritten, 0 removed")
    try await screen.press("x", until: "Run the plan: \(refusal)")
    try await screen.press("3", until: "1 run")
    try await screen.press("U", until: "Undo: \(refusal)")
    try await screen.press("B", until: "Move the bookmark: \(refusal)")
    try await screen.press("4", until: "k=4")
    try await screen.press("I", until: "Skip pending changes: \(refusal)")
    try await screen.press("E", until: "Edit dovetail.yaml: \(refusal)")
    try await screen.press("S", until: "Save the screen: \(refusal)")
    try await screen.press("Q", until: "ended with 0")
    #expect(try bench.facts("") == before)
  }

  @Test("a filter, its next match and a sort find one partition among hundreds")
  func found() async throws {
    let bench = try Workbench(Workbench.pair())
    try bench.makeFolder("data")
    for (table, column) in [("a", "x"), ("b", "y")] {
      try await bench.sql(
        """
        COPY (SELECT id, id * 10 AS \(column), k FROM range(1, 4) AS r(id), range(1, 301) AS s(k)
          ORDER BY k)
        TO '\(bench.path("data/\(table)"))' (FORMAT parquet, PARTITION_BY (k))
        """)
    }
    let screen = try await Screen.console(on: bench, showing: "300 pending")
    try await screen.press("4", until: "1-18 of 300")
    try await screen.press("/", until: "Filter:")
    try await screen.enter("~=.*77$", until: "Filter \"~=.*77$\": 3 rows")
    try await screen.press("Escape", until: "of 300")
    try await screen.press("n", until: "k=177 ")
    try await screen.press("n", until: "k=277 ")
    try await screen.press("N", until: "k=177 ")
    try await screen.press("Space", until: "1 marked")
    try await screen.press("s", until: "Sort by")
    try await screen.press("Enter", until: "sorted by partition")
    try await screen.press("s", until: "Sort by")
    try await screen.press("Enter", until: "sorted by partition, descending")
    try await screen.press("g", until: "1-18 of 300")
    try await screen.wait(for: "k=300 ")
    try await screen.press("R", until: "Marked (1)")
    try await screen.press("Enter", until: "1 partition: 1 new, 0 overwritten, 0 removed")
    try await screen.runPlan(until: "1 committed")
    #expect(bench.published() == ["k=177"])
    #expect(try await bench.pending().count == 299)
  }

  @Test("the mouse chooses a screen, scrolls, opens a partition and marks what it stands on")
  func mouse() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair((1...40).map(String.init))
    let screen = try await Screen.console(on: bench, showing: "40 pending")
    try await screen.click(column: 37, row: 2)
    try await screen.wait(for: "1-18 of 40")
    try await screen.turnWheel(column: 10, row: 8)
    try await screen.wait(for: "4-21 of 40")
    try await screen.click(column: 10, row: 8, times: 2)
    try await screen.wait { $0.contains("▾   k=7") && $0.contains("4-21 of 42") }
    try await screen.press("Space", until: "1 marked")
    try await screen.press("R", until: "Marked (1)")
    try await screen.press("Enter", until: "1 partition: 1 new, 0 overwritten, 0 removed")
    try await screen.runPlan(until: "1 committed")
    #expect(bench.published() == ["k=7"])
    #expect(try await bench.pending().count == 39)
  }
}

extension Screen {
  /// What a mouse sends for one event, in the encoding of the terminals that tmux describes.
  private static func mouse(_ button: UInt8, column: UInt8, row: UInt8) -> String {
    "\u{1B}[M" + [button, column, row].map { String(UnicodeScalar($0 + 32)) }.joined()
  }

  /// Presses the left button and releases it, so often without a pause.
  fileprivate func click(column: UInt8, row: UInt8, times: Int = 1) async throws {
    let click =
      Self.mouse(0, column: column, row: row) + Self.mouse(3, column: column, row: row)
    try await type(String(repeating: click, count: times))
  }

  /// Turns the wheel down by a notch.
  fileprivate func turnWheel(column: UInt8, row: UInt8) async throws {
    try await type(Self.mouse(65, column: column, row: row))
  }
}
