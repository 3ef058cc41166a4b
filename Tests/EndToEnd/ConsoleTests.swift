import Foundation
import Testing

/// The console as an operator meets it, in a real terminal.
@Suite(
  "The console in a terminal", .serialized,
  .enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"))
struct ConsoleTests {
  private func open(
    _ bench: Workbench, columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) async throws -> Screen {
    let screen = try await Screen(
      "\(Command.dovetail) -C \(bench.folder); echo ended with $?", columns: columns, rows: rows,
      environment: environment)
    try await screen.wait(for: "1 Overview")
    return screen
  }

  /// The terminal as a shell expects it: no alternate screen, a cursor, no mouse, plain keys.
  private let restored = "0 1 0 0"
  private let state = "#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{keypad_flag}"

  @Test("no terminal outlives the test that opened it")
  func noneIsLeft() async throws {
    let socket = try await Screen("true").socket
    let left = try await Command("/usr/bin/env", ["tmux", "-L", socket, "has-session"]).finish()
    #expect(left.status != 0)
  }

  @Test("it shows what is pending, previews it, runs it, and gives the terminal back")
  func work() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let screen = try await open(bench)
    try await screen.wait(for: "3 pending")
    try await screen.press("4", "Enter")
    try await screen.wait(for: "a: 1 added")
    try await screen.press("R")
    try await screen.wait(for: "3 partitions: 3 new, 0 overwritten, 0 removed")
    try await screen.press("Enter")
    try await screen.wait(for: "Sample of k=1")
    try await screen.press("x")
    try await screen.wait(for: "[ Do not run ]")
    try await screen.press("y")
    try await screen.wait(for: "3 committed")
    #expect(bench.files("out/j").count == 3)
    try await screen.press("1")
    try await screen.wait(for: "up to date")
    try await screen.press("Q")
    try await screen.wait(for: "ended with 0")
    #expect(try await screen.facts(state) == restored)
  }

  @Test("the second request to end ends a console that is stuck, and gives the terminal back")
  func stuck() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    // What takes a copied text takes it for ever.
    let wait =
      "touch '\(bench.path("begun"))'; while [ ! -e '\(bench.path("stop"))' ]; do sleep 0.02; done"
    try bench.write("bin/tmux", "#!/bin/sh\n\(wait); touch '\(bench.path("over"))'\n")
    #expect(chmod(bench.path("bin/tmux"), 0o755) == 0)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let screen = try await open(bench, environment: ["PATH": "\(bench.path("bin")):\(path)"])
    try await screen.wait(for: "3 pending")
    try await screen.press("4", "y")
    while !bench.exists("begun") { try await Task.sleep(for: .milliseconds(1)) }
    let shell = try await screen.facts("#{pane_pid}")
    let children = try String(
      contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    let console = try #require(children.split(separator: " ").first.flatMap { Int32($0) })
    while kill(console, 0) == 0 {
      kill(console, SIGTERM)
      try await Task.sleep(for: .milliseconds(5))
    }
    try await screen.wait(for: "ended with 143")
    #expect(try await screen.facts(state) == restored)
    try bench.write("stop", "")
    while !bench.exists("over") { try await Task.sleep(for: .milliseconds(5)) }
  }

  @Test("the focus of the question before a run is on the safe answer")
  func safeAnswer() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let screen = try await open(bench)
    try await screen.wait(for: "3 pending")
    try await screen.press("R")
    try await screen.wait(for: "3 new")
    try await screen.press("x")
    try await screen.wait(for: "[ Do not run ]")
    try await screen.press("Enter")
    try await screen.wait { !$0.contains("[ Do not run ]") }
    #expect(!bench.exists("out/j"))
  }

  @Test("in a wide terminal a pane shows the account of the row on which the cursor rests")
  func detail() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let screen = try await open(bench, columns: 120, rows: 40)
    try await screen.wait(for: "3 pending")
    try await screen.press("4")
    try await screen.wait(for: "Partition k=1 of job j is pending.")
    try await screen.press("j")
    try await screen.wait(for: "Partition k=2 of job j is pending.")
    #expect(try await bench.dovetail("run").status == 0)
    try await screen.press("r", "3")
    try await screen.wait(for: "Run 1 of j")
    try await screen.wait(for: "Where the time went:")
    try await screen.wait(for: "plan ")
    try await screen.press("\\")
    try await screen.wait { !$0.contains("Where the time went:") }
    try await screen.press("Q")
    try await screen.wait(for: "ended with 0")
  }

  @Test("it follows the terminal's size, and says when that is too small")
  func resize() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let screen = try await open(bench)
    try await screen.press("4")
    try await screen.wait(for: "k=2")
    try await screen.resize(columns: 120, rows: 40)
    try await screen.wait {
      $0.split(separator: "\n", omittingEmptySubsequences: false).count >= 40
        && $0.contains("? help")
    }
    try await screen.resize(columns: 60, rows: 16)
    try await screen.wait { $0.contains("k=2") && $0.contains("? help") }
    try await screen.resize(columns: 30, rows: 8)
    try await screen.wait(for: "60x16")
    try await screen.resize(columns: 80, rows: 24)
    try await screen.wait(for: "k=2")
  }

  @Test(
    "a signal ends it with the terminal restored",
    arguments: [("TERM", 143), ("HUP", 129), ("SEGV", 139), ("ILL", 132)])
  func signals(name: String, status: Int) async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    let screen = try await open(bench)
    try await screen.wait(for: "1 pending")
    #expect(try await screen.facts("#{alternate_on}") == "1")
    let shell = try await screen.facts("#{pane_pid}")
    let killed = try await Command.run("/usr/bin/env", ["pkill", "-\(name)", "-P", shell])
    #expect(killed.status == 0)
    try await screen.wait(for: "ended with \(status)")
    #expect(try await screen.facts(state) == restored)
  }

  @Test("Ctrl-Z gives the terminal to the shell, and fg comes back")
  func suspend() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    let screen = try await Screen("\(Command.dovetail) -C \(bench.folder)")
    try await screen.wait(for: "1 pending")
    try await screen.press("C-z")
    try await screen.wait(for: "Stopped")
    #expect(try await screen.facts(state) == restored)
    try await screen.type("fg")
    try await screen.press("Enter")
    try await screen.wait(for: "1 pending")
  }

  @Test("stopped by SIGSTOP it comes back with fg, and leaves the terminal's modes as they were")
  func stopped() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    let (before, after) = (bench.path("before"), bench.path("after"))
    let screen = try await Screen("stty -a > \(before)")
    try await screen.type("\(Command.dovetail) -C \(bench.folder)")
    try await screen.press("Enter")
    try await screen.wait(for: "1 pending")
    let shell = try await screen.facts("#{pane_pid}")
    let sent = try await Command.run("/usr/bin/env", ["pkill", "-STOP", "-P", shell])
    #expect(sent.status == 0)
    try await screen.wait(for: "Stopped")
    try await screen.type("fg")
    try await screen.press("Enter")
    try await screen.wait { $0.contains("1 Overview") && !$0.contains("Stopped") }
    #expect(try await screen.facts("#{alternate_on}") == "1")
    try await screen.press("Q")
    try await screen.wait { $0.contains("shell$") && !$0.contains("1 Overview") }
    #expect(try await screen.facts(state) == restored)
    try await screen.type("stty -a > \(after); echo com''pared")
    try await screen.press("Enter")
    try await screen.wait(for: "compared")
    let modes = try [before, after].map { try String(contentsOfFile: $0, encoding: .utf8) }
    #expect(modes[0].contains("icanon"))
    #expect(modes[0] == modes[1])
  }

  @Test("a cancelled run leaves every partition whole and the rest pending")
  func cancel() async throws {
    let bench = try Workbench(Workbench.pair())
    for key in 1...4 {
      try await bench.land("a/k=\(key)", "SELECT 1 AS id, n AS x FROM range(40000) AS r(n)")
      try await bench.land("b/k=\(key)", "SELECT 1 AS id, n AS y FROM range(40000) AS r(n)")
    }
    let screen = try await open(bench)
    try await screen.wait(for: "4 pending")
    try await screen.press("R")
    try await screen.wait(for: "4 new")
    try await screen.press("x")
    try await screen.wait(for: "[ Do not run ]")
    try await screen.press("y")
    try await screen.wait(for: "running")
    try await screen.press("!", "y")
    try await screen.wait { $0.lowercased().contains("cancelled") }
    try await screen.waitForEndOfRun()
    try await screen.press("Q")
    try await screen.wait(for: "ended with 0")
    #expect(bench.files("out/j").isEmpty)
    #expect(try await bench.pending().count == 4)
  }

  @Test("without UTF-8 and color it draws with ASCII characters and no color")
  func plain() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let screen = try await open(bench, environment: ["LC_ALL": "C", "NO_COLOR": "1"])
    let shown = try await screen.wait(for: "3 pending")
    #expect(!shown.contains { !$0.isASCII })
  }

  @Test("without a terminal it says what to do instead")
  func withoutTerminal() async throws {
    let bench = try Workbench(Workbench.pair())
    let finished = try await bench.dovetail("console")
    #expect(finished.status == 1)
    #expect(finished.stderr.contains("terminal"))
  }
}
