import Cells
import Charts
import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import TestSupport
import Testing

@testable import Console

@Suite("The calendar is walked cell by cell")
struct CalendarTests {
  /// Days from 2012-12-20 to 2013-01-19, of which the last five were never built, and one may have no rows.
  private func world(empty: Int? = nil) -> World {
    var world = World()
    let keys = [PartitionKey(name: "day", type: .date)]
    let events = World.table("events", keys: keys)
    let job = World.job("daily", [events], keys: keys)
    world.jobs = [job]
    var files: [Partition: [DataFile]] = [:]
    for day in 15_694..<15_725 {
      let partition = Partition(keys: keys, values: [.date(days: day)])
      files[partition] = [World.file(partition, "e", size: 1000 + Int64(day))]
      if day < 15_720 {
        world.ledger.consume(
          partition, of: job, run: 1, rows: day == empty ? 0 : Int64(day),
          inputs: ["events": files[partition] ?? []])
      }
    }
    world.list(events, files)
    return world
  }

  @Test("the cursor begins on the newest partition, goes by days and weeks, and from year to year")
  func walk() async throws {
    var session = try await Session(world())
    session.press("8")
    #expect(session.text.contains("daily (output)  2013"))
    #expect(session.text.contains("2013-01-19: pending, 1 partition"))
    #expect(!session.text.contains("0 B"))
    session.press("k")
    #expect(session.text.contains("2013-01-18: pending"))
    session.press("Left")
    #expect(session.text.contains("2013-01-11: done, 1 partition, "))
    session.press("h", "h")
    #expect(session.text.contains("daily (output)  2012"), "\(session.text)")
    #expect(session.text.contains("2012-12-28: done"))
    session.press("Right")
    #expect(session.text.contains("daily (output)  2013"))
    // There is no year after the last, and no partition before the first.
    for _ in 0..<60 { session.press("l") }
    #expect(session.text.contains("2013-12-27: no partition"))
  }

  @Test(
    "Space marks what the cell stands for, and Enter opens it in the catalog, or on the pending screen until it is built"
  )
  func marks() async throws {
    var session = try await Session(world())
    session.press("8", "Space", "k", "Space")
    #expect(session.model.marks.map(\.path.text).sorted() == ["day=2013-01-18", "day=2013-01-19"])
    #expect(session.text.contains("2 marked"))
    session.press("Space")
    #expect(session.model.marks.count == 1)
    session.press("k", "Enter")
    #expect(session.model.screen == .pending)
    #expect(session.cursorRow.contains("day=2013-01-17"), "\(session.text)")
    session.press("Esc")
    #expect(session.model.screen == .calendar)
    session.press("8", "h", "Enter")
    #expect(session.model.screen == .catalog)
    #expect(session.cursorRow.contains("day=2013-01-10"), "\(session.text)")
  }

  @Test("the tables are shown in turn, of which only the output can be marked")
  func tables() async throws {
    var session = try await Session(world())
    session.press("8", ";")
    #expect(session.text.contains("events (input)"))
    session.press("Space")
    #expect(session.text.contains("Mark: only partitions of the output can be marked."))
    #expect(session.model.marks.isEmpty)
    session.press(";")
    #expect(session.text.contains("daily (output)"))
  }

  @Test("colors go through the measures of which something is known")
  func measures() async throws {
    var session = try await Session(world())
    session.press("8")
    var seen: [String] = []
    for _ in 0..<4 {
      session.press(",")
      seen.append(session.model.calendar.measure.rawValue)
    }
    // Of one input there is a delay of zero; nobody has counted how rows met.
    #expect(seen == ["bytes", "rows", "delay", "status"])
    session.press(",")
    // What is not built has no size, and does not look like what is small.
    #expect(session.text.contains("· not built"), "\(session.text)")
    #expect(!session.text.contains("from 0 B"))
  }

  @Test("a day that publishes no rows is empty, on the calendar, in the catalog and in the list")
  func empty() async throws {
    var session = try await Session(world(empty: 15_710))
    session.press("8")
    #expect(session.text.contains("█ 25 done"), "\(session.text)")
    #expect(session.text.contains("○ 1 empty"))
    session.press("4", ".", "/")
    session.type("empty")
    session.press("Enter")
    #expect(session.cursorRow.contains("day=2013-01-05"), "\(session.text)")
    #expect(session.cursorRow.contains("○ empty"))
    session = try await Session(
      world(empty: 15_710), appearance: Appearance(color: false, unicode: false))
    session.press("8")
    #expect(session.text.contains("e 1 empty"))
  }

  @Test("what a run builds and could not build is on the map and in its legend at once")
  func live() async throws {
    let world = world()
    var session = try await Session(world)
    session.press("8")
    #expect(session.text.contains("░ 5 pending"))
    session.press("R")
    let plan = try await world.plan()
    let last = try #require(plan.units.last?.partition)
    session.send(.planned(plan))
    session.press("x", "y", "8")
    for event in [RunEvent.planned(plan), .started(2), .staging(last)] {
      session.send(.runEvent(event, at: World.now))
    }
    #expect(session.text.contains("▒ 1 running"), "\(session.text)")
    #expect(session.text.contains("░ 4 pending"))
    #expect(session.text.contains("2013-01-19: running"))
    session.send(.runEvent(.failed(last, message: "e.parquet cannot be read."), at: World.now))
    #expect(session.text.contains("× 1 failed"), "\(session.text)")
    #expect(!session.text.contains("running, 1 partition"))
  }

