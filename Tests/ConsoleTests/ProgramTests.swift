import Cells
import Foundation
import IncrementalJoin
import Operations
@testable import Reports
import Testing

@testable import Console

@Suite("What the operator's own programs and files are given")
struct ProgramTests {
  private let job = "flights_weather"

  @Test("Ctrl-E gives the predicate to the editor, and takes what comes back")
  func predicate() async throws {
    var session = try await Session(World.story())
    session.press("5")
    _ = session.take()
    session.press("Ctrl-E")
    guard case .edit(.predicate(let text, job, 0)) = session.take().first else {
      Issue.record("nothing is edited")
      return
    }
    #expect(text.hasPrefix("(month = 1 AND"))
    session.send(.edited(.predicate("month = 2", job: job, input: 0)))
    #expect(session.text.contains("month = 2"))
    #expect(session.text.contains("R plans only the pending partitions that it selects"))
    #expect(!session.model.isEditing)
    session.send(.unedited)
    #expect(session.text.contains("Nothing was changed in the editor."))
  }

  @Test("what is being edited goes to the editor, and comes back with a mistake to be corrected")
  func mistaken() async throws {
    var session = try await Session(World.story())
    session.press("5", "e", "Ctrl-U")
    session.type("month = 1")
    session.press("Ctrl-E")
    #expect(session.take().contains(.edit(.predicate("month = 1", job: job, input: 0))))
    session.send(.edited(.predicate("month = 1\nAND dy = 2", job: job, input: 0)))
    #expect(session.model.isEditing)
    #expect(session.text.contains("Did you mean `day`?"))
    #expect(session.text.contains("The predicate has a mistake: correct it, or press Esc to drop"))
    session.press("Esc")
    #expect(!session.model.isEditing)
  }

  @Test("an empty text, one that is too long, and one of another input change nothing")
  func refused() async throws {
    var session = try await Session(World.story())
    session.press("5")
    session.send(.edited(.predicate(" \n", job: job, input: 0)))
    #expect(session.text.contains("The text was empty: nothing changed."))
    let long = String(repeating: "x", count: PredicateEditor.limit + 1)
    session.send(.edited(.predicate(long, job: job, input: 0)))
    #expect(session.text.contains("The text was not taken: it has 200001 bytes"))
    session.press("Right")
    session.send(.edited(.predicate("month = 2", job: job, input: 0)))
    #expect(session.text.contains("The edited predicate is of another input, and was not taken."))
    #expect(session.model.editedPredicate == nil)
    #expect(!session.model.isEditing)
  }

  @Test("E edits dovetail.yaml, which is read anew; its mistakes leave everything as it was")
  func definition() async throws {
    var session = try await Session(World.story(), size: Size(columns: 120, rows: 30))
    session.press("E")
    #expect(session.take() == [.edit(.definition)])
    session.send(.edited(.definition))
    #expect(session.take() == [.load])
    session.send(
      .definitionFailed("dovetail.yaml:3:5: unknown key \"tabels\"\n  tabels:\n  ^"))
    #expect(session.text.contains("dovetail.yaml cannot be used; what was read before stays"))
    #expect(session.text.contains("dovetail.yaml:3:5: unknown key"))
    session.press("Esc")
    #expect(session.text.contains("stays in force. E edits it again."))
    // What was read before is listed all the same.
    session.send(.loaded(try await World.story().statuses(), at: World.now))
    #expect(session.text.contains("stays in force. E edits it again."))
    session.press("E")
    session.send(.edited(.definition))
    session.send(.loaded(try await World.story().statuses(), at: World.now))
    _ = session.take()
    // Nothing is under way any more, so the next refresh begins at once.
    session.press("r")
    #expect(session.take() == [.load])
  }

  @Test("r says what is wrong in dovetail.yaml; a refresh that nobody waits for covers nothing")
  func refreshed() async throws {
    let sentence = "dovetail.yaml:3:5: unknown key \"tabels\""
    var session = try await Session(World.story(), size: Size(columns: 120, rows: 30))
    session.press("r")
    #expect(session.take() == [.load])
    session.send(.definitionFailed(sentence))
    #expect(session.text.contains(sentence))
    session.press("Esc")
    session.send(.loaded(try await World.story().statuses(), at: World.now))
    session.send(.refreshDue)
    #expect(session.take() == [.load])
    session.send(.definitionFailed(sentence))
    #expect(!session.text.contains(sentence))
    #expect(session.text.contains("dovetail.yaml cannot be used; what was read before stays"))
  }

