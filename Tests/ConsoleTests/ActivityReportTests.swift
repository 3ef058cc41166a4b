import Foundation
import Reports
import Testing

@testable import IncrementalJoin

@Suite("Who is running what")
struct ActivityReportTests {
  private let holder = LockHolder(
    user: "ada", host: "node1", process: 71, workspace: "/srv/lake", since: World.now)

  private func lines(_ activities: JobActivity...) -> [String] {
    TextReport.activity(activities).lines.map(\.text)
  }

  @Test("who holds an output is told with the run, and how far that is")
  func running() {
    func unit(_ day: Int, _ state: WorkUnitState) -> WorkUnitRecord {
      WorkUnitRecord(
        partition: World.partition(1, day), state: state, rows: 1, bytes: 1, reason: "",
        message: nil)
    }
    let run = World.record(4, "daily", state: .running, committed: 0)
    let units = [
      unit(1, .committed), unit(2, .removed), unit(3, .unchanged), unit(4, .failed),
      unit(5, .staged), unit(6, .held), unit(7, .cancelled),
    ]
    #expect(
      lines(
        JobActivity(job: "daily", holder: holder, run: run, units: units, pending: 15),
        JobActivity(job: "hourly", holder: nil, run: nil),
        JobActivity(job: "weekly", holder: nil, run: nil)) == [
          "daily",
          "  ada on node1, process 71, since 2013-02-04 17:46:40 UTC, from the workspace /srv/lake",
          "  run 4, run of plan 0123456789ab, started at 2013-02-04 14:46:40 UTC by ops",
          "  so far 3 committed, 1 failed, 1 staged; 15 still pending",
          "Nobody is running hourly or weekly.",
        ])
  }

  @Test("who has not planned yet, and a run whose process died, say so")
  func others() {
    #expect(
      lines(JobActivity(job: "daily", holder: holder, run: nil)).last
        == "  it has recorded no run here: it lists and plans, or is of another workspace")
    let run = World.record(4, "daily", state: .running, committed: 0)
    #expect(
      lines(JobActivity(job: "daily", holder: nil, run: run)) == [
        "Nobody is running anything.",
        "Run 4 of daily is recorded as in progress, and nobody writes the output: its process has died. The next run of "
          + "the job finishes or rolls back what it began.",
      ])
  }
}
