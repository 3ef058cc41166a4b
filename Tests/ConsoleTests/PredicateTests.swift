import Cells
import Console
import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite("The predicate screen")
struct PredicateTests {
  @Test("the list begins at the first selected partition, and explains it without a key")
  func first() async throws {
    var session = try await Session(World.story())
    session.press("5")
    #expect(session.cursorRow.contains("month=1/day=5"))
    #expect(session.cursorRow.contains("✓ selected"))
    #expect(session.text.contains("month=1/day=5 is selected: "))
    #expect(session.text.contains("Pending: flights: 1 rewritten"))
    #expect(session.text.contains("Selects 18 of 34 partitions, 17 files, "))
    #expect(session.text.contains(", without 1 held."))
  }

  @Test("why a partition is not selected is found in four keys after opening the screen")
  func why() async throws {
    var session = try await Session(World.story())
    session.press("5")
    session.press("/", "8", "Enter")
    #expect(session.cursorRow.contains("month=1/day=8"))
    #expect(session.cursorRow.contains("· not"))
    #expect(session.text.contains("month=1/day=8 is not selected: "))
    #expect(session.text.contains("since day is 8"))
    #expect(
      session.text.contains(
        "Not pending: every input is as it was consumed; built by run 1, 848 rows"))
  }

  @Test("a held partition says why it is not selected")
  func held() async throws {
    var session = try await Session(World.story())
    session.press("5", "G")
    #expect(session.cursorRow.contains("month=2/day=3"))
    #expect(session.text.contains("Held: flights file month=2/day=3/part-0.parquet is 100 s"))
  }

  @Test("v goes through the dialects; one that cannot say it says why")
  func dialects() async throws {
    var session = try await Session(World.story())
    session.press("5", "Y")
    #expect(session.text.contains("plain  532 characters"))
    session.press("Y")
    #expect(session.text.contains("spark  "))
    session.press("Y")
    #expect(session.text.contains("glue  "))
    session.press("Y")
    #expect(session.text.contains("duckdb  "))
    session.press("Y")
    #expect(session.text.contains("compact  "))
    session.press("e", "Ctrl-U")
    session.type("month IS NULL")
    session.press("Enter", "Y", "Y", "Y", "Y")
    #expect(session.text.contains("An expression of Glue's GetPartitions cannot say"))
    session.press("y")
    #expect(session.text.contains("Copy: nothing is selected."))
  }

  @Test("a long text scrolls, and follows what decides")
  func scroll() async throws {
    var session = try await Session(World.story())
    session.press("5", "Y")
    #expect(session.text.contains("from line 1 of 8; { } scroll"))
    session.press("}", "}")
    #expect(session.text.contains("from line 3 of 8"))
    session.press("{")
    #expect(session.text.contains("from line 2 of 8"))
    session.press("}", "}", "}", "}", "}", "}", "}")
    #expect(session.text.contains("from line 5 of 8"))
  }

  @Test("the words of the verdict filter, and so do predicates")
  func filters() async throws {
    var session = try await Session(World.story())
    session.press("5", "/")
    session.type("!selected")
    #expect(session.text.contains("of 16") || !session.text.contains("✓ selected"))
    session.press("Ctrl-U")
    session.type("where day in (5, 6)")
    #expect(session.text.contains("month=1/day=5"))
    #expect(session.text.contains("month=1/day=6"))
    #expect(!session.text.contains("month=1/day=7"))
    session.press("Ctrl-U")
    session.type("where dy = 5")
    #expect(session.text.contains("Did you mean `day`?"))
    #expect(session.text.contains("^^"))
    session.press("Esc")
    #expect(session.text.contains("month=1/day=7"))
  }

  @Test("a predicate filters the other lists over their own keys, with the mistake shown live")
  func otherLists() async throws {
    var session = try await Session(World.story())
    session.send(.savedPredicates(["late": "day BETWEEN 12 AND 14"]))
    session.press("4", "/")
    session.type("where day > 30 or month = 2")
    #expect(session.text.contains("month=1/day=31"))
    #expect(session.text.contains("month=2/day=1"))
    #expect(!session.text.contains("month=1/day=12"))
    session.press("Ctrl-U")
    session.type("@lat")
    #expect(session.text.contains("No predicate is saved as \"lat\". Saved are: late."))
    session.type("e")
    #expect(session.text.contains("month=1/day=13"))
    #expect(!session.text.contains("month=1/day=21"))
    session.press("Enter", "2", "Enter", "/")
    session.type("@late")
    #expect(session.text.contains("month=1/day=14"))
    #expect(!session.text.contains("month=1/day=11 "))
    session.press("Ctrl-U")
    session.type("where day = = 1")
    #expect(session.text.contains("^"))
  }

  @Test("current_date in a filter is the UTC day of the load")
  func today() async throws {
    var session = try await Session(World.story())
    session.press("4", "/")
    session.type("where day = day(current_date) / 1")
    #expect(session.text.contains("^"))
    session.press("Ctrl-U")
    session.type("where month = month(current_date()) and day < day(current_date)")
    #expect(session.text.contains("month=2/day=1"))
    #expect(!session.text.contains("month=1/day=5"))
  }

  @Test("the table of clauses counts, marks what is odd, and leads to what a clause decides")
  func clauses() async throws {
    var session = try await Session(World.story(), size: Size(columns: 100, rows: 30))
    session.press("5", "e", "Ctrl-U")
    session.type("day = 5 OR month = 'x'")
    session.press("Enter", "t")
    #expect(session.text.contains("Reached"))
    #expect(session.cursorRow.contains("day = 5 OR month = 'x'"))
    session.press("j", "j")
    #expect(session.cursorRow.contains("month = 'x'"))
    #expect(session.cursorRow.contains("!"))
    #expect(session.text.contains("! "))
    session.press("k", "Enter")
    #expect(session.text.contains("only what clause 2 decides"))
    #expect(session.text.contains("month=1/day=5"))
    #expect(!session.text.contains("month=1/day=6"))
    session.press("Esc")
    #expect(session.text.contains("Reached"))
    #expect(session.cursorRow.contains("day = 5"))
    session.press("Esc")
    #expect(session.text.contains("month=1/day=6"))
    session.press("t", "t")
    #expect(session.text.contains("Decided by"))
  }

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

  @Test("the selection survives a refresh by identity")
  func selectionSurvives() async throws {
    let world = World.story()
    var session = try await Session(world)
    session.press("5", "G", "k", "k")
    #expect(session.cursorRow.contains("month=2/day=1"))
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.cursorRow.contains("month=2/day=1"))
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

  @Test("where without a predicate asks for one", arguments: ["where", "where ", "WHERE  "])
  func beginning(_ text: String) async throws {
    var session = try await Session(World.story())
    for screen in ["4", "5"] {
      session.press(screen, "/")
      session.type(text)
      #expect(session.text.contains("Write a predicate after where."))
      #expect(!session.text.contains("fits"))
      session.press("Esc")
      #expect(!session.text.contains("Write a predicate"))
    }
  }

  @Test("a long mistake of a filter is wrapped, its excerpt is not")
  func wrappedMistake() async throws {
    var session = try await Session(World.story(), size: Size(columns: 60, rows: 20))
    session.press("4", "/")
    session.type("@a-name-that-nobody-has-ever-saved-in-any-workspace")
    let message = session.text.split(separator: "\n").dropFirst(4).prefix(3)
    #expect(message.joined(separator: " ").hasSuffix("-any-workspace\". None is saved."))
    session.press("Ctrl-U")
    session.type("where  mnth = 1 and 'a text that makes the line as long as sixty' = 'x'")
    let lines = session.text.split(separator: "\n", omittingEmptySubsequences: false)
    let caret = try #require(lines.firstIndex { $0.contains("^^^^") })
    let place = try #require(lines[caret].firstIndex(of: "^"))
    let column = lines[caret].distance(from: lines[caret].startIndex, to: place)
    #expect(lines[caret - 1].dropFirst(column).hasPrefix("mnth"))
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
    #expect(
      session.text.contains(
        "2 partitions: 1 new, 1 overwritten, 0 removed, only those where day IN"))
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

  @Test("clicks select partitions, and a second click opens the debugger")
  func mouse() async throws {
    var session = try await Session(World.story())
    session.press("5")
    let row = try #require(session.frame.cursor?.row)
    session.click(column: 3, row: row + 1)
    #expect(!session.cursorRow.contains("day=5 "))
    session.send(
      .input(.mouse(MouseEvent(action: .doublePress, position: Position(column: 3, row: row + 1)))))
    #expect(session.text.contains("Debugging "))
  }

  @Test("with 20,000 partitions a key builds nothing anew")
  func large() async throws {
    func cost(_ count: Int) async throws -> Duration {
      var session = try await Session(World.large(count))
      session.press("5")
      return processorTime {
        for _ in 0..<40 {
          session.press("PageDown")
          _ = session.frame
        }
      }
    }
    let small = try await cost(200)
    let large = try await cost(20_000)
    #expect(large < small * 8, "\(large) against \(small)")
  }
}