  @Test("/ asks for a date, whose digits are text, and goes there; a mistake is said")
  func date() async throws {
    var session = try await Session(world())
    session.press("8", "/")
    session.type("2012-12-24")
    session.press("Enter")
    #expect(session.model.screen == .calendar)
    #expect(session.text.contains("daily (output)  2012"), "\(session.text)")
    #expect(session.text.contains("2012-12-24: done"))
    session.press("/")
    session.type("12-31")
    session.press("Enter")
    #expect(session.text.contains("2012-12-31: done"))
    session.press("/")
    session.type("2013-02-29")
    session.press("Enter")
    #expect(session.text.contains("Write a date: 2013-05-17"))
    session.press("Esc")
    #expect(session.text.contains("2012-12-31: done"))
  }

  @Test(
    "a date is a day, a day of the shown year, or a month",
    arguments: [
      ("2013-05-17", "2013 5 17"), ("05-17", "- 5 17"), ("5-7", "- 5 7"), ("2013-05", "2013 5 1"),
      ("02-29", "- 2 29"), ("2013-02-29", nil), ("13-01", nil), ("2013", nil), ("", nil),
      ("+1-02", nil), ("05-", nil), ("1-2-3-4", nil),
    ] as [(String, String?)])
  func dates(_ text: String, _ expected: String?) {
    let date = CalendarDate(text)
    #expect(
      date.map { "\($0.year.map(String.init) ?? "-") \($0.month) \($0.day)" } == expected)
  }

  @Test("the footer offers what works, and w says why a day is pending")
  func footer() async throws {
    let size = Size(columns: 160, rows: 24)
    func footer(_ session: Session) -> String {
      session.text.split(separator: "\n").last.map(String.init) ?? ""
    }
    var session = try await Session(world(), size: size)
    session.press("8")
    #expect(footer(session).contains("/ date"), "\(footer(session))")
    #expect(!footer(session).contains("s sort"))
    #expect(!footer(session).contains("t view"))
    session.press("s")
    #expect(session.text.contains("Sort: the calendar has no list."))
    session.press("w")
    let asked = session.take()
    let isAsked = asked.contains { effect in
      guard case .report(_, let request) = effect, case .why(_) = request else { return false }
      return true
    }
    #expect(isAsked)
    session = try await Session(World.regions(), size: size)
    session.press("8")
    #expect(footer(session).contains("t view"), "\(footer(session))")
  }

  @Test(
    "a calendar of an earlier load is drawn up again, and an answer that comes too late is dropped")
  func late() async throws {
    var session = try await Session(world())
    session.holdsComputations = true
    session.press("8")
    #expect(session.text.contains("Drawing up the calendar"))
    session.send(.loaded(try await world().statuses(), at: World.now))
    #expect(session.computations.count >= 2)
    session.compute()
    #expect(session.text.contains("daily (output)"))
  }

  @Test("at any size the calendar is drawn within its screen, or the size is said")
  func sizes() async throws {
    for (columns, rows) in [(60, 16), (61, 17), (80, 24), (140, 45), (300, 100), (10, 3)] {
      var session = try await Session(
        World.regions(), hasDemo: false, size: Size(columns: columns, rows: rows))
      session.press("8")
      for key in ["t", "j", "l", ",", ";", "t", "G", "g", "Space"] { session.press(key) }
      #expect(session.frame.size == Size(columns: columns, rows: rows))
    }
  }

  @Test("cells are colored by the share of rows that met, once that is read for what is published")
  func matches() async throws {
    var world = World.story()
    let (one, other) = (World.partition(1, 11), World.partition(1, 12))
    func record(_ run: RunID, _ partition: Partition, matched: Int64) -> MatchRecord {
      MatchRecord(
        run: run, partition: partition,
        match: InputMatch(
          left: "flights", right: "weather", leftRows: 100, rightRows: 9, leftMatched: matched,
          rightMatched: 9, pairs: matched, fanOut: 1))
    }
    // Run 2 published both; what run 1 had found of one of them is over.
    world.ledger.matchRecords = [
      record(2, one, matched: 100), record(2, other, matched: 40), record(1, one, matched: 1),
    ]
    let report = try await world.statuses()[0].report
    let records = try report.publishedMatches(in: world.ledger)
    #expect(Set(records) == Set(world.ledger.matchRecords.prefix(2)))

    var session = try await Session(world)
    session.press("8")
    let request = try #require(session.matchRequests.first)
    #expect(session.matchRequests.count == 1)
    session.send(.matched(records, job: request.job, load: request.load - 1))
    for _ in 0..<4 { session.press(",") }
    #expect(session.model.calendar.measure == .status)
    session.send(.matched(records, job: request.job, load: request.load))
    for _ in 0..<4 { session.press(",") }
    #expect(session.text.contains("colors: match rate"), "\(session.text)")
    session.press("/")
    session.type("1-12")
    session.press("Enter")
    #expect(session.text.contains("40.0 % of the rows met"), "\(session.text)")
    // Going to the screen again asks nothing again.
    session.press("1", "8")
    #expect(session.matchRequests.count == 1)
    session.send(.matchesFailed("The ledger is locked."))
    #expect(session.text.contains("The match ledger could not be read: The ledger is locked."))
  }
}
