import Cells
import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import Console

@Suite("The palette takes what a command asks for, and shows earlier commands again")
struct PaletteTests {
  /// Calls a command by what is typed into the palette.
  private func call(_ text: String, _ session: inout Session) {
    session.press(":")
    session.type(text)
    session.press("Enter")
  }

  /// The text in the palette; nil when it is closed.
  private func line(_ session: Session) -> String? {
    guard case .palette(let palette)? = session.model.dialog else { return nil }
    return palette.field.text
  }

  // MARK: History

  @Test("Up and Down go through the last commands while nothing else is typed")
  func history() async throws {
    var session = try await Session(World.story())
    session.press(":", "Up")
    #expect(line(session) == "")
    session.press("Esc")
    call("dia", &session)
    session.press("4")
    call("sort state", &session)
    #expect(session.text.contains("sorted by state"))
    session.press(":", "Up")
    #expect(line(session) == "sort state")
    session.press("Up")
    #expect(line(session) == "dialect")
    session.press("Up", "Down")
    #expect(line(session) == "sort state")
    session.press("Down")
    #expect(line(session) == "")
    session.press("Down", "Up")
    #expect(line(session) == "", "Up goes back to the first row before it goes to what was")
    session.press("Up", "Up", "Enter")
    #expect(session.model.screen == .predicate)
    #expect(session.model.calls == ["dialect", "sort state", "dialect"])
  }

  @Test("Ctrl-P and Ctrl-N do so always, and lead back to what was typed")
  func typed() async throws {
    var session = try await Session(World.story())
    call("dialect", &session)
    session.press(":")
    session.type("pre")
    session.press("Up")
    #expect(line(session) == "pre")
    session.press("Down", "Ctrl-P")
    #expect(line(session) == "dialect")
    session.press("Ctrl-N", "Ctrl-N")
    #expect(line(session) == "pre")
    session.press("Ctrl-P")
    session.type(" plain")
    session.press("Up")
    #expect(line(session) == "dialect plain", "what was changed is not an earlier command")
  }

  @Test("the last 50 are remembered, a repeated one once")
  func limit() async throws {
    var session = try await Session(World.story())
    session.press("4")
    for number in 0..<60 { call("filter n\(number)", &session) }
    call("filter n59", &session)
    #expect(session.model.calls.count == 50)
    #expect(session.model.calls.first == "filter n10")
    #expect(session.model.calls.last == "filter n59")
  }

  @Test("they are kept for the next console, and a file without them is read")
  func kept() async throws {
    var session = try await Session(World.story())
    let without = try #require(session.model.savedSession.data)
    #expect(!String(decoding: without, as: UTF8.self).contains("calls"))
    #expect(SavedSession(without) != nil)
    session.press("4")
    call("filter day=2", &session)
    let data = try #require(session.model.savedSession.data)
    let saved = try #require(SavedSession(data))
    var after = try await Session(World.story(), restoring: saved)
    after.press(":", "Up")
    #expect(line(after) == "filter day=2")
  }

  // MARK: Arguments

