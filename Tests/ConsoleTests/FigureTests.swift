import Cells
import Foundation
import IncrementalJoin
import PartitionPredicate
import Reports
import Testing

@testable import Console

@Suite("Figures agree wherever they are shown")
struct FigureTests {
  @Test(
    "pending means the same in title, overview and list, and as status prints it: without what is held"
  )
  func pending() async throws {
    let world = World.story()
    var session = try await Session(world)
    let pending = try await world.statuses()[0].report.pending
    let free = pending.count { $0.hold == nil }
    #expect(free == 18 && pending.count == 19)
    let row = session.text.split(separator: "\n").first { $0.hasPrefix("flights_weather") }
    #expect(row?.split(separator: " ").contains("18") == true)
    #expect(session.title.contains("18 pending, 1 held"))
    #expect(session.text.contains("18 partitions are pending"))
    session.press("4")
    #expect(session.text.contains("18 pending · 1 held"))
  }

  @Test("committed counts empty and unchanged partitions, on the run screen and in its sentence")
  func committed() async throws {
    var (session, plan) = try await running()
    let units = plan.units.map(\.partition)
    for event in [
      RunEvent.removed(units[0]), .unchanged(units[1]), .published(units[2]),
      .committed(Array(units[0...2])),
    ] {
      session.send(.runEvent(event, at: World.now))
    }
    #expect(session.text.contains("3 committed (1 empty, 1 unchanged)"))
    var summary = RunSummary(run: 4, plan: plan)
    (summary.committed, summary.removed, summary.unchanged) = (3, 1, 1)
    session.send(.runEvent(.finished(summary), at: World.now))
    #expect(session.text.contains("Run 4 succeeded: 3 committed (1 empty, 1 unchanged), 0 rows"))
  }

  @Test("the bar of a cancelled run shows what was done, and no more")
  func cancelled() async throws {
    var (session, plan) = try await running()
    let units = plan.units.map(\.partition)
    for event in [
      RunEvent.published(units[0]), .committed([units[0]]), .staging(units[1]),
      .staged(units[1], StagedRows(rows: 5, bytes: 5)),
    ] {
      session.send(.runEvent(event, at: World.now))
    }
    var summary = RunSummary(run: 4, plan: plan)
    summary.state = .cancelled
    summary.committed = 1
    summary.cancelled = 17
    session.send(.runEvent(.finished(summary), at: World.now))
    session.send(.runEnded)
    #expect(session.text.contains(" 5 %  1 of 18 done"))
    #expect(session.text.contains("1 committed · 17 cancelled"))
  }

  @Test("the bar says what it counts: what is staged during the run, and no failure at its end")
  func counted() async throws {
    var (session, plan) = try await running()
    let units = plan.units.map(\.partition)
    for partition in units.prefix(9) {
      session.send(.runEvent(.staged(partition, StagedRows(rows: 5, bytes: 5)), at: World.now))
    }
    #expect(session.text.contains(/4[45] %  0 of 18 done, 9 staged/), "\(session.text)")
    for partition in units {
      session.send(.runEvent(.failed(partition, message: "gone"), at: World.now))
    }
    #expect(session.text.contains(" 100 %  18 of 18 done"))
    var summary = RunSummary(run: 4, plan: plan)
    summary.state = .failed
    summary.failures = units.map { PartitionFailure(partition: $0, message: "gone") }
    session.send(.runEvent(.finished(summary), at: World.now))
    #expect(session.text.contains(" 0 %  0 of 18 done"), "\(session.text)")
  }

  @Test("a run that only stages shows its rows, while it runs, at its end and in the list of runs")
  func staged() async throws {
    var (session, plan) = try await running()
    let units = plan.units.map(\.partition)
    for unit in units.prefix(2) {
      session.send(.runEvent(.staged(unit, StagedRows(rows: 842, bytes: 9)), at: World.now))
    }
    session.send(.runEvent(.kept(Array(units.prefix(2))), at: World.now))
    var summary = RunSummary(run: 4, plan: plan)
    summary.state = .staged
    summary.staged = 2
    session.send(.runEvent(.finished(summary), at: World.now))
    #expect(session.text.contains("1,684 rows staged from"))
    // What waits to be published is not done.
    #expect(session.text.contains(" 11 %  0 of 18 done, 2 staged"))
    #expect(session.text.contains("Run 4 staged: 2 staged, 1,684 rows in"))
    session = try await Session(World.control(), size: Size(columns: 80, rows: 60))
    #expect(session.text.contains(/5  staged +0 +0 +1,684/), "\(session.text)")
    session.press("3", "j")
    #expect(session.cursorRow.contains("staged"))
    #expect(session.cursorRow.contains(" 0     1,684 "))
  }

  @Test("a run that has staged all of its plan says so, and one that holds some has not done them")
  func notDone() async throws {
    let count = RemovalCount(earlier: 0, new: 18, published: 20, limit: 0.5)
    let ends: [(event: ([Partition]) -> RunEvent, figure: String)] = [
      ({ .kept($0) }, " 100 %  18 of 18 staged"), ({ .withheld($0, count) }, " 0 %  0 of 18 done"),
    ]
    for (event, figure) in ends {
      var (session, plan) = try await running()
      let units = plan.units.map(\.partition)
      session.send(.runEvent(event(units), at: World.now))
      session.send(.runEvent(.finished(RunSummary(run: 4, plan: plan)), at: World.now))
      #expect(session.text.contains(figure), "\(session.text)")
    }
  }

  @Test("a run took what its summary said: listing and planning are part of it, waiting is not")
  func took() {
    func record(_ state: RunState, stagesOnly: Bool = false, finished: Double?) -> RunRecord {
      RunRecord(
        id: 4, job: "j", kind: .run, plan: "", state: state, listedAt: World.now,
        startedAt: World.now, finishedAt: finished.map { World.now.addingTimeInterval($0) },
        user: "ops", committed: 1, failed: 0, rows: 0, bytesRead: 0, filesRead: 0,
        timings: RunTimings(plan: .seconds(30), stage: .seconds(8), publish: .seconds(1)),
        stagesOnly: stagesOnly)
    }
    #expect(record(.succeeded, finished: 10).took == .seconds(40))
    #expect(record(.staged, stagesOnly: true, finished: 10).took == .seconds(40))
    #expect(record(.succeeded, stagesOnly: true, finished: 86_400).took == .seconds(39))
    #expect(record(.running, finished: nil).took == nil)
  }

  /// A run of the story that has begun.
  private func running() async throws -> (Session, Plan) {
    let world = World.story()
    var session = try await Session(world)
    try await Fixture.openPreview(&session, world)
    session.press("x", "y")
    let plan = try await world.plan()
    session.send(.runEvent(.planned(plan), at: World.now))
    session.send(.runEvent(.started(4), at: World.now))
    return (session, plan)
  }
}
