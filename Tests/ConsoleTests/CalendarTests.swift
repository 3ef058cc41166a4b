import Cells
import Charts
import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import Console

@Suite("The calendar is walked cell by cell")
struct CalendarTests {
  /// Days from 2012-12-20 to 2013-01-19, of which the last five were never built.
  private func world() -> World {
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
          partition, of: job, run: 1, rows: Int64(day), inputs: ["events": files[partition] ?? []])
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
    #expect(session.text.contains("2013-01-19: pending, 1 partition, 0 B"))
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

  @Test("Space marks what the cell stands for, and Enter opens it in the catalog")
  func marks() async throws {
    var session = try await Session(world())
    session.press("8", "Space", "k", "Space")
    #expect(session.model.marks.map(\.path.text).sorted() == ["day=2013-01-18", "day=2013-01-19"])
    #expect(session.text.contains("2 marked"))
    session.press("Space")
    #expect(session.model.marks.count == 1)
    session.press("k", "Enter")
    #expect(session.model.screen == .catalog)
    session.press("Esc")
    session.press("8", "h", "Enter")
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
    #expect(seen == ["bytes", "rows", "lag", "status"])
    session.press(",")
    #expect(session.text.contains("from 0 B"), "\(session.text)")
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
}
