import Cells
import Console
import Foundation
import Operations
import Testing

@testable import IncrementalJoin

@Suite("All jobs are run one after the other")
struct RunAllTests {
  private let names = ["flights_weather", "events_daily"]

  /// A console that has asked for all plans and been given them.
  private func planned(_ world: World) async throws -> Session {
    var session = try await Session(world, size: Size(columns: 100, rows: 40))
    session.press("Alt-r")
    #expect(session.text.contains("Planning job 1 of \(world.jobs.count), \(names[0])"))
    try await session.answer(from: world)
    return session
  }

  /// The run that was asked for last is over.
  private func end(
    _ session: inout Session, _ world: World, _ job: Int, _ state: RunState = .succeeded
  ) async throws {
    var summary = RunSummary(run: RunID(10 + job), plan: try await world.plan(job))
    summary.state = state
    summary.committed = 3
    session.send(.runEvent(.finished(summary), at: World.now))
    session.send(.runEnded)
  }

  private func job(_ effects: [Effect]) throws -> String {
    guard effects.count == 1, case .run(let job, let request) = effects[0] else {
      Issue.record("\(effects) is no run")
      throw CancellationError()
    }
    #expect(request.expectedPlan != nil)
    #expect(!request.allowsRemovals && !request.acceptsSources && !request.exceedsLimits)
    return job
  }

