import Foundation
import Testing

/// A real terminal of a given size with a shell in it: a tmux server of its own.
///
/// The server ends with the test.
final class Screen: Sendable {
  /// The name of its tmux server.
  let socket = "dovetail-\(UUID().uuidString.prefix(8))"

  /// Opens the terminal and runs a command in its shell.
  init(
    _ command: String, columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) async throws {
    var environment = environment
    // After a crash Swift would otherwise ask on the terminal what to do.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    if environment["LC_ALL"] == nil { environment["LC_ALL"] = "C.UTF-8" }
    // A console must not find what another test's, or the developer's own, has left.
    if environment["XDG_STATE_HOME"] == nil { environment["XDG_STATE_HOME"] = stateFolder }
    let variables = environment.map { "\($0)='\($1)'" }.sorted().joined(separator: " ")
    try await tmux(
      "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "env PS1='shell$ ' \(variables) /bin/bash --norc --noprofile")
    try await wait { $0.contains("shell$") }
    try await type(command)
    try await press("Enter")
  }

  deinit {
    Machine.endTerminal(socket)
    try? FileManager.default.removeItem(atPath: stateFolder)
  }

  /// Where the programs in it keep what they keep for the user.
  private var stateFolder: String { "\(NSTemporaryDirectory())state-\(socket)" }

  /// Presses keys by tmux's names: `Enter`, `Escape`, `C-c`, `x`.
  func press(_ keys: String...) async throws {
    for key in keys { try await tmux("send-keys", "--", key) }
  }

  /// Types text as it is.
  func type(_ text: String) async throws { try await tmux("send-keys", "-l", "--", text) }

  func resize(columns: Int, rows: Int) async throws {
    try await tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// What the terminal shows, a line a row, without trailing spaces.
  func text() async throws -> String { try await tmux("capture-pane", "-p") }

  /// What tmux knows about the terminal: `#{alternate_on}`, `#{cursor_flag}`.
  func facts(_ format: String) async throws -> String {
    try await tmux("display-message", "-p", format)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Looks until the terminal shows what is wanted, and returns it; fails after two minutes.
  @discardableResult
  func wait(
    sourceLocation: SourceLocation = #_sourceLocation, for isShown: (String) -> Bool
  ) async throws -> String {
    let end = ContinuousClock.now + .seconds(120)
    while true {
      let shown = try await text()
      if isShown(shown) { return shown }
      guard ContinuousClock.now < end else {
        Issue.record("The terminal still shows:\n\(shown)", sourceLocation: sourceLocation)
        throw CancellationError()
      }
    }
  }

  @discardableResult
  func wait(for words: String, sourceLocation: SourceLocation = #_sourceLocation) async throws
    -> String
  {
    try await wait(sourceLocation: sourceLocation) { $0.contains(words) }
  }

  /// Waits until no run goes on and everything is listed anew, as the console's title line says.
  ///
  /// What a run did is shown a moment before it is over, and until then keys may mean something else.
  func waitForEndOfRun(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await wait(sourceLocation: sourceLocation) { shown in
      shown.prefix { $0 != "\n" }.contains(" pending")
    }
  }

  @discardableResult
  private func tmux(_ arguments: String...) async throws -> String {
    let finished = try await Command("/usr/bin/env", ["tmux", "-L", socket] + arguments)
      .finish()
    try #require(finished.status == 0, Comment(rawValue: finished.stderr))
    return finished.stdout
  }
}
