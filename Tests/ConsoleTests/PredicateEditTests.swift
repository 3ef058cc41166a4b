import Cells
import Console
import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite("The text of the predicate screen: edited, saved and run")
struct PredicateEditTests {
  @Test("an edit is checked as it is typed, with a caret under the mistake")
  func edit() async throws {
    var session = try await Session(World.story())
    session.press("5", "l", "e")
    session.type(" OR mnth = 1")
    #expect(session.text.contains("Did you mean `month`?"))
    let lines = session.text.split(separator: "\n", omittingEmptySubsequences: false)
    let caret = try #require(lines.firstIndex { $0.contains("^^^^") })
    let place = try #require(lines[caret].firstIndex(of: "^"))
    let column = lines[caret].distance(from: lines[caret].startIndex, to: place)
    #expect(lines[caret - 1].dropFirst(column).hasPrefix("mnth"))
    session.press("Enter")
    #expect(session.text.contains("The predicate has a mistake: correct it"))
    for _ in 0..<8 { session.press("Backspace") }
    #expect(!session.text.contains("The predicate has a mistake: correct it"))
    session.type("month = 1 AND day < 3")
    #expect(session.text.contains("Gained 2: month=1/day=1, month=1/day=2"))
    #expect(session.text.contains("Lost 0"))
    session.press("Enter")
    #expect(session.text.contains("Edited: selects 20 of 34 partitions"))
    #expect(session.text.contains("; 2 gained, 0 lost."))
    session.press("g")
    #expect(session.cursorRow.contains("gained"))
    session.press("Z")
    #expect(session.text.contains("Selects 18 of 34"))
    session.press("Z")
    #expect(session.text.contains("it is the generated predicate already"))
  }

  @Test("Esc drops an edit, and an unchanged text stays the generated predicate")
  func dropEdit() async throws {
    var session = try await Session(World.story())
    session.press("5", "e", "Ctrl-U")
    session.type("TRUE")
    #expect(session.text.contains("selects 34 of 34"))
    session.press("Esc")
    #expect(session.text.contains("Selects 18 of 34"))
    session.press("e", "Enter")
    #expect(session.text.contains("Nothing changed"))
    #expect(session.text.contains("Selects 18 of 34"))
  }

  @Test("what is said about a mistake goes when the text is dropped")
  func dropped() async throws {
    var session = try await Session(World.story())
    session.press("5", "l", "e")
    session.type(" OR mnth = 1")
    session.press("Enter")
    #expect(session.text.contains("The predicate has a mistake: correct it"))
    session.press("Esc")
    #expect(!session.text.contains("The predicate has a mistake"))
  }

  @Test("the editor's keys are text, except what moves in text and list")
  func editorKeys() async throws {
    var session = try await Session(World.story())
    session.press("5", "e", "Ctrl-U")
    session.type("dayR = q6")
    session.press("Home", "Delete", "Delete", "Delete", "Delete", "End", "Backspace", "Backspace")
    session.type("5")
    session.press("Home")
    session.type("day")
    #expect(session.text.contains("day = 5"))
    #expect(session.model.screen == .predicate)
    #expect(session.take() == [])
    session.press("Right", "Left", "Ctrl-W", "Tab", "F5", "Down", "PageDown")
    #expect(session.model.screen == .predicate)
    session.send(.input(.paste("day\r\n< 3 AND day")))
    #expect(session.text.contains("< 3 AND day = 5"))
  }

