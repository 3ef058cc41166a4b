import Cells
import Console
import Foundation
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("Runs that were undone")
struct UndoneRunTests {
  @Test("the list names what was undone, and a line below it says by which run")
  func list() async throws {
    var session = try await Session(World.control(), size: Size(columns: 80, rows: 30))
    session.press("3")
    #expect(session.text.contains("6 undo    succeeded"))
    #expect(session.text.contains("Run 6: undid run 4, \"the weather of the 12th was wrong\""))
    session.press("j", "j")
    #expect(session.cursorRow.contains("4 run     undone"))
    #expect(session.text.contains("Run 4: undone by run 6"))
    session.send(.input(.resize(Size(columns: 140, rows: 30))))
    #expect(session.cursorRow.contains("4 run     undone"))
    #expect(!session.text.contains("Run 4: undone"))
  }

  @Test("the bookmarks have no counters beside them that look like runs")
  func counters() async throws {
    var session = try await Session(World.control())
    session.press("3")
    #expect(!session.text.contains("attempt 1"))
  }

  @Test("the overview says of what kind the last run was")
  func overview() async throws {
    #expect(try await Session(World.control()).text.contains("6 undo succeeded"))
  }

  @Test("what an undone undo had undone counts again")
  func undoneUndo() {
    func record(_ id: RunID, undoes earlier: RunID?, _ state: RunState = .succeeded) -> RunRecord {
      World.record(id, "j", kind: .undo, state: state, committed: 1, undoes: earlier)
    }
    let first = record(6, undoes: 4)
    #expect([first].undone == [4: 6])
    #expect([record(7, undoes: 6), first].undone == [6: 7])
    #expect([record(7, undoes: 6, .failed), first].undone == [4: 6])
    #expect(first.whatItDid == "undid run 4")
  }
}
