import Cells
import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import Console
@testable import IncrementalJoin

@Suite("Partitions are marked wherever they are listed")
struct MarkTests {
  private let world = World.story()

  private func session(_ keys: String...) async throws -> Session {
    var session = try await Session(world)
    for key in keys { session.press(key) }
    return session
  }

  @Test("in a table of the job: one, a range, all, the others, and by a predicate")
  func catalog() async throws {
    var session = try await session("2", "Enter", "Space")
    #expect(session.model.marks == [World.partition(1, 1)])
    #expect(session.text.contains("✓ month=1/day=1"), "\(session.text)")
    #expect(session.cursorRow.contains("  month=1/day=2"))
    session.press("v", "j", "j")
    #expect(session.text.contains("Range: move, v marks it, Esc drops it"))
    session.press("v")
    #expect(session.model.marks == Set((1...4).map { World.partition(1, $0) }))
    session.press("*")
    #expect(session.model.marks.count == 33)
    session.press("~")
    #expect(session.model.marks.isEmpty)
    session.press("+")
    session.type("day = 5")
    session.press("Enter")
    #expect(session.model.marks == [World.partition(1, 5)])
    session.press("R")
    #expect(session.text.contains("Marked (1)"), "\(session.text)")
  }

  @Test("the list of tables, and a table of another job, have nothing to mark")
  func otherTables() async throws {
    var session = try await session("2", "Space")
    #expect(session.text.contains("Mark: no partition of the output is selected."))
    session.press("G", "Enter", "*")
    #expect(session.text.contains("Mark all shown: these rows are no partitions of the output."))
    #expect(session.model.marks.isEmpty)
  }

  @Test("what a filter shows is what is marked, and what R offers")
  func filtered() async throws {
    var session = try await session("2", "Enter", "/")
    session.type("pending")
    session.press("Enter", "*")
    #expect(session.model.marks.count == 13)
    session.press("u", "R")
    #expect(session.text.contains("Filtered (13)"), "\(session.text)")
  }

  @Test("units of a plan, and what it leaves out")
  func preview() async throws {
    var session = try await session("R")
    session.send(.planned(try await world.plan()))
    session.press("Space", "Space")
    #expect(session.model.marks == [World.partition(1, 5), World.partition(1, 9)])
    #expect(session.text.contains("✓ overwrite month=1/day=5"), "\(session.text)")
    session.press("R")
    #expect(session.text.contains("Marked (2)"))
    session.press("Esc", "G", "Space")
    #expect(session.text.contains("Mark: no partition of the output is selected."))
  }

  @Test("units of a run, which R offers to build again")
  func run() async throws {
    var session = try await session()
    try await Fixture.openPreview(&session, world)
    session.press("x", "y")
    try await Fixture.run(&session, world, toTheEnd: true)
    session.press("g", ".", "Space")
    #expect(session.model.marks == [World.partition(1, 14)], "\(session.text)")
    #expect(session.text.contains("✓ month=1/day=14"))
    session.press("R", "Enter")
    #expect(
      session.take().last
        == .plan(
          job: "flights_weather", RunRequest(partitions: [World.partition(1, 14)])))
  }

  @Test("partitions of an input on the predicate screen stand for those of the output")
  func predicate() async throws {
    var session = try await session("5", "v", "j", "j", "v")
    #expect(session.model.marks == Set((5...7).map { World.partition(1, $0) }))
    session.press("Enter", "Space")
    #expect(session.text.contains("Mark: no partition of the output is selected."))
  }

  @Test("a range of the calendar goes through time")
  func calendar() async throws {
    var session = try await session("8", "v", "k", "l", "l", "l")
    session.press("v")
    // From February 3 back to January 6 at least: the row above, three columns to the right.
    let days = session.model.marks.map(\.path.text)
    #expect(days.contains("month=2/day=3"))
    #expect(days.contains("month=1/day=31"))
    session.press("*")
    #expect(session.model.marks.count == 34)
    session.press("~")
    #expect(session.model.marks.isEmpty)
  }

  @Test("a range ends with its screen")
  func otherScreen() async throws {
    var session = try await session("4", "v", "j")
    #expect(session.text.contains("Range: move"))
    session.press("5")
    #expect(!session.text.contains("Range: move"))
    session.press("v", "v")
    #expect(session.model.marks == [World.partition(1, 5)])
  }

  @Test("U of a run asks whether the marked partitions are meant")
  func undo() async throws {
    let session = try await session("4", "Space", "3", "j", "U")
    #expect(session.text.contains("Undo what?"), "\(session.text)")
    #expect(session.text.contains("Marked (1)"))
    #expect(session.text.contains("the last publish of month=1/day=5"))
  }
}
