import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing

@testable import Console

@Suite("The console says how long a run takes, how fast it goes, and how to undo it")
struct RunTimeTests {
  /// The last run of the story read so many bytes in 40 s.
  private func pace(_ plan: Plan, stage: Duration = .seconds(40), rows: Int64 = 80_000) throws
    -> RunPace
  {
    try #require(
      RunPace(of: [
        RunRecord(
          id: 3, job: plan.job.name, kind: .run, plan: "", state: .succeeded,
          listedAt: World.now, startedAt: World.now, finishedAt: World.now, user: "ada",
          committed: plan.units.count, failed: 0, rows: rows, bytesRead: plan.bytes,
          filesRead: 1, timings: RunTimings(stage: stage))
      ]))
  }

  @Test("a preview has a line with the time, and a run with rate and time left, until it ends")
  func times() async throws {
    let world = World.story()
    var session = try await Session(world)
    let plan = try await world.plan()
    session.press("4", "R")
    session.send(.planned(plan, pace: try pace(plan, stage: .milliseconds(40))))
    #expect(session.text.contains("Takes less than 0.1 s, from the last run ("))
    session.press("r")
    session.send(.planned(plan, pace: try pace(plan)))
    #expect(session.text.contains("Takes about 40 s, from the last run (2,000 rows/s)"))
    // Nothing was written: that says nothing of the speed.
    session.press("r")
    session.send(.planned(plan, pace: try pace(plan, rows: 0)))
    #expect(session.text.contains("Takes about 40 s, from the last run\n"))
    session.press("x", "y")
    session.send(
      .runEvent(
        .listing(ListingCount(table: "flights", files: 12_000, isDone: false)), at: World.now))
    #expect(session.text.contains("Listed 12,000 files of flights."))
    session.send(.runEvent(.planned(plan), at: World.now))
    session.send(.runEvent(.started(9), at: World.now))
    #expect(session.text.contains("about 40 s left"))
    #expect(session.model.title.hasPrefix("0 % run 9 flights_weather - Dovetail"))
    let first = try #require(plan.units.first?.partition)
    session.send(.runEvent(.staging(first), at: World.now))
    session.send(.runEvent(.staged(first, StagedRows(rows: 500, bytes: 5)), at: World.now + 2))
    #expect(session.text.contains("250 rows/s"))
    var summary = RunSummary(run: 9, plan: plan)
    summary.committed = 1
    session.send(.runEvent(.finished(summary), at: World.now + 3))
    session.send(.runEnded)
    #expect(!session.text.contains("rows/s"))
    #expect(session.text.contains("U undoes this run; 3 shows the runs before."))
    #expect(session.model.title.hasPrefix("succeeded: run 9 flights_weather - Dovetail"))
  }

  @Test("opened to look only, what would change something says why it is not done; quitting is")
  func readOnly() async throws {
    var session = try await Session(World.story(), isReadOnly: true)
    session.press("3", "U")
    #expect(session.text.contains("the console was opened with --read-only"))
    #expect(session.take() == [])
    session.press("q", "q")
    #expect(session.take() == [.quit])
  }
}