  @Test("an edit survives a refresh and a change of the input and the job")
  func editSurvives() async throws {
    let world = World.story()
    var session = try await Session(world)
    session.press("5", "e", "Ctrl-U")
    session.type("day = 1")
    session.press("Enter")
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.text.contains("Edited: selects 2 of 34"))
    session.press("l")
    #expect(session.text.contains("Selects 18 of 34"))
    session.press("h", "]", "[")
    #expect(session.text.contains("Edited: selects 2 of 34"))
  }

  @Test("W saves under a name, and o opens what is saved")
  func save() async throws {
    var session = try await Session(World.story())
    session.press("5", "o")
    #expect(session.text.contains("no predicate is saved; W saves one"))
    session.press("e", "Ctrl-U")
    session.type("day = 1")
    session.press("Enter", "W")
    session.type("first day")
    #expect(session.text.contains("A name is made of letters, digits, _ and -."))
    session.press("Enter")
    #expect(session.take() == [])
    session.press("Ctrl-U")
    session.type("first-day")
    session.press("Enter")
    #expect(session.take() == [.savePredicate(name: "first-day", text: "day = 1", replaces: false)])
    session.send(.predicateSaved(name: "first-day", text: "day = 1"))
    #expect(session.text.contains("a filter can name it: @first-day."))
    #expect(session.text.contains("edited, saved as first-day"))
    session.press("Z", "o")
    #expect(session.text.contains("first-day day = 1"))
    session.press("Enter")
    #expect(session.text.contains("Edited: selects 2 of 34"))
    session.send(.savedPredicates(["first-day": "day = 2", "other": "hour = 1"]))
    #expect(!session.text.contains("saved as first-day"))
    session.press("o", "j", "Enter")
    #expect(session.text.contains("other does not fit the keys of flights."))
    #expect(session.text.contains("^^^^"))
    session.send(.predicateFailed("The folder /w/predicates cannot be written."))
    #expect(session.text.contains("The folder /w/predicates cannot be written."))
  }

  @Test("a saved predicate is replaced only after a question, whose safe answer has the focus")
  func replace() async throws {
    var session = try await Session(World.story())
    session.send(.savedPredicates(["late": "day = 2"]))
    session.press("5", "W")
    session.type("late")
    session.press("Enter")
    #expect(session.text.contains("There is a saved predicate late already. Replace it?"))
    #expect(session.cursorRow.contains("[ Keep it ]"))
    session.press("Enter")
    #expect(!session.text.contains("Replace it?"))
    #expect(session.take() == [])
    session.press("W")
    session.type("late")
    session.press("Enter", "Left", "Enter")
    guard case .savePredicate(name: "late", let text, replaces: true)? = session.take().last else {
      Issue.record("nothing was saved")
      return
    }
    #expect(text.hasPrefix("(month = 1 AND "))
  }

  @Test("a saved predicate that cannot be read hides no other, and the reason is shown")
  func unreadable() async throws {
    var session = try await Session(World.story())
    let reason = "/w/predicates/bad.sql cannot be read: it is not UTF-8."
    session.send(.savedPredicates([:], failures: [reason]))
    #expect(session.text.contains(reason))
    session.press("5")
    #expect(!session.text.contains(reason))
    session.press("o")
    #expect(session.text.contains("Open a saved predicate: \(reason)"))
    session.press("/")
    session.type("@bad")
    #expect(session.text.contains(reason))
    #expect(!session.text.contains("None is saved"))
    session.press("Esc")
    session.send(.savedPredicates(["late": "day = 2"], failures: [reason]))
    session.press("o")
    #expect(session.text.contains("late day = 2"))
    #expect(session.text.contains(reason))
    session.press("Esc")
    session.send(.savedPredicates(["late": "day = 2"]))
    session.press("/")
    session.type("@bad")
    #expect(session.text.contains("Saved are: late."))
    #expect(!session.text.contains(reason))
  }

  @Test("Ctrl-C closes the editor and the filter, and ends nothing")
  func controlC() async throws {
    var session = try await Session(World.story())
    session.press("5", "e")
    session.type(" OR day = 1")
    session.press("Ctrl-C")
    #expect(session.text.contains("Selects 18 of 34"))
    session.press("/")
    session.type("day=8")
    session.press("Ctrl-C")
    #expect(session.text.contains("month=1/day=7"))
    #expect(!session.text.contains("Filter: "))
    session.press("W")
    session.type("late")
    session.press("Ctrl-C")
    #expect(!session.text.contains("Save the predicate"))
    #expect(session.take() == [])
    session.press("Ctrl-C")
    #expect(session.take() == [.quit])
  }

  @Test("the summary says that a text is edited only when it is another one")
  func unchanged() async throws {
    var session = try await Session(World.story())
    session.press("5", "e")
    #expect(session.text.contains("Edit: selects 18 of 34 partitions, 17 files, 363 kB."))
    session.type(" ")
    #expect(session.text.contains("; 0 gained, 0 lost."))
    session.press("Backspace")
    #expect(session.text.contains("Edit: selects"))
  }

  @Test("R with an edited predicate plans and runs only the pending partitions that it selects")
  func run() async throws {
    let world = World.story()
    var session = try await Session(world)
    session.press("5", "e", "Ctrl-U")
    session.type("day IN (1, 5)")
    session.press("Enter", "R", "Enter")
    guard case .plan(job: "flights_weather", let request)? = session.take().last else {
      Issue.record("no plan was asked for")
      return
    }
    let filter = try #require(request.filter)
    #expect(filter.keys == World.dayKeys)
    let planner = Planner(
      storage: world.storage.reader, ledger: world.ledger, schemas: FakeSchemas())
    let plan = try await planner.plan(planner.report(world.jobs[0]), RunRequest(filter: filter))
    session.send(.planned(plan))
    #expect(session.text.contains("2 partitions: 1 new, 1 overwritten, 0 removed"))
    #expect(session.text.contains("\nonly those where day IN (1, 5)"), "\(session.text)")
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(!session.text.contains("r plans again"))
    session.press("x")
    #expect(session.text.contains("Only pending partitions where day IN (1, 5)"))
    session.press("y")
    #expect(
      session.take().last
        == .run(
          job: "flights_weather", RunRequest(filter: filter, expectedPlan: PlanPins(plan))))
  }
}
