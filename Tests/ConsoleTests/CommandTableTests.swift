import Cells
import Foundation
import Testing

@testable import Console

@Suite("The command table")
struct CommandTableTests {
  @Test("every command is in the table, once")
  func complete() {
    let ids = CommandTable.all.map(\.id)
    #expect(Set(ids) == Set(Command.ID.allCases))
    #expect(ids.count == Set(ids).count)
  }

  @Test("no key means two things on one screen", arguments: Screen.allCases)
  func unambiguous(_ screen: Screen) {
    let keys = CommandTable.all.filter { $0.screens.contains(screen) }.flatMap(\.keys)
    #expect(keys.count == Set(keys).count)
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
        .execute, .cancel, .savePredicate, .quit, .skip, .setToNow, .release, .moveBookmark, .undo,
        .publishStaged, .discardStaged, .collectGarbage,
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

  @Test("help shows the keys of the screen and why a command cannot be done now")
  func help() async throws {
    var session = try await Session(World.story(), size: Size(columns: 120, rows: 60))
    session.press("4", "?")
    #expect(session.text.contains("Keys of Pending"))
    #expect(
      session.text.contains("Unmarks all partitions of the job. Not now: no partition is marked."))
    #expect(!session.text.contains("Runs exactly the plan"))
    session.press("?")
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

  @Test("a command that cannot be done now says why and does nothing")
  func disabled() async throws {
    var session = try await Session(World.story(), hasDemo: false)
    session.press("D")
    #expect(session.take() == [])
    #expect(
      session.text.contains("Play the demo's next step: this workspace is not the demo."))
  }
}
