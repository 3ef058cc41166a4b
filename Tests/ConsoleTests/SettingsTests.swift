import Cells
import Foundation
import Testing

@testable import Console

@Suite("What the operator wants otherwise")
struct SettingsTests {
  private func session(
    _ world: World = World.story(), _ change: (inout ConsoleSettings) -> Void
  ) async throws -> Session {
    var settings = ConsoleSettings()
    change(&settings)
    var session = Session(size: Size(columns: 150, rows: 60), settings: settings)
    session.send(.loaded(try await world.statuses(), at: World.now))
    return session
  }

  @Test("another key starts the command; footer, help, palette and refusals name it")
  func keys() async throws {
    var session = try await session { $0.keys = [.refresh: [.function(9)], .filter: [.alt("f")]] }
    session.press("r")
    #expect(session.text.contains("r does nothing; ? shows the keys."))
    _ = session.take()
    session.press("F9")
    #expect(session.take() == [.load])
    session.send(.loaded(try await World.story().statuses(), at: World.now))
    #expect(session.text.contains("F9 refresh"))
    session.press("?")
    #expect(session.text.contains(/F9 +Refresh/))
    session.press("Esc", ":")
    session.type("refr")
    #expect(session.text.contains("refresh         F9"))
    session.press("Esc", "4", "Alt-f")
    #expect(session.model.isFiltering)
  }

  @Test("a second click opens the row, whatever the key is")
  func click() async throws {
    var session = try await session { $0.keys = [.open: [.function(2)]] }
    session.press("4", "F2")
    let opened = session.model.pending.rows.count
    session.press("F2")
    let area = session.model.listArea(on: .pending)
    session.send(
      .input(
        .mouse(MouseEvent(action: .doublePress, position: area.origin, count: 1))))
    #expect(session.model.pending.rows.count == opened)
  }

  @Test("repaint with another key works in dialogs too, unless it is a character")
  func repaint() async throws {
    var session = try await session { $0.keys = [.repaint: [.function(7), .character("$")]] }
    session.press(":")
    _ = session.take()
    session.press("F7")
    #expect(session.take() == [.repaint])
    session.type("$")
    #expect(session.take() == [])
    #expect(session.text.contains(": $"))
  }

  @Test("keys that collide are found, in the debugger too; the debugger's own s and n do not")
  func conflicts() {
    func problem(_ keys: [Command.ID: [Key]], _ command: Command.ID)
      -> ConsoleSettings.KeyProblem?
    {
      var settings = ConsoleSettings()
      settings.keys = keys
      return settings.problem(of: command)
    }
    #expect(problem([:], .refresh) == nil)
    #expect(
      problem([.refresh: [.character("x")]], .refresh)
        == .conflict(.character("x"), with: .execute))
    #expect(
      problem([.refresh: [.character("x")], .execute: [.character("r")]], .refresh) == nil)
    // gdb's keys may be those of lists, but not of what the debugger offers too.
    #expect(problem([.step: [.character("/")]], .step) == nil)
    #expect(
      problem([.step: [.character("q")]], .step) == .conflict(.character("q"), with: .leave))
    #expect(
      problem([.refresh: [.character("c")]], .refresh)
        == .conflict(.character("c"), with: .resume))
    #expect(problem([.refresh: [.character("0")]], .refresh) == .reserved(.character("0")))
    #expect(problem([.quit: []], .quit) == .needed)
    #expect(problem([.refresh: []], .refresh) == nil)
    for command in CommandTable.all {
      #expect(problem([command.id: command.keys], command.id) == nil, "\(command.id)")
    }
  }

  @Test(
    "a theme and the order of lists are there from the beginning, and after a change of the job")
  func orders() async throws {
    var session = try await session { settings in
      settings.theme = .light
      settings.orders = [.pending: RowOrder(column: "State", isDescending: true)]
    }
    #expect(session.model.appearance.theme == .light)
    session.press("4")
    #expect(session.text.contains("sorted by state, descending"))
    session.press("]")
    #expect(session.text.contains("sorted by state, descending"))
    session.press("2", "Enter")
    #expect(!session.text.contains("sorted by"))
  }

  @Test("every list has the columns that settings can name")
  func columns() async throws {
    var session = try await Session(World.control(), size: Size(columns: 120, rows: 40))
    var seen: Set<RowList> = []
    func check(_ session: Session) {
      guard let list = session.model.component.rowList(session.model),
        let source = session.model.component.rowSource(session.model)
      else { return }
      seen.insert(list)
      let titles = source.columns.map(\.title)
      #expect(Set(titles).isSubset(of: list.columns), "\(list)")
      if list != .tablePartitions { #expect(titles == list.columns, "\(list)") }
    }
    for screen in 1...7 {
      session.press("\(screen)")
      check(session)
    }
    session.press("2", "Enter")
    check(session)
    session.press("Enter")
    check(session)
    #expect(seen.isSuperset(of: [.jobs, .tables, .tablePartitions, .files, .runs, .pending]))
  }

  @Test("a refresh that is due lists anew, but not during a load")
  func refresh() async throws {
    var session = try await session { $0.refreshInterval = .seconds(60) }
    _ = session.take()
    session.send(.refreshDue)
    #expect(session.take() == [.load])
    session.send(.refreshDue)
    #expect(session.take() == [])
    session.send(.loaded(try await World.story().statuses(), at: World.now))
    #expect(session.take() == [])
  }

  @Test("quitting can ask always, and a run can always want the job's name")
  func confirmations() async throws {
    var session = try await session {
      $0.confirmations = [.quit: .always, .execute: .name]
    }
    _ = session.take()
    session.press("Q")
    #expect(session.take() == [])
    #expect(session.text.contains("Nothing is in progress."))
    session.press("n", "Q", "y")
    #expect(session.take() == [.quit])
  }
}
