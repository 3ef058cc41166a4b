import Foundation
import Testing

/// `config.yaml`: what the operator wants of the console.
@Suite("Settings of the console")
struct ConsoleSettingsTests {
  /// What the console says of a file, which is mistaken: it does not come to asking for a terminal.
  private func complaint(about yaml: String) async throws -> String {
    let bench = try Workbench(Workbench.pair())
    try bench.write("config/dovetail/config.yaml", yaml)
    let finished = try await bench.dovetail(
      "console", environment: ["XDG_CONFIG_HOME": bench.path("config")])
    #expect(finished.status == 2)
    return finished.stderr.replacing("\(bench.path("config"))/", with: "")
  }

  @Test("unknown names say what was probably meant, with file and line")
  func unknown() async throws {
    let said = try await complaint(
      about: """
        kyes: { refresh: F9 }
        keys:
          refrsh: F9
          sort: Strg-X
        theme: blue
        sort: { pendng: State, runs: Sate, plan: [a] }
        refresh: often
        confirm: { execute: always, undo: name }

        """)
    for line in [
      "dovetail/config.yaml:1:1: error: \"kyes\" is not a known setting",
      "hint: did you mean \"keys\"?",
      "dovetail/config.yaml:3:3: error: \"refrsh\" is not a known command",
      "hint: did you mean \"refresh\"?",
      "dovetail/config.yaml:4:9: error: \"Strg-X\" is not a key",
      "hint: write a character, such as x or \"#\", or a name such as Space, Enter, F9, Ctrl-X, Alt-x",
      "dovetail/config.yaml:5:8: error: \"blue\" is not a known theme",
      "hint: choose dark, light, safe, safe-light or mono.",
      "config.yaml:6:9: error: \"pendng\" is not a known list", "hint: did you mean \"pending\"?",
      "config.yaml:6:30: error: \"Sate\" is not a known column of runs",
      "hint: did you mean \"State\"?", "config.yaml:6:42: error: a text is expected here",
      "hint: write sort: { plan: Partition }.",
      "config.yaml:7:10: error: refresh: \"often\" is not a time from 1s on",
      "hint: write a number and s, m, h or d, such as refresh: 5m, or never.",
      "config.yaml:8:21: error: \"always\" is not a known confirmation of execute",
      "config.yaml:8:29: error: \"undo\" is not a known command",
      "hint: choose execute, cancel or quit.",
    ] {
      #expect(said.contains(line), "\(line) is not in\n\(said)")
    }
  }

  @Test("keys that collide, that are reserved or that are missing are refused")
  func conflicts() async throws {
    let said = try await complaint(
      about: """
        keys:
          refresh: [F9, x]
          step: q
          sort: "0"
          quit: []

        """)
    for line in [
      "config.yaml:2:17: error: the key x of refresh is a key of execute too",
      "hint: choose another key, or give execute another one: keys: { execute: F9 }.",
      "config.yaml:3:9: error: the key q of step is a key of leave too",
      "config.yaml:4:9: error: the key 0 cannot start sort: it begins a number",
      "config.yaml:5:3: error: quit has no key", "hint: name one: keys: { quit: F9 }.",
    ] {
      #expect(said.contains(line), "\(line) is not in\n\(said)")
    }
  }

  @Test("keys of dialogs that collide or leave no way on are refused, and so is another mouse")
  func dialogConflicts() async throws {
    let said = try await complaint(
      about: """
        dialog-keys:
          copy: [F9, n]
          clear: x
          accept: []
          delete: Ctrl-L
          closs: F9
        mouse: perhaps

        """)
    for line in [
      "config.yaml:2:14: error: the key n of copy is a key of next-match in the same place",
      "hint: choose another key, or give next-match another one: dialog-keys: { next-match: F9 }.",
      "config.yaml:3:10: error: clear has only characters as keys, and a text field takes those as text",
      "hint: add a key such as F9 or Ctrl-X: dialog-keys: { clear: F9 }.",
      "config.yaml:4:3: error: accept has no key", "hint: name one: dialog-keys: { accept: F9 }.",
      "config.yaml:5:11: error: the key Ctrl-L of delete is a key of the command repaint, which dialogs have too",
      "config.yaml:6:3: error: \"closs\" is not a known action",
      "config.yaml:7:8: error: \"perhaps\" is not a known answer", "hint: choose on or off.",
    ] {
      #expect(said.contains(line), "\(line) is not in\n\(said)")
    }
  }

  @Test("a file that is no YAML, or has a setting twice, is refused")
  func shape() async throws {
    #expect(try await complaint(about: "keys: [").contains("this is not YAML"))
    #expect(
      try await complaint(about: "- a\n").contains(
        "config.yaml:1:1: error: the file must be a mapping"))
    #expect(
      try await complaint(about: "theme: dark\ntheme: light\n").contains(
        "key \"theme\" is already in line"))
  }

  @Test(
    "keys, theme and order are the operator's, and the inputs are listed by themselves",
    .enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"))
  func settings() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try bench.write(
      "config/dovetail/config.yaml",
      """
      keys: { pending: F4, filter: [Alt-f] }
      sort: { pending: partition descending }
      refresh: 1s
      confirm: { quit: always }
      mouse: off

      """)
    let screen = try await Screen(
      "\(Command.dovetail) -C \(bench.folder); echo ended with $?",
      environment: ["XDG_CONFIG_HOME": bench.path("config")])
    try await screen.wait(for: "3 pending")
    try await screen.press("F4")
    try await screen.wait(for: "sorted by partition, descending")
    try await screen.wait { shown in
      let rows = shown.split(separator: "\n").filter { $0.contains(" k=") }
      return rows.first?.contains("k=3") == true
    }
    #expect(try await screen.facts("#{mouse_any_flag}") == "0")
    try await screen.press("M-m")
    try await screen.wait(for: "The console takes the mouse")
    #expect(try await screen.facts("#{mouse_any_flag}") == "1")
    try await bench.landPair(["4"])
    try await screen.wait(for: "4 pending")
    try await screen.press("Q")
    try await screen.wait(for: "Quit?")
    try await screen.press("y")
    try await screen.wait(for: "ended with 0")
  }
}
