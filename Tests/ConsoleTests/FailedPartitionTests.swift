import Cells
import Console
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A partition that failed is failed in every console, by what the ledger says")
struct FailedPartitionTests {
  /// The story, in which the last run could not build 1 February.
  private var world: World {
    var world = World.story()
    world.ledger.unfinished = [:]
    world.ledger.units[2] = [
      WorkUnitRecord(
        partition: World.partition(2, 1), state: .failed, rows: 0, bytes: 0,
        reason: "flights: 1 added", message: "truncated")
    ]
    return world
  }

  @Test("the pending screen, its filter, the calendar and the overview agree")
  func screens() async throws {
    var session = try await Session(world, size: Size(columns: 100, rows: 40))
    #expect(session.text.contains("× failed"), "\(session.text)")
    session.press("8")
    #expect(session.text.contains("× 1 failed"), "\(session.text)")
    session.press("4", "/")
    session.type("failed")
    session.press("Enter")
    #expect(session.cursorRow.contains("month=2/day=1"), "\(session.text)")
    #expect(session.cursorRow.contains("× failed"))
  }

  @Test("a later run without it leaves it failed, and the overview says so")
  func later() async throws {
    var world = self.world
    world.ledger.records.insert(
      World.record(4, "flights_weather", state: .succeeded, committed: 1), at: 0)
    let session = try await Session(world, size: Size(columns: 100, rows: 40))
    let row = session.text.split(separator: "\n").first { $0.hasPrefix("flights_weather") }
    #expect(row?.contains("× failed") == true, "\(session.text)")
    #expect(session.text.contains("Run 2 failed in 1 partition: "))
  }

  @Test("what is staged since waits for the operator, and has not failed")
  func staged() async throws {
    var world = World.control()
    #expect(try await world.statuses()[0].failures.isEmpty)
    world.ledger.stagedPublishes = [:]
    let failures = try await world.statuses()[0].failures
    #expect(failures.mapValues(\.run) == [World.partition(1, 14): 4])
  }
}
