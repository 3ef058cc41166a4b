import Cells
import Testing
import Wording

@testable import Terminal

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One at a time: a process has one terminal.
@Suite("The terminal, on a pseudo terminal", .serialized)
struct TerminalTests {
  private let environment = ["TERM": "xterm-256color"]

  private func openTerminal(_ pty: PseudoTerminal) throws -> Terminal {
    try Terminal(input: pty.near, output: pty.near, environment: environment)
  }

  /// Events until as many as asked have come; typed bytes arrive in their own time.
  private func events(_ count: Int, from terminal: Terminal) -> [InputEvent] {
    var events: [InputEvent] = []
    let deadline = ContinuousClock.now.advanced(by: .seconds(10))
    while events.count < count, ContinuousClock.now < deadline {
      events += terminal.nextEvents(timeout: .seconds(10))
    }
    return events
  }

  @Test("it takes the terminal over and gives all of it back, once")
  func takesAndGivesBack() throws {
    let pty = try PseudoTerminal(columns: 30, rows: 5)
    let terminal = try openTerminal(pty)
    terminal.reportsMouse = true
    #expect(terminal.size == Size(columns: 30, rows: 5))
    #expect(terminal.colorCount == 256)
    #expect(!pty.isCooked)
    let taken = pty.sent()
    #expect(taken.contains("\u{1B}[?1049h"))
    #expect(taken.contains("\u{1B}[?2004h"))
    #expect(taken.contains("\u{1B}[?1000h") || taken.contains("\u{1B}[?1006;1000h"))
    #expect(throws: TerminalError.alreadyOpen) { try openTerminal(pty) }
    terminal.restore()
    #expect(pty.isCooked)
    let given = pty.sent()
    #expect(given.contains("\u{1B}[?1049l"))
    #expect(given.contains("\u{1B}[?2004l"))
    #expect(given.contains("\u{1B}[?1000l") || given.contains("\u{1B}[?1006;1000l"))
    terminal.restore()
    terminal.draw(Frame(size: Size(columns: 9, rows: 9)))
    terminal.bell()
    #expect(terminal.nextEvents() == [])
    #expect(pty.sent() == "")
  }

  @Test("a frame is drawn, and then only what changed")
  func draws() throws {
    let pty = try PseudoTerminal(columns: 20, rows: 4)
    let terminal = try openTerminal(pty)
    defer { terminal.restore() }
    var frame = Frame(size: terminal.size)
    frame.put("first", at: Position(column: 0, row: 0), style: Style(foreground: .indexed(208)))
    frame.put("second", at: Position(column: 0, row: 1))
    terminal.draw(frame)
    let whole = pty.sent()
    #expect(whole.contains("first"))
    #expect(whole.contains("second"))
    #expect(whole.contains("\u{1B}[38;5;208m"))
    frame.put("changed", at: Position(column: 0, row: 1))
    terminal.draw(frame)
    let changes = pty.sent()
    #expect(changes.contains("changed"))
    #expect(!changes.contains("first"))
    terminal.draw(frame)
    #expect(pty.sent() == "")
  }

  @Test("a frame larger or smaller than the screen is clipped, at any size")
  func clips() throws {
    let pty = try PseudoTerminal(columns: 10, rows: 3)
    let terminal = try openTerminal(pty)
    defer { terminal.restore() }
    for size in [(0, 0), (1, 1), (10, 3), (9, 2), (300, 100), (11, 4)] {
      var frame = Frame(size: Size(columns: size.0, rows: size.1))
      for row in 0..<frame.size.rows {
        frame.put(String(repeating: "日", count: 150), at: Position(column: 0, row: row))
      }
      frame.cursor = Position(column: size.0, row: size.1)
      terminal.draw(frame)
      #expect(!pty.sent().contains("\n\n\n\n"))
    }
  }

