import Cells
import Console
import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing

@Suite("Keys, mouse and refreshes")
struct UpdateTests {
  @Test("digits, Tab and clicks switch screens")
  func screens() async throws {
    var session = try await Session(World.story())
    for (key, screen) in zip(
      ["2", "3", "4", "5", "7", "8"],
      [Screen.catalog, .bookmarks, .pending, .predicate, .run, .calendar])
    {
      session.press(key)
      #expect(session.model.screen == screen)
    }
    session.press("Tab")
    #expect(session.model.screen == .overview)
    session.press("Shift-Tab", "Shift-Tab")
    #expect(session.model.screen == .run)
    session.click(column: 30, row: 1)
    #expect(session.model.screen == .bookmarks)
  }

  @Test("q goes back, and quits on the overview")
  func back() async throws {
    var session = try await Session(World.story())
    session.press("2", "Enter", "Enter")
    #expect(session.text.contains("part-0.parquet"))
    session.press("q", "Esc")
    #expect(session.text.contains("5 tables"))
    session.press("q")
    #expect(session.model.screen == .overview)
    session.press("Esc")
    #expect(session.take() == [])
    session.press("q")
    #expect(session.take() == [.quit])
  }

  @Test("going back from a preview leads to the screen that opened it")
  func backFromPreview() async throws {
    var session = try await Session(World.story())
    session.press("5", "R", "Esc")
    #expect(session.model.screen == .predicate)
  }

