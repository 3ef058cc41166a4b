import Cells
import Foundation
import Operations
import Reports
import Testing

@testable import Console

@Suite("Keys of dialogs, reports and text fields")
struct DialogKeyTests {
  private func session(_ keys: [DialogAction: [Key]]) async throws -> Session {
    var settings = ConsoleSettings()
    settings.dialogKeys = keys
    return try await Session(World.story(), settings: settings)
  }

  private func problem(
    _ keys: [DialogAction: [Key]], _ action: DialogAction, commands: [Command.ID: [Key]] = [:]
  ) -> ConsoleSettings.DialogKeyProblem? {
    var settings = ConsoleSettings()
    settings.dialogKeys = keys
    settings.keys = commands
    return settings.problem(of: action)
  }

  @Test("each means what the table says, wherever it says so", arguments: DialogAction.allCases)
  func table(_ action: DialogAction) {
    #expect(DialogKeys().conflict(of: action) == nil)
    #expect(problem([action: action.keys], action) == nil)
    for context in action.contexts {
      for key in action.keys {
        let meaning = DialogKeys().meaning(of: key, in: context)
        if context == .field, case .character = key {
          #expect(meaning == key)
        } else {
          #expect(meaning == action.keys.first, "\(key.name) in \(context)")
        }
      }
    }
  }

  @Test("another key does it, the old one nothing, and the hints name the new one")
  func changed() async throws {
    var session = try await session([
      .close: [.function(10)], .clear: [.control("x")], .accept: [.function(2), .enter],
      .copy: [.character("c")],
    ])
    session.press(":")
    session.type("the")
    #expect(session.text.contains("F2 runs, Up recalls earlier ones, F10 closes"))
    session.press("Esc", "Ctrl-U")
    #expect(session.text.contains(": the"))
    session.press("Ctrl-X")
    session.type("help")
    session.press("F2")
    #expect(session.text.contains("Keys of Overview"))
    session.press("q", "Esc")
    #expect(session.text.contains("Keys of Overview"))
    session.press("F10")
    #expect(!session.text.contains("Keys of Overview"))
    session.press("p")
    session.send(.reported(.init(title: "The bookmark"), for: .bookmarks))
    _ = session.take()
    session.press("y")
    #expect(session.take() == [])
    session.press("c")
    #expect(session.take() == [.copy("The bookmark\n")])
    #expect(session.text.contains("F10 back"))
  }

  @Test("in a text field a character is text, whatever it does elsewhere")
  func text() async throws {
    var session = try await session([.down: [.character("e"), .function(3)]])
    session.press("4", "/")
    session.type("stale")
    #expect(session.text.contains("Filter: stale"))
    session.press("F3")
    #expect(session.text.contains("Filter: stale"))
  }

  @Test("what collides in one place, is taken by a command, or leaves no way on is found")
  func problems() {
    #expect(
      problem([.copy: [.character("n")]], .copy)
        == .conflict(.character("n"), with: .nextMatch))
    // The two are never in the same place.
    #expect(problem([.copy: [.character("h")]], .copy) == nil)
    #expect(
      problem([.copy: [.character("n")], .nextMatch: [.character("y")]], .copy) == nil)
    #expect(problem([.clear: [.character("x")]], .clear) == .text)
    #expect(problem([.close: [.character("x")]], .close) == .text)
    #expect(problem([.close: []], .close) == .needed)
    #expect(problem([.copy: []], .copy) == nil)
    #expect(
      problem([.clear: [.control("l")]], .clear) == .command(.control("l"), .repaint))
    #expect(
      problem([.clear: [.control("l")]], .clear, commands: [.repaint: [.function(7)]]) == nil)
  }

  @Test("the mouse is the console's or the terminal's, by the settings and by a command")
  func mouse() async throws {
    var settings = ConsoleSettings()
    settings.usesMouse = false
    var session = try await Session(World.story(), settings: settings)
    #expect(!session.model.usesMouse)
    session.press("Alt-m")
    #expect(session.model.usesMouse)
    #expect(session.text.contains("The console takes the mouse; Shift selects text."))
    session.press("Alt-m")
    #expect(!session.model.usesMouse)
    #expect(session.text.contains("The mouse is the terminal's: it selects text."))
    #expect(try await Session(World.story()).model.usesMouse)
  }
}