  @Test("keys, pastes and the mouse arrive as events")
  func input() throws {
    let pty = try PseudoTerminal(columns: 30, rows: 5)
    let terminal = try openTerminal(pty)
    terminal.reportsMouse = true
    defer { terminal.restore() }
    pty.type("j\u{1B}OA\u{1B}[5~\u{3}\u{1B}[Z\u{1B}x\u{1B}[15~\u{7F}\u{1B}[3~")
    #expect(
      events(9, from: terminal)
        == [
          .character("j"), .up, .pageUp, .control("c"), .backTab, .alt("x"), .function(5),
          .backspace, .delete,
        ].map(InputEvent.key))
    pty.type("\u{1B}[200~rm -r\r\u{1B}[201~q")
    #expect(events(2, from: terminal) == [.paste("rm -r\n"), .key(.character("q"))])
    pty.type("\u{1B}[<65;3;2M\u{1B}[<65;3;2M")
    let wheel = events(1, from: terminal)
    guard case .mouse(let event) = wheel.first else {
      Issue.record("no mouse event but \(wheel)")
      return
    }
    #expect(event.action == .wheelDown)
    #expect(event.position == Position(column: 2, row: 1))
  }

  @Test("a wake from another thread ends the waiting, many are one")
  func wakes() async throws {
    let pty = try PseudoTerminal(columns: 30, rows: 5)
    let terminal = try openTerminal(pty)
    defer { terminal.restore() }
    await Task.detached { for _ in 0..<100_000 { Waker().wake() } }.value
    #expect(terminal.nextEvents() == [.wake])
    #expect(terminal.nextEvents(timeout: .zero) == [])
  }

  @Test("a new size is reported and taken, and a signal to end is an event")
  func signals() throws {
    let pty = try PseudoTerminal(columns: 30, rows: 5)
    let terminal = try openTerminal(pty)
    defer { terminal.restore() }
    try pty.resize(columns: 40, rows: 7)
    kill(getpid(), SIGWINCH)
    #expect(events(1, from: terminal) == [.resize(Size(columns: 40, rows: 7))])
    #expect(terminal.size == Size(columns: 40, rows: 7))
    kill(getpid(), SIGTERM)
    #expect(events(1, from: terminal) == [.terminate(signal: SIGTERM)])
  }

  @Test("lending gives the terminal back for a while, and forgets the other's interrupts")
  func lends() throws {
    let pty = try PseudoTerminal(columns: 30, rows: 5)
    let terminal = try openTerminal(pty)
    defer { terminal.restore() }
    let wasCooked = terminal.lend {
      raise(SIGINT)
      return pty.isCooked
    }
    #expect(wasCooked)
    #expect(!pty.isCooked)
    #expect(terminal.nextEvents(timeout: .zero) == [])
  }

  @Test("a copy outside of tmux goes to the terminal as OSC 52, if it is not too long")
  func copies() throws {
    let pty = try PseudoTerminal(columns: 30, rows: 5)
    let terminal = try openTerminal(pty)
    defer { terminal.restore() }
    _ = pty.sent()
    #expect(terminal.copy("día") == .escapeSequence)
    #expect(pty.sent() == "\u{1B}]52;c;ZMOtYQ==\u{7}")
    let tooLong = terminal.copy(String(repeating: "x", count: 74_001))
    #expect(tooLong == .tooLong(limit: 74_000))
    #expect("\(tooLong)" == "not copied: longer than the 74000 bytes terminals accept")
    #expect(pty.sent() == "")
  }

  @Test("the window's title is set, sanitized, and put back at the end; not where there is none")
  func titles() throws {
    let pty = try PseudoTerminal(columns: 30, rows: 5)
    let terminal = try openTerminal(pty)
    _ = pty.sent()
    terminal.title = "run 3\u{1B}"
    #expect(pty.sent() == "\u{1B}[22;2t\u{1B}]2;run 3^[\u{7}")
    terminal.title = "run 3\u{1B}"
    #expect(pty.sent() == "")
    terminal.title = "run 4"
    #expect(pty.sent() == "\u{1B}]2;run 4\u{7}")
    terminal.restore()
    #expect(pty.sent().contains("\u{1B}[23;2t"))
    var plain = environment
    plain["TERM"] = "vt220"
    let other = try PseudoTerminal(columns: 30, rows: 5)
    let old = try Terminal(input: other.near, output: other.near, environment: plain)
    _ = other.sent()
    old.title = "run 4"
    #expect(other.sent() == "")
    old.restore()
    #expect(!other.sent().contains("23;2t"))
  }

  @Test("what cannot be a screen is refused, and left as it was")
  func refuses() throws {
    let pty = try PseudoTerminal(columns: 30, rows: 5)
    let file = open("/dev/null", O_RDWR)
    defer { close(file) }
    #expect(throws: TerminalError.notATerminal(.standardInput)) {
      try Terminal(input: file, output: pty.near, environment: environment)
    }
    #expect(throws: TerminalError.notATerminal(.standardOutput)) {
      try Terminal(input: pty.near, output: file, environment: environment)
    }
    #expect(throws: TerminalError.unnamedType) {
      try Terminal(input: pty.near, output: pty.near, environment: [:])
    }
    #expect(throws: TerminalError.unknownType("vt9999")) {
      try Terminal(input: pty.near, output: pty.near, environment: ["TERM": "vt9999"])
    }
    #expect(throws: TerminalError.cannotAddressCursor("dumb")) {
      try Terminal(input: pty.near, output: pty.near, environment: ["TERM": "dumb"])
    }
    #expect(pty.isCooked)
    #expect(pty.sent() == "")
  }
}
