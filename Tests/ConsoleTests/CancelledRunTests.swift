import Cells
import Console
import Foundation
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A run that is cancelled says what it leaves")
struct CancelledRunTests {
  private let job = "flights_weather"

  @Test("before it is cancelled: what stays pending, and what is only not built again")
  func question() async throws {
    var world = World.story()
    world.ledger.unfinished = [:]
    var session = try await Session(world)
    let partitions = [World.partition(1, 1), World.partition(1, 2), World.partition(1, 5)]
    let plan = try await world.plan(0, rerunning: partitions)
    session.press("R")
    session.send(.planned(try await world.plan()))
    session.press("x", "y")
    for event in [RunEvent.planned(plan), .started(4)] {
      session.send(.runEvent(event, at: World.now))
    }
    session.press("!")
    let dialog = session.text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "│")
      return parts.count > 1 ? String(parts[1]) : nil
    }
    let words = dialog.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(
      words.contains(
        "What is committed stays. 1 partition stays pending. 2 partitions are not built again, and what is "
          + "published of them stays."), "\(session.text)")
  }

  @Test("afterwards the overview says what a rerun left, and the account of the run how much")
  func afterwards() async throws {
    var world = World.story()
    world.ledger.unfinished = [:]
    world.ledger.records.insert(
      World.record(4, job, kind: .rerun, state: .cancelled, committed: 1), at: 0)
    func unit(_ day: Int, _ state: WorkUnitState) -> WorkUnitRecord {
      WorkUnitRecord(
        partition: World.partition(1, day), state: state, rows: 0, bytes: 0,
        reason: "rerun requested", message: nil)
    }
    world.ledger.units[4] = [
      unit(1, .committed), unit(2, .cancelled), unit(3, .cancelled), unit(5, .cancelled),
    ]
    let session = try await Session(world, size: Size(columns: 100, rows: 40))
    let words = session.text.split { " \n".contains($0) }.joined(separator: " ")
    #expect(
      words.contains(
        "Run 4 was cancelled before it had built 2 partitions again, whose published rows stay as they "
          + "were: 3, then O does it over."), "\(session.text)")
    let account = TextReport.run(try #require(try RunAccount.read(4, in: world.ledger))).text()
    #expect(account.contains("1 committed (0 unchanged), 0 failed, 3 cancelled, 842 rows; read"))
    // Of a cancelled run of what is pending, the rest is pending, which is told.
    world.ledger.records[0] = World.record(4, job, state: .cancelled, committed: 1)
    #expect(try await world.statuses()[0].cancelledRerun == nil)
  }
}
