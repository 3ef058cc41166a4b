import Foundation
import Testing

/// The predicate screen and its debugger as an operator meets them, in a real terminal.
@Suite(
  "Predicates in the console", .serialized,
  .enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"))
struct PredicateConsoleTests {
  @Test("why, edit, save, debug and run: a whole session about one predicate")
  func session() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2", "3", "4", "5"])
    let first = try await bench.dovetail("run")
    #expect(first.status == 0, Comment(rawValue: first.stderr))
    try await bench.landPair(["6", "7"])
    let screen = try await Screen("\(Command.dovetail) -C \(bench.folder); echo ended with $?")
    try await screen.wait(for: "2 pending")
    try await screen.press("5")
    try await screen.wait(for: "Selects 2 of 7 partitions")
    try await findReason(screen)
    try await edit(screen)
    try await screen.press("W")
    try await screen.wait(for: "Name: ")
    try await screen.type("late")
    try await screen.press("Enter")
    try await screen.wait(for: "edited, saved as late")
    let saved = try String(contentsOfFile: bench.path("predicates/late.sql"), encoding: .utf8)
    #expect(saved == "k > 2 AND (k = 6 OR k = 3)\n")
    try await debug(screen)
    try await run(screen)
    #expect(try await bench.pending() == ["k=7: a: 1 added; b: 1 added"])
    try await screen.press("4", "/")
    try await screen.type("@late")
    try await screen.wait(for: "No partition fits the filter")
    try await screen.press("Enter", "Q")
    try await screen.wait(for: "ended with 0")
  }

  /// From the predicate screen, why a partition is not selected, in under five keys.
  private func findReason(_ screen: Screen) async throws {
    let keys = ["/", "3", "Enter"]
    for key in keys { try await screen.press(key) }
    try await screen.wait(for: "k=3 is not selected: ")
    let shown = try await screen.wait(for: "Filter \"3\"")
    #expect(shown.contains("since k is 3"))
    #expect(shown.contains("Not pending: every input is as it was consumed; built by run 1"))
  }

  /// A mistake with its place, and its correction.
  private func edit(_ screen: Screen) async throws {
    try await screen.press("e", "C-u")
    try await screen.type("k > 2 AND (kk = 6 OR k = 3)")
    let wrong = try await screen.wait(for: "There is no partition key `kk`")
    let lines = wrong.split(separator: "\n", omittingEmptySubsequences: false)
    let text = try #require(lines.firstIndex { $0.contains("k > 2 AND (kk = 6") })
    #expect(lines[text + 1] == "           ^^")
    for _ in 0..<" = 6 OR k = 3)".count { try await screen.press("Left") }
    try await screen.press("BSpace")
    try await screen.wait(for: "Gained 1: k=3")
    try await screen.wait(for: "Lost 1: k=7")
    try await screen.press("Enter")
    try await screen.wait(for: "Edited: selects 2 of 7 partitions")
  }

  /// Every step key, a breakpoint and a watch.
  private func debug(_ screen: Screen) async throws {
    try await screen.press("Enter")
    try await screen.wait(for: "Debugging k=3")
    try await screen.press("s")
    try await screen.wait(for: "Clause 2 is TRUE. k > 2")
    try await screen.press("s")
    try await screen.wait(for: "Enters clause 3")
    try await screen.press("n")
    try await screen.wait(for: "Clause 3 is TRUE. k = 6 OR k = 3")
    try await screen.press("-")
    try await screen.wait(for: "Clause 5 is TRUE. k = 3")
    try await screen.press("f")
    try await screen.wait(for: "Clause 3 is TRUE.")
    try await screen.press("_")
    try await screen.wait(for: "step 1 of 7")
    try await screen.press("G", "b")
    try await screen.wait(for: "Set breakpoint 1: at clause 5")
    try await screen.press("i")
    try await screen.type("k IN (3, 4)")
    try await screen.press("Enter")
    try await screen.wait(for: "Watch k IN (3, 4) = TRUE")
    try await screen.press("c")
    try await screen.wait(for: "Stopped at breakpoint 1: at clause 5")
    try await screen.press("c")
    try await screen.wait(for: "The end: the partition is selected.")
    try await screen.press("Escape")
    try await screen.wait(for: "k=3 is selected: ")
  }

  /// Only what the edited predicate selects is planned and run.
  private func run(_ screen: Screen) async throws {
    try await screen.press("R")
    // The list is filtered, too: the question is which partitions are meant.
    try await screen.wait(for: "Edited predicate (1) the pending ones that it selects")
    try await screen.press("Enter")
    try await screen.wait(for: "1 partition: 1 new, 0 overwritten, 0 removed")
    try await screen.wait(for: "only those where k > 2")
    try await screen.press("x")
    try await screen.wait(for: "Only pending partitions where k > 2 AND (k = 6 OR k = 3)")
    try await screen.press("y")
    try await screen.wait(for: "1 committed")
    try await screen.waitForEndOfRun()
  }
}
