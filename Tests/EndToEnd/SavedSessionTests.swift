import Foundation
import Testing

/// The console keeps how it was left in the user's state folder.
@Suite(
  "The console opens as it was left, in a terminal", .serialized,
  .enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"))
struct SavedSessionTests {
  private static let command = "\(Command.dovetail) -C"

  /// Filters and marks on the pending screen.
  private func leave(_ screen: Screen) async throws {
    try await screen.wait(for: "3 pending")
    try await screen.press("4", "/")
    try await screen.type("k=2")
    try await screen.press("Enter")
    try await screen.wait(for: "Filter \"k=2\": 1 row")
    try await screen.press("Space")
    try await screen.wait(for: "1 marked")
  }

  @Test(
    "a console that was ended by a key or a signal, also one that only looks, opens there again",
    arguments: ["Q", "TERM", "HUP"], [false, true])
  func reopened(end: String, readOnly: Bool) async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let option = readOnly ? " --read-only" : ""
    let line = "\(Self.command) \(bench.folder)\(option); echo ended with $?"
    let before = try bench.facts("")
    let screen = try await Screen(line)
    try await leave(screen)
    if end == "Q" {
      try await screen.press("Q")
      try await screen.wait(for: "ended with 0")
    } else {
      let shell = try await screen.facts("#{pane_pid}")
      _ = try await Command.run("/usr/bin/env", ["pkill", "-\(end)", "-P", shell])
      try await screen.wait(for: "ended with \(end == "TERM" ? 143 : 129)")
    }
    if readOnly { #expect(try bench.facts("") == before) }
    try await screen.type("clear; \(line)")
    try await screen.press("Enter")
    try await screen.wait { $0.contains("Filter \"k=2\": 1 row") && $0.contains("1 marked") }
  }

  @Test("`restore: false` opens the overview, and leaves nothing behind")
  func turnedOff() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try bench.write("config/dovetail/config.yaml", "restore: false\n")
    let folder = try TemporaryState()
    let line = "\(Self.command) \(bench.folder); echo ended with $?"
    let screen = try await Screen(
      line,
      environment: ["XDG_CONFIG_HOME": bench.path("config"), "XDG_STATE_HOME": folder.path])
    try await leave(screen)
    try await screen.press("Q")
    try await screen.wait(for: "ended with 0")
    #expect(folder.files == [])
    try await screen.type("clear; \(line)")
    try await screen.press("Enter")
    try await screen.wait(for: "What to do next")
  }

  @Test("a file that is no session, and a state folder below the workspace, are no error")
  func noError() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let line = "\(Self.command) \(bench.folder); echo ended with $?"
    let inside = try await Screen(line, environment: ["XDG_STATE_HOME": bench.path("state")])
    try await leave(inside)
    try await inside.press("Q")
    try await inside.wait(for: "ended with 0")
    #expect(!bench.exists("state"))

    let folder = try TemporaryState()
    let screen = try await Screen(line, environment: ["XDG_STATE_HOME": folder.path])
    try await leave(screen)
    try await screen.press("Q")
    try await screen.wait(for: "ended with 0")
    let name = try #require(folder.files.first)
    try "no session".write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
    try await screen.type("clear; \(line)")
    try await screen.press("Enter")
    try await screen.wait(for: "What to do next")
  }
}

/// A state folder of a test, beside its workspace; it goes with the test.
private final class TemporaryState {
  let path = "\(NSTemporaryDirectory())state-\(UUID().uuidString.prefix(8))"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Every file below it, as a path relative to it.
  var files: [String] {
    FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String }
      .filter { $0.hasSuffix(".json") } ?? []
  }
}