  @Test("every job is planned, one question names them all, and each runs as it was planned")
  func all() async throws {
    let world = World.story()
    var session = try await planned(world)
    #expect(session.text.contains("Run 2 jobs, one after the other?"))
    #expect(
      session.text.contains("flights_weather: 18 partitions, 13 new, 4 overwritten, 1 removed"))
    #expect(session.text.contains("events_daily: 18 partitions, 18 new, 0 overwritten, 0 removed"))
    #expect(session.text.contains("Removed of flights_weather:"))
    #expect(session.text.contains("month=1/day=9"))
    #expect(session.take() == [])
    session.press("y")
    #expect(try job(session.take()) == names[0])
    try await end(&session, world, 0)
    #expect(try job(session.take()) == names[1])
    #expect(session.text.contains("events_daily"))
    try await end(&session, world, 1)
    #expect(session.take() == [.load])
    #expect(session.text.contains("What came of running all jobs"))
    #expect(session.text.contains("flights_weather: Run 10 succeeded: 3 committed"))
    #expect(session.text.contains("events_daily: Run 11 succeeded: 3 committed"))
    session.press("Esc")
    #expect(session.text.contains("Run all: 2 of 2 jobs done."))
  }

  @Test("what a run has done is on overview and calendar before everything is listed again")
  func live() async throws {
    var world = World.story()
    world.ledger.unfinished = [:]
    var session = try await planned(world)
    session.press("y", "1")
    func row() -> [Substring] {
      let rows = session.text.split(separator: "\n")
      return rows.first { $0.hasPrefix("flights_weather") }?.split(separator: " ") ?? []
    }
    let plan = try await world.plan(0)
    for event in [
      RunEvent.planned(plan), .started(10),
      .staged(plan.units[0].partition, StagedRows(rows: 7, bytes: 9)),
      .committed([plan.units[0].partition]),
    ] {
      session.send(.runEvent(event, at: World.now))
    }
    #expect(row() == ["flights_weather", "▒", "running", "17", "1", "1", "2", "partial"])
    for partition in plan.units.map(\.partition).dropFirst() {
      session.send(.runEvent(.staged(partition, StagedRows(rows: 7, bytes: 9)), at: World.now))
      session.send(.runEvent(.committed([partition]), at: World.now))
    }
    try await end(&session, world, 0)
    #expect(row() == ["flights_weather", "◦", "held", "0", "1", "0", "10", "succeeded"])
    #expect(!session.text.contains("18 partitions are pending"), "\(session.text)")
    #expect(session.text.contains("Run 10 succeeded: 3 committed"))
    session.press("8")
    let legend = session.text.split(separator: "\n").first { $0.contains(/█ \d+ done/) } ?? ""
    #expect(!legend.isEmpty)
    #expect(!legend.contains("pending") && !legend.contains("stale"), "\(legend)")
    try await end(&session, world, 1)
    session.press("Esc")
    // What is listed then counts.
    session.send(.loaded(try await world.statuses(), at: World.now))
    session.press("1")
    #expect(row().dropFirst(2).first == "failed", "\(row())")
    #expect(session.text.contains("18 partitions are pending"))
  }

  @Test("the next job's run does not take the operator away from another screen")
  func elsewhere() async throws {
    let world = World.story()
    var session = try await planned(world)
    session.press("y")
    #expect(session.model.screen == .run)
    session.press("4")
    try await end(&session, world, 0)
    #expect(session.model.screen == .pending)
    session.press("7")
    #expect(session.text.contains("Run of events_daily"))
  }

  @Test("what the screen of a run says about keys is about the run's job, not the selected one")
  func advice() async throws {
    let world = World.story()
    var session = try await planned(world)
    session.press("y")
    try await end(&session, world, 0)
    try await end(&session, world, 1)
    session.press("Esc", "7")
    #expect(
      session.text.contains(
        "[ or ] to events_daily, then U undoes this run; 3 shows the runs before."))
    session.press("U")
    #expect(session.text.contains("Undo: it is a run of events_daily; [ and ] lead to that job."))
    session.press("]")
    #expect(!session.text.contains("[ or ] to events_daily"))
    #expect(session.text.contains("U undoes this run; 3 shows the runs before."))
  }

  @Test("the safe answer is first, and nothing runs without the other one")
  func refused() async throws {
    var session = try await planned(.story())
    session.press("Enter")
    #expect(session.take() == [])
    #expect(!session.model.isRunning)
  }

  @Test("a job that failed does not stop the others, and is told")
  func failure() async throws {
    let world = World.story()
    var session = try await planned(world)
    session.press("y")
    _ = session.take()
    session.send(.runFailed("The plan is out of date: month=1/day=2 changed."))
    #expect(try job(session.take()) == names[1])
    try await end(&session, world, 1)
    #expect(session.text.contains("flights_weather: The plan is out of date"))
    #expect(session.text.contains("events_daily: Run 11 succeeded"))
    session.press("Esc")
    #expect(session.text.contains("Run all: 1 of 2 jobs done."))
  }

  @Test("cancelling one stops those after it")
  func cancelled() async throws {
    let world = World.story()
    var session = try await planned(world)
    session.press("y")
    _ = session.take()
    session.press("!", "y")
    #expect(session.take() == [.cancelRun])
    try await end(&session, world, 0, .cancelled)
    #expect(session.take() == [.load])
    #expect(session.text.contains("events_daily was not run; what was pending still is."))
  }

  @Test("what takes typing a job's name is left out with the reason")
  func leftOut() async throws {
    var world = World.story()
    world.list(World.table("weather"), [:])
    var session = try await planned(world)
    #expect(session.text.contains("Run 1 job?"))
    #expect(session.text.contains("flights_weather is left out: input weather has no data file"))
    session.press("y")
    #expect(try job(session.take()) == names[1])
    try await end(&session, world, 1)
    #expect(session.text.contains("flights_weather was left out: input weather has no data file"))
  }

  @Test("a job that cannot be planned is not healthy afterwards, until it can")
  func unplannable() async throws {
    var world = World.story()
    world.ledger.unfinished = [:]
    world.ledger.records = []
    var session = try await Session(world, size: Size(columns: 100, rows: 40))
    session.press("Alt-r")
    _ = session.take()
    session.send(.planFailed("Job flights_weather does not fit its inputs: no column tailnum."))
    try await session.answer(from: world)
    #expect(session.text.contains("flights_weather is left out: Job flights_weather does not fit"))
    session.press("Esc")
    #expect(session.text.contains("× cannot run"), "\(session.text)")
    #expect(
      session.text.split(separator: "\n").contains {
        $0.hasPrefix("No plan could be made: Job flights_weather does not fit its inputs")
      }, "\(session.text)")
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.text.contains("× cannot run"))
    session.press("R")
    session.send(.planned(try await world.plan()))
    session.press("1")
    #expect(!session.text.contains("cannot run"), "\(session.text)")
  }

  @Test("a job that reads what another one publishes is planned when that has run")
  func chain() async throws {
    var world = World.story()
    let first = world.jobs[0]
    world.jobs[1] = World.job("after", [first.outputTable])
    let day = World.partition(1, 1)
    world.list(first.outputTable, [day: [World.file(day, "o", size: 5)]])
    let session = try await planned(world)
    #expect(session.text.contains("Run 1 job?"))
    #expect(session.text.contains("after is left out: it reads what flights_weather publishes"))
  }

  @Test(
    "the report names the jobs that read what was published, as the next ones to run, even where some of it failed",
    arguments: [RunState.succeeded, .partial, .cancelled])
  func followers(state: RunState) async throws {
    var world = World.story()
    let first = world.jobs[0]
    world.jobs[1] = World.job("after", [first.outputTable])
    world.list(first.outputTable, [:])
    var session = try await Session(world, size: Size(columns: 100, rows: 40))
    session.press("Alt-r")
    try await session.answer(from: world)
    session.press("y")
    #expect(try job(session.take()) == first.name)
    try await end(&session, world, 0, state)
    #expect(
      session.text.contains(
        "after reads what flights_weather publishes, so that it may be pending now: Alt-r runs it."),
      "\(session.text)")
  }

  @Test("a job whose run published nothing has no followers to run")
  func noFollowers() async throws {
    var world = World.story()
    let first = world.jobs[0]
    world.jobs[1] = World.job("after", [first.outputTable])
    world.list(first.outputTable, [:])
    var session = try await Session(world, size: Size(columns: 100, rows: 40))
    session.press("Alt-r")
    try await session.answer(from: world)
    session.press("y")
    session.send(.runFailed("The plan is out of date: month=1/day=2 changed."))
    #expect(session.text.contains("flights_weather: The plan is out of date"))
    #expect(!session.text.contains("after reads"))
  }

  @Test("who stops waiting for the plans runs nothing, and the preview works as ever")
  func abandoned() async throws {
    let world = World.story()
    var session = try await Session(world)
    session.press("Alt-r", "Esc")
    #expect(session.take() == [.plan(job: names[0], RunRequest()), .cancelReport])
    session.press("]", "R")
    #expect(session.take() == [])
    session.send(.planned(try await world.plan(0)))
    #expect(session.take() == [.plan(job: names[1], RunRequest())])
    session.send(.planned(try await world.plan(1)))
    #expect(session.text.contains("run of events_daily"))
  }

  @Test("with --read-only, during a run and with nothing pending it says why not")
  func disabled() async throws {
    var session = try await Session(World.story(), isReadOnly: true)
    session.press("Alt-r")
    #expect(session.text.contains("the console was opened with --read-only"))
    var idle = World.story()
    idle.jobs.removeAll()
    idle.jobs.append(World.job("idle", [World.table("none")]))
    session = try await Session(idle)
    session.press("Alt-r")
    #expect(session.text.contains("nothing is pending in any job"))
    #expect(session.take() == [])
  }
}
