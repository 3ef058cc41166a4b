import Foundation
import Testing

/// What an operator does when data lands late, again or not at all.
@Suite(
  "Journeys: late data", .serialized,
  .enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"))
struct LateDataJourneyTests {
  /// The days of May 2024 from one to another, as partitions.
  private func days(_ days: ClosedRange<Int>) -> [String] {
    days.map { "k=2024-05-\($0 < 10 ? "0" : "")\($0)" }
  }

  @Test("the week that landed late is built, and only that week")
  func lateWeek() async throws {
    let bench = try Workbench(Workbench.pair(key: "date"))
    let late = days(13...19)
    for day in days(6...26) {
      try await bench.land("a/\(day)", Workbench.rows("x"))
      if !late.contains(day) { try await bench.land("b/\(day)", Workbench.rows("y")) }
    }
    try await bench.run()
    let before = try bench.facts("out/j")
    let screen = try await Screen.console(on: bench, showing: "0 pending")
    try await screen.press("a", until: "7 partitions wait for an input:")
    try await screen.press("Escape", until: "What to do next")
    for day in late { try await bench.land("b/\(day)", Workbench.rows("y")) }
    try await screen.press("r", until: "7 pending")
    try await screen.press("R", until: "7 partitions: 7 new, 0 overwritten, 0 removed")
    try await screen.runPlan(until: "7 committed")
    let after = try bench.facts("out/j")
    #expect(before.allSatisfy { after[$0.key] == $0.value })
    #expect(bench.published() == days(6...26))
    #expect(try await bench.json("history")[0]["committed"].integer == 7)
    #expect(try await bench.pending() == [])
  }

  @Test("Tuesday is redone from the calendar, and no other day")
  func tuesday() async throws {
    let bench = try Workbench(Workbench.pair(key: "date"))
    try await bench.landPair(days(6...12).map { String($0.dropFirst(2)) })
    try await bench.run()
    let screen = try await Screen.console(on: bench, showing: "0 pending")
    try await screen.press("8", until: "2024-05-12: done")
    try await screen.press("/", until: "Date")
    try await screen.enter("2024-05-07", until: "2024-05-07: done")
    try await screen.press("Space", until: "1 marked")
    try await screen.press("R", until: "Marked (1)")
    try await screen.press("Enter", until: "1 partition: 0 new, 1 overwritten, 0 removed")
    try await screen.wait(for: "rerun requested")
    try await screen.runPlan(until: "1 committed (1 unchanged)")
    #expect(try await bench.history("kind") == ["rerun", "run"])
    let account = try await bench.json("lineage", "--run", "2")
    #expect(account["matches"].elements.map { $0["partition"].text } == ["k=2024-05-07"])
    #expect(bench.published() == days(6...12))
  }

  @Test("the newest are built first, with a note, and the rest stays pending")
  func newestFirst() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2", "3", "4", "5", "6"])
    let screen = try await Screen.console(on: bench, showing: "6 pending")
    try await screen.press("R", until: "6 partitions: 6 new")
    try await screen.press("#", until: "Bounds:")
    try await screen.enter(
      "2, newest", until: "at most 2 partitions, the newest first, 4 postponed")
    try await screen.press("\"", until: "Why this run?")
    try await screen.enter("the board meets at noon", until: "with a note")
    try await screen.runPlan(until: "2 committed · 4 postponed")
    #expect(bench.published() == ["k=5", "k=6"])
    let run = try await bench.json("history")[0]
    #expect(run["note"].text == "the board meets at noon")
    #expect(run["detail"].text == "at most 2 partitions, newest first")
    #expect(try await bench.waiting() == ["k=1", "k=2", "k=3", "k=4"])
  }

  @Test("partitions that will never come are marked by a predicate, and skipped with a reason")
  func skipped() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2", "3", "4", "5"])
    let screen = try await Screen.console(on: bench, showing: "5 pending")
    try await screen.press("4", until: "k=5")
    try await screen.press("+", until: "Mark the partitions that a predicate selects")
    try await screen.enter("k > 3", until: "5 pending, 2 marked")
    try await screen.press("I", until: "Skip: which partitions?")
    try await screen.press("Enter", until: "2 positions move: 2 are settled.")
    try await screen.enter("never delivered", until: "Type the name")
    try await screen.confirm("Skip 2 partitions?", until: "Run 1: 2 positions moved.")
    try await screen.wait(for: "3 pending")
    let run = try await bench.json("history")[0]
    #expect(run["kind"].text == "skip")
    #expect(run["note"].text == "never delivered")
    #expect(try await bench.waiting() == ["k=1", "k=2", "k=3"])
    #expect(bench.published() == [])
  }

  @Test("partitions that are gone are removed only when the job's name is typed")
  func removed() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2", "3", "4"])
    try await bench.run()
    for gone in ["a/k=2", "b/k=2", "a/k=3", "b/k=3"] { try bench.remove("data/\(gone)") }
    let screen = try await Screen.console(on: bench, showing: "2 pending")
    try await screen.press("R", until: "2 partitions: 0 new, 0 overwritten, 2 removed")
    try await screen.press("x", until: "CAUTION: input a has lost 2 of its 4 partitions")
    try await screen.press("Enter", until: "Type j to run it, or press Esc.")
    #expect(bench.published() == ["k=1", "k=2", "k=3", "k=4"])
    try await screen.confirm("To run it anyway, type the name j.", until: "2 committed (2 empty)")
    #expect(bench.published() == ["k=1", "k=4"])
    #expect(try await bench.history("state") == ["succeeded", "succeeded"])
    #expect(try await bench.pending() == [])
  }
}