  @Test("the selection survives a refresh by identity")
  func selectionSurvives() async throws {
    var world = World.story()
    var session = try await Session(world)
    session.press("4", "j", "j", "j", "Enter")
    #expect(session.cursorRow.contains("month=1/day=13"))
    let flights = World.table("flights", minimumAge: .seconds(600))
    let early = World.partition(1, 1)
    world.list(
      flights,
      [
        early: [World.file(early, "correction", size: 5)],
        World.partition(1, 13): [World.file(World.partition(1, 13), "part-0", size: 21_169)],
      ])
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.cursorRow.contains("month=1/day=13"))
    #expect(session.text.contains("weather: 1 added"))
  }

  @Test("the selected row, not only its partition, survives a refresh")
  func rowSurvives() async throws {
    let world = World.story()
    var session = try await Session(world)
    session.press("4", "z", "j", "j", "j")
    #expect(session.cursorRow.contains("rewritten  20.6 kB"))
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.cursorRow.contains("rewritten  20.6 kB"))
  }

  @Test("a refresh says when the plan would now be another one, and only then")
  func planOutOfDate() async throws {
    var world = World.story()
    var session = try await Session(world)
    try await Fixture.openPreview(&session, world)
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(!session.text.contains("r plans again"))
    world.list(World.table("weather"), [:])
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.text.contains("r plans again"))
  }

  @Test("the filter is applied as it is typed, and Esc clears it")
  func filter() async throws {
    var session = try await Session(World.story())
    session.press("4", "/")
    session.type("nowhere")
    #expect(session.text.contains("No partition fits"))
    session.press("Ctrl-U")
    session.type("REMOVED")
    #expect(session.cursorRow.isEmpty == false)
    #expect(session.text.contains("month=1/day=9"))
    #expect(!session.text.contains("month=1/day=12"))
    session.press("Enter")
    #expect(session.text.contains("Filter \"REMOVED\": 1 row, Esc clears it"))
    session.press("Esc")
    #expect(session.text.contains("month=1/day=12"))
    #expect(session.model.screen == .pending)
  }

  @Test("typing into the filter starts no command")
  func filterIsText() async throws {
    var session = try await Session(World.story())
    session.press("4", "/")
    session.type("qRx1:?")
    #expect(session.model.screen == .pending)
    #expect(session.take() == [])
    #expect(session.text.contains("Filter: qRx1:?"))
  }

  @Test("pasted text goes into the open field, and is never a command")
  func paste() async throws {
    var session = try await Session(World.story())
    session.send(.input(.paste("Rq\nx")))
    #expect(session.take() == [])
    #expect(session.model.screen == .overview)
    #expect(session.text.contains("Pasted text was ignored"))
    session.press("4", "/")
    session.send(.input(.paste("day=\n9")))
    #expect(session.text.contains("Filter: day= 9"))
    session.press("Esc", ":")
    session.send(.input(.paste("quit\n")))
    #expect(session.take() == [])
    #expect(session.text.contains(": quit"))
  }

  @Test("the tree opens down to files, and Left closes it step by step")
  func tree() async throws {
    var session = try await Session(World.story())
    session.press("4", "l", "j", "l", "j", "j")
    #expect(session.cursorRow.contains("part-0.parquet"))
    session.press("h")
    #expect(session.cursorRow.contains("▸ flights: 1 rewritten"))
    session.press("h")
    #expect(session.cursorRow.contains("▸   month=1/day=5"))
  }

  @Test("a held partition says why, and one that is not pending says why not")
  func notes() async throws {
    var session = try await Session(World.story())
    session.press("4", "G", "Enter", "j")
    #expect(session.cursorRow.contains("held: a file is too young for another 8 min 20 s: flights"))
    session.press("Enter")
    #expect(session.text.contains("is 1 min 40 s old, and min_age"))
    session.press("Enter", ".", "g", "Enter", "j")
    #expect(
      session.cursorRow.contains(
        "not pending: every input is as it was consumed; built by run 1, 841 rows"))
  }

  @Test("the wheel scrolls and a click selects; a second click opens")
  func mouse() async throws {
    var session = try await Session(World.story(), size: Size(columns: 80, rows: 16))
    session.press("4")
    session.click(column: 5, row: 6)
    #expect(session.cursorRow.contains("month=1/day=12"))
    session.send(
      .input(.mouse(MouseEvent(action: .doublePress, position: Position(column: 5, row: 6)))))
    #expect(session.text.contains("up to date, 1 file now"))
    session.send(
      .input(
        .mouse(MouseEvent(action: .wheelDown, position: Position(column: 5, row: 6), count: 2))))
    #expect(!session.text.contains("month=1/day=9 "))
    session.click(column: 79, row: 13)
    #expect(session.frame.cursor?.row == 13)
  }

  @Test("loading never shows a blank screen, and one request is under way at most")
  func loading() async throws {
    var session = Session()
    #expect(session.text.contains("Listing the inputs of all jobs"))
    session.press("r", "r")
    #expect(session.take() == [])
    session.send(.loaded(try await World.story().statuses(), at: World.now))
    #expect(session.take() == [.load])
    session.send(.loaded(try await World.story().statuses(), at: World.now))
    #expect(session.take() == [])
  }

  @Test("r says what was read: tables, new runs, and whether dovetail.yaml has changed")
  func refreshed() async throws {
    var world = World.story()
    var session = try await Session(world)
    session.press("r")
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(
      session.text.contains("Listed 3 tables; no new runs; dovetail.yaml has not changed."),
      "\(session.text)")
    world.ledger.records.insert(
      World.record(9, world.jobs[0].name, state: .succeeded, committed: 1), at: 0)
    session.press("r")
    session.send(.definitionRead)
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.text.contains("Listed 3 tables; 1 new run; dovetail.yaml was read anew."))
    // The listing after a run, which nobody asked for, covers nothing.
    session.press("4")
    session.send(.refreshDue)
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.text.contains("Listed at "))
  }

  @Test("a failed refresh keeps what was loaded and says so")
  func failedRefresh() async throws {
    var session = try await Session(World.story())
    session.press("r")
    #expect(session.take() == [.load])
    session.send(.loadFailed("The ledger is locked."))
    #expect(session.text.contains("not up to date"))
    #expect(session.text.contains("The last refresh failed: The ledger is locked."))
    #expect(session.text.contains("flights_weather"))
  }

  @Test("a workspace without jobs says what to do")
  func noJobs() {
    var session = Session()
    session.send(.loaded([], at: World.now))
    session.press("2", "4", "5", "6", "7", "]", "Enter", "j", "1")
    #expect(session.text.contains("The workspace defines no job."))
  }

  @Test("nothing pending: the predicate is FALSE and there is nothing to run")
  func nothingPending() async throws {
    var world = World.large(0)
    let table = World.table("big", keys: [PartitionKey(name: "n", type: .int)])
    world.list(table, [:])
    var session = try await Session(world, hasDemo: false)
    #expect(session.text.contains("No input has a partition, and nothing was ever built"))
    #expect(session.text.contains("no data"))
    #expect(!session.text.contains("up to date"))
    session.press("5")
    #expect(session.text.contains("Nothing is pending, so nothing would be read."))
    session.press("R")
    #expect(session.take() == [])
    #expect(session.text.contains("Preview a run: nothing is pending"))
  }

  @Test("y copies what is selected and says how")
  func copy() async throws {
    var session = try await Session(World.story())
    session.press("4", "y")
    #expect(session.take() == [.copy("month=1/day=5")])
    session.send(.copied(how: "tmux buffer"))
    #expect(session.text.contains("Copied the partition (tmux buffer)"))
    session.press("5", "Y", "y")
    guard case .copy(let text)? = session.take().first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(text.hasPrefix("(month=='1' and day=='5') or "))
  }

  @Test("the demo's step is played, told and followed by a refresh")
  func demo() async throws {
    var session = try await Session(World.story())
    session.press("D", "D")
    #expect(session.take() == [.demoNext])
    session.send(.demoStepDone(title: "A correction", explanation: "One day was rewritten."))
    session.send(.demoStep(next: nil))
    #expect(session.take() == [.load])
    #expect(session.text.contains("One day was rewritten."))
    session.press("Enter", "D")
    #expect(session.take() == [])
    #expect(session.text.contains("the story is over"))
    session.send(.demoFailed("The folder /demo is not writable."))
    #expect(session.text.contains("The folder /demo is not writable."))
    // The key of who knows what comes next closes the dialog and is taken.
    session.press("4")
    #expect(!session.text.contains("Enter closes") && session.model.screen == .pending)
  }

  @Test("another job is shown on all screens")
  func otherJob() async throws {
    var session = try await Session(World.story())
    session.press("]", "3")
    #expect(session.text.contains("events "))
    session.press("5")
    #expect(session.text.contains("day BETWEEN DATE"))
    session.press("6")
    #expect(session.take() == [.plan(job: "events_daily", RunRequest())])
    session.press("[")
    #expect(session.text.contains("flights_weather"))
  }

  @Test("Ctrl-Z suspends, Ctrl-C quits")
  func control() async throws {
    var session = try await Session(World.story())
    session.press("Ctrl-Z")
    #expect(session.take() == [.suspend])
    session.press("4", "Ctrl-C")
    #expect(session.take() == [.quit])
  }
}

extension Session {
  mutating func click(column: Int, row: Int) {
    send(
      .input(.mouse(MouseEvent(action: .press, position: Position(column: column, row: row)))))
  }
}
