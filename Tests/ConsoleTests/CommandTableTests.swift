import Cells
import Foundation
import Testing
import Wording

@testable import Console

@Suite("The command table")
struct CommandTableTests {
  @Test("every command is in the table, once")
  func complete() {
    let ids = CommandTable.all.map(\.id)
    #expect(Set(ids) == Set(Command.ID.allCases))
    #expect(ids.count == Set(ids).count)
  }

  @Test("a key means one thing on all screens; only the debugger has gdb's s and n")
  func unambiguous() {
    let meanings = Dictionary(
      grouping: CommandTable.all.flatMap { command in command.keys.map { ($0, command) } },
      by: \.0)
    for (key, commands) in meanings where commands.count > 1 {
      #expect([.character("s"), .character("n")].contains(key), "\(key.name)")
      #expect(commands.filter { $0.1.isDebugger }.count == 1, "\(key.name)")
      #expect(commands.count == 2, "\(key.name)")
    }
  }

  @Test("labels are short enough for the cheat sheet's columns")
  func labels() {
    for command in CommandTable.all {
      #expect(command.title.columns <= 24, "\(command.id)")
      #expect(command.keyNames.columns <= 17, "\(command.id)")
    }
  }

  @Test("a key that means nothing on a screen says where it means something")
  func elsewhere() async throws {
    var session = try await Session(World.story(), size: Size(columns: 120, rows: 30))
    session.press("w")
    #expect(
      session.text.contains("w (Why, or why not) works on 2, 4, 6, 7 and 8; ? shows the keys."))
    session.press("x")
    #expect(session.text.contains("x (Run the plan) works on 6; ? shows the keys."))
    session.press("b")
    #expect(session.text.contains("b (Breakpoint) works in the debugger; ? shows the keys."))
    session.press("$")
    #expect(session.text.contains("$ does nothing; ? shows the keys."))
    #expect(session.take() == [])
  }

  @Test("all tabs have their names in 80 columns, the same on all screens", arguments: 1...8)
  func tabs(_ screen: Int) async throws {
    var session = try await Session(World.story())
    session.press("\(screen)")
    let names = "1 Overview 2 Catalog 3 Bookmarks 4 Pending 5 Predicate 6 Plan 7 Run 8 Calendar"
    #expect(session.text.contains(names))
    // The same names where there is more room, and in the help.
    session.send(.input(.resize(Size(columns: 140, rows: 45))))
    for screen in Screen.allCases {
      #expect(session.text.contains(" \(screen.rawValue) \(screen.title)"))
      #expect(names.contains("\(screen.rawValue) \(screen.title)"))
    }
  }

  @Test("the footer begins with what can be done now, and with what the selected row waits for")
  func footer() async throws {
    var session = try await Session(World.control(), hasDemo: false)
    func footer() -> String { session.text.split(separator: "\n").last.map(String.init) ?? "" }
    session.press("3", "j", "j")
    #expect(footer().contains(/U undo +d diff +Space mark/))
    #expect(!footer().contains("publish"))
    session.press("4", "/")
    session.type("undone")
    session.press("Enter")
    #expect(footer().hasPrefix("? help  q back  L release"))
  }

  @Test("every help text is a sentence")
  func sentences() {
    for command in CommandTable.all {
      #expect(command.help.last == ".", "\(command.id)")
      #expect(command.help.first?.isUppercase == true, "\(command.id)")
    }
  }

  @Test("what changes data asks first, and only that and quitting do")
  func danger() {
    let dangerous = CommandTable.all.filter { $0.danger != .none }.map(\.id)
    #expect(
      Set(dangerous) == [
        .execute, .runAll, .cancel, .savePredicate, .quit, .skip, .setToNow, .release,
        .moveBookmark, .undo,
        .publishStaged, .discardStaged, .collectGarbage, .adopt,
      ])
  }

  @Test("docs/keys.md is what the table says")
  func documentation() throws {
    let url = Golden.root.appending(path: "docs/keys.md")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
      try CommandTable.markdown.write(to: url, atomically: true, encoding: .utf8)
      return
    }
    let written = try? String(contentsOf: url, encoding: .utf8)
    #expect(written == CommandTable.markdown, "generate docs/keys.md with RECORD_GOLDENS=1")
  }

  @Test("the debugger's keys are listed for the debugger")
  func debuggerKeys() {
    let lines = CommandTable.markdown.split(separator: "\n")
    for id in ["step", "breakpoint", "watch", "previous-partition"] {
      #expect(lines.contains { $0.contains("| `\(id)` |") && $0.hasSuffix("| debugger |  |") })
    }
    #expect(lines.contains { $0.contains("| `edit` |") && $0.hasSuffix("| predicate |  |") })
  }

  @Test("help is a cheat sheet of the screen's keys, in two columns where there is room")
  func help() async throws {
    var session = try await Session(World.story(), size: Size(columns: 120, rows: 60))
    session.press("4", "?")
    #expect(session.text.contains("Keys of Pending"))
    #expect(session.text.contains(/U +Undo/))
    #expect(session.text.contains(/PageDown, Ctrl-F +Page down/))
    #expect(!session.text.contains("Run the plan"))
    func columns(_ session: Session) -> Int {
      session.text.split(separator: "\n").first { $0.contains("Skip pending changes") }?
        .split(separator: "  ", omittingEmptySubsequences: true).count ?? 0
    }
    let wide = columns(session)
    session.send(.input(.resize(Size(columns: 70, rows: 60))))
    #expect(columns(session) < wide)
    session.press("?")
    #expect(!session.text.contains("Keys of Pending"))
    session.send(.input(.resize(Size(columns: 80, rows: 24))))
    session.press("?", "j")
    #expect(session.text.contains(/2-20 of \d+/))
  }

  @Test("a search in the help shows whole sentences, and why a command cannot be done now")
  func searchedHelp() async throws {
    var session = try await Session(World.story(), size: Size(columns: 120, rows: 60))
    session.press("4", "?", "/")
    session.type("MARK !range")
    #expect(session.text.contains("Search: MARK !range"))
    // Its lines are broken where there is room.
    let words = session.text.split { " │\n".contains($0) }.joined(separator: " ")
    #expect(words.contains("Unmarks all partitions of the job. Not now: no partition is marked."))
    #expect(!session.text.contains("Page down"))
    session.press("Enter", "Esc")
    #expect(session.text.contains("Page down"))
    session.press("/")
    session.type("xyzzy")
    #expect(session.text.contains("No command of this screen has these words."))
    session.press("Esc", "Esc")
    #expect(!session.text.contains("Keys of Pending"))
  }

  @Test("the palette completes a name and does the command on its screen")
  func palette() async throws {
    var session = try await Session(World.story())
    session.press(":")
    session.type("dia")
    session.press("Tab")
    #expect(session.text.contains(": dialect"))
    session.press("Enter")
    #expect(session.model.screen == .predicate)
    #expect(session.text.contains("plain  532 characters"))
  }

  @Test("the palette runs the command whose whole name was typed, not one whose name goes on")
  func exactName() async throws {
    var session = try await Session(World.story())
    session.press(":")
    session.type("cal")
    session.press("Enter")
    #expect(session.model.screen == .calendar)
  }

  @Test("a command that cannot be done now says why and does nothing")
  func disabled() async throws {
    var session = try await Session(World.story(), hasDemo: false)
    session.press("D")
    #expect(session.take() == [])
    #expect(
      session.text.contains("Play the next step: this workspace is not the demo."))
    session = try await Session(World.story(), isReadOnly: true)
    #expect(!session.text.contains("D plays"))
    session.press("D")
    #expect(
      session.text.contains("Play the next step: the console was opened with --read-only."))
  }
}