  @Test("a filter and an order are taken at once, by the beginning of the name too")
  func lists() async throws {
    var session = try await Session(World.story())
    session.press("4", ":")
    session.type("filt  day=2 ")
    #expect(session.text.contains(/filter +\/ +Filter/))
    session.press("Enter")
    #expect(session.text.contains("Filter \"day=2\""))
    #expect(!session.model.isFiltering)
    #expect(session.model.calls == ["filter day=2"])
    session.press("3")
    call("sort took descending", &session)
    #expect(
      session.model.rowViews[.runs]?.order == RowOrder(column: "Took", isDescending: true))
    call("sort took", &session)
    #expect(session.model.rowViews[.runs]?.order == RowOrder(column: "Took"))
    call("sort moood", &session)
    #expect(session.text.contains("Sort by: there is no moood."))
    #expect(session.text.contains("Own order"))
  }

  @Test("a predicate marks at once; one with a mistake stays to be corrected")
  func marks() async throws {
    var session = try await Session(World.story())
    call("mark-where day = 5", &session)
    #expect(session.model.screen == .pending)
    #expect(session.model.marks.map(\.path.text) == ["month=1/day=5"])
    call("mark-where dy = 5", &session)
    #expect(session.text.contains("Did you mean `day`?"))
    session.press("Ctrl-U")
    session.type("day = 9")
    session.press("Enter")
    #expect(
      session.model.marks.map(\.path.text).sorted() == ["month=1/day=5", "month=1/day=9"])
  }

  @Test("a note and bounds go into the plan")
  func plan() async throws {
    var session = try await Session(World.story())
    session.press("R")
    session.send(.planned(try await World.story().plan()))
    call("note catching up", &session)
    #expect(session.model.preview.note == "catching up")
    _ = session.take()
    call("bounds three", &session)
    #expect(session.text.contains("Write a number of partitions"))
    session.press("Esc")
    call("bounds 2, newest", &session)
    let bounds = RunBounds(maxPartitions: 2, order: .newestFirst)
    #expect(session.take() == [.plan(job: "flights_weather", RunRequest(bounds: bounds))])
  }

  @Test("a date leads to the calendar, also before that is drawn up")
  func calendar() async throws {
    var session = try await Session(World.story())
    call("calendar 01-05", &session)
    #expect(session.model.screen == .calendar)
    #expect(session.text.contains("Jan 5: stale"), "\(session.text)")
    call("calendar soon", &session)
    #expect(session.text.contains("Write a date: 2013-05-17"))

    session = try await Session(World.story())
    session.holdsComputations = true
    call("calendar 01-05", &session)
    #expect(session.model.awaited != nil)
    session.compute()
    #expect(session.model.awaited == nil)
    #expect(session.text.contains("Jan 5: stale"), "\(session.text)")

    session = try await Session(World.story())
    session.holdsComputations = true
    call("calendar 01-05", &session)
    session.press("j")
    session.compute()
    #expect(session.model.screen == .calendar)
    #expect(!session.text.contains("Jan 5: "), "whoever goes on does not want to be taken back")
  }

  @Test("a predicate is saved and opened by its name, from another screen too")
  func saved() async throws {
    var session = try await Session(World.story())
    call("save-predicate late", &session)
    guard case .savePredicate(name: "late", _, replaces: false)? = session.take().last else {
      Issue.record("nothing was saved")
      return
    }
    session = try await Session(World.story())
    session.send(.savedPredicates(["late": "day = 2"]))
    call("open-predicate late", &session)
    #expect(session.text.contains("Opened late."))
    call("open-predicate nobody", &session)
    #expect(session.text.contains("Open a saved predicate: there is no nobody."))
  }

  @Test("the debugger takes breakpoints for partitions and watches")
  func debugger() async throws {
    var session = try await Session(World.story())
    session.press("5", "/")
    session.type("day=8")
    session.press("Enter", "g", "Enter")
    call("breakpoint-where day = 8", &session)
    #expect(session.model.predicate.debugger?.session.breakpoints.count == 1)
    call("watch day IN (8, 9)", &session)
    #expect(session.model.predicate.debugger?.session.watches.count == 1)
  }

  @Test("other commands say that they take none, and do nothing")
  func refused() async throws {
    var session = try await Session(World.story())
    session.press(":")
    session.type("refresh now")
    #expect(session.text.contains("Refresh: takes no argument"))
    session.press("Enter")
    #expect(session.text.contains("refresh takes no argument."))
    #expect(session.take() == [])
    #expect(session.model.calls == [])
    #expect(line(session) == "refresh now")
    session.press("Backspace", "Backspace", "Backspace", "Enter")
    #expect(session.take() == [.load])
  }

  @Test("a command is still found by the words of its title, and Tab completes the name only")
  func titles() async throws {
    var session = try await Session(World.story())
    session.press("4")
    call("mark by a", &session)
    #expect(session.model.calls == ["mark-where"])
    session.press("Esc", ":")
    session.type("filt day=2")
    session.press("Tab")
    #expect(line(session) == "filter day=2")
  }

  @Test("its last line says how earlier commands are recalled", arguments: [60, 80])
  func recall(_ columns: Int) async throws {
    var session = try await Session(World.story(), size: Size(columns: columns, rows: 24))
    session.press(":")
    #expect(session.text.contains("Up recalls earlier ones, Esc closes"), "\(session.text)")
  }
}