  @Test("| gives a report to the pager as it is filtered")
  func pager() async throws {
    var session = try await Session(World.story())
    session.press("a")
    let report = TextReport(title: "Lines", lines: ["one", "two"].map { TextReport.Line($0) })
    session.send(.reported(report, for: .arrivals))
    _ = session.take()
    session.press("|")
    #expect(session.take() == [.page("Lines\none\ntwo\n")])
    session.press("/")
    session.type("tw")
    session.press("Enter", "|")
    #expect(session.take() == [.page("Lines\ntwo\n")])
    session.send(.programFailed("The pager (nope) ended with status 127; is it installed?."))
    #expect(session.text.contains("The pager (nope) ended with status 127"))
    #expect(session.text.hasPrefix(" Lines"))
  }

  @Test("Ctrl-S saves the rows that a list shows, in its order")
  func list() async throws {
    var session = try await Session(World.story(), size: Size(columns: 120, rows: 30))
    session.press("4", "/")
    session.type("stale")
    session.press("Enter", "s", "Enter", "s", "Enter")
    _ = session.take()
    session.press("Ctrl-S")
    #expect(session.text.contains("Save the list as"))
    session.press("j", "Enter")
    guard case .export(let export) = session.take().first else {
      Issue.record("nothing is saved")
      return
    }
    #expect(export.name == "flights-weather-pending")
    #expect(export.format == .json)
    let table = export.table()
    #expect(table.columns == ["Partition", "State", "Sides", "Why"])
    let names = table.rows.map { $0[0].text }
    #expect(!names.isEmpty)
    #expect(names.count == session.model.listCount)
    #expect(names == session.model.shownRows?.map { session.model.page?.paths[$0] })
    #expect(table.rows.allSatisfy { $0[1] == .text("stale") })
    session.send(.exported(path: "/w/.dovetail/exports/x.json"))
    #expect(session.text.contains("Saved as /w/.dovetail/exports/x.json"))
  }

  @Test("numbers are exported as such, with the unit where the list shows them otherwise")
  func units() async throws {
    var session = try await Session(World.control(), size: Size(columns: 120, rows: 30))
    session.press("3", "Ctrl-S", "Enter")
    guard case .export(let export) = session.take().last else {
      Issue.record("nothing is saved")
      return
    }
    let table = export.table()
    #expect(
      table.columns == ["Run", "Kind", "State", "Took (s)", "Done", "Failed", "Rows"])
    #expect(table.rows.first?[0] == .number(6))
    #expect(table.rows.first?[3] == .number(12))
  }

  @Test("Ctrl-S in a report saves the cells of its lines, and leads back to the report")
  func report() async throws {
    var session = try await Session(World.story())
    session.press("a")
    var report = TextReport(title: "Two parts", lines: [TextReport.Line("  A sentence.", .bad)])
    report.add(
      [TextReport.Column("Job"), .number("Rows")],
      [TextReport.Row(["a", "12"]), TextReport.Row(["b, c", "3"])])
    session.send(.reported(report, for: .arrivals))
    _ = session.take()
    session.press("Ctrl-S")
    #expect(session.text.contains("Save the report as"))
    session.press("Esc")
    #expect(session.text.hasPrefix(" Two parts"))
    session.press("Ctrl-S", "Enter")
    #expect(session.text.hasPrefix(" Two parts"))
    guard case .export(let export) = session.take().first else {
      Issue.record("nothing is saved")
      return
    }
    #expect(export.name == "two-parts")
    #expect(export.format == .csv)
    let rows = export.table().rows.map { $0.map(\.text) }
    #expect(export.table().columns == ["Tone", "Cell 1", "Cell 2"])
    #expect(
      rows == [
        ["bad", "A sentence."], ["strong", "Job", "Rows"], ["plain", "a", "12"],
        ["plain", "b, c", "3"],
      ])
    session.send(.exported(path: "/w/.dovetail/exports/x.csv"))
    #expect(session.text.contains("Saved as /w/.dovetail/exports/x.csv"))
    #expect(session.text.hasPrefix(" Two parts"))
  }
}
