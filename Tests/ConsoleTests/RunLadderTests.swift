import Cells
import Foundation
import Testing

@testable import Console
@testable import IncrementalJoin

@Suite("From pending to a run")
struct RunLadderTests {
  @Test("R only asks for a plan and opens the preview")
  func previewOnly() async throws {
    var session = try await Session(World.story())
    session.press("R")
    #expect(session.model.screen == .preview)
    #expect(session.take() == [.plan(job: "flights_weather", RunRequest())])
    #expect(session.text.contains("Planning what is pending of flights_weather"))
  }

  @Test("x asks with the focus on no; Enter then runs nothing")
  func focusOnNo() async throws {
    var session = try await previewed()
    session.press("x")
    #expect(session.text.contains("[ Do not run ]"))
    session.press("Enter")
    #expect(session.take() == [])
    #expect(session.model.screen == .preview)
  }

  @Test("the key that asks does not confirm")
  func triggerIsNotConfirm() async throws {
    var session = try await previewed()
    session.press("x", "x", "x")
    #expect(session.take() == [])
    #expect(session.text.contains("[ Run ]"))
  }

  @Test("a confirmed run names the plan that was shown")
  func confirmed() async throws {
    for keys in [["x", "y"], ["x", "Right", "Enter"], ["x", "Tab", "Enter"]] {
      var session = try await previewed()
      let plan = try #require(session.model.plan)
      for key in keys { session.press(key) }
      #expect(
        session.take() == [.run(job: "flights_weather", RunRequest(expectedPlan: PlanPins(plan)))])
      #expect(session.model.screen == .run)
      #expect(session.model.isRunning)
    }
  }

  @Test("the question lists what is overwritten and removed")
  func listsWhatIsLost() async throws {
    var session = try await previewed()
    session.press("x")
    #expect(session.text.contains("4 partitions overwritten, 1 removed, 13 new."))
    #expect(session.text.contains("  month=1/day=9 "))
  }

  @Test("losing more of an input than the limit takes typing the job's name")
  func typeTheName() async throws {
    var world = World.story()
    let weather = World.table("weather")
    let job = World.job("weather_only", [weather])
    world.jobs = [job]
    for day in 1...4 {
      let partition = World.partition(3, day)
      world.ledger.consume(
        partition, of: job, run: 1, rows: 5,
        inputs: ["weather": [World.file(partition, "w", size: 9)]])
    }
    world.list(weather, [World.partition(4, 1): [World.file(World.partition(4, 1), "w", size: 1)]])
    var session = try await Session(world)
    session.press("R")
    session.send(.planned(try await world.plan()))
    let plan = try #require(session.model.plan)
    _ = session.take()
    #expect(session.text.contains("to run it, type the job's name"))
    session.press("x")
    #expect(session.text.contains("CAUTION: input weather has lost 4 of its 4 partitions"))
    session.press("y", "Enter")
    #expect(session.take() == [])
    #expect(session.text.contains("Type weather_only to run it"))
    session.press("Ctrl-U")
    session.type("weather_only")
    session.press("Enter")
    let request = RunRequest(expectedPlan: PlanPins(plan), allowsRemovals: true)
    #expect(session.take() == [.run(job: "weather_only", request)])
  }

  @Test("an input that is empty as a whole asks whether a disk is unmounted")
  func emptiedInput() async throws {
    var world = World.story()
    world.list(World.table("weather"), [:])
    var session = try await Session(world)
    session.press("R")
    session.send(.planned(try await world.plan()))
    _ = session.take()
    session.press("x")
    #expect(session.text.contains("input weather has no data file left in /data/weather"))
    session.press("Esc")
    #expect(session.take() == [])
  }

  @Test("marked partitions are planned as a rerun, pending or not")
  func rerun() async throws {
    let world = World.story()
    var session = try await Session(world)
    session.press("4", ".", "g", "Space", "R", "Enter")
    let first = World.partition(1, 1)
    #expect(
      session.take() == [.plan(job: "flights_weather", RunRequest(partitions: [first]))])
    session.send(.planned(try await world.plan(rerunning: [first])))
    let plan = try #require(session.model.plan)
    _ = session.take()
    session.press("x", "y")
    #expect(
      session.take() == [
        .run(
          job: "flights_weather", RunRequest(partitions: [first], expectedPlan: PlanPins(plan)))
      ])
  }

  @Test("a plan for another request is not shown: the newest one is planned")
  func newestRequest() async throws {
    let world = World.story()
    var session = try await Session(world)
    session.press("R", "4", "Space", "R", "Enter")
    #expect(session.take() == [.plan(job: "flights_weather", RunRequest())])
    session.send(.planned(try await world.plan()))
    #expect(session.model.plan == nil)
    #expect(
      session.take() == [
        .plan(job: "flights_weather", RunRequest(partitions: [World.partition(1, 5)]))
      ])
  }

  @Test("a plan that could not be made says why, and cannot be run")
  func planFailure() async throws {
    var session = try await Session(World.story())
    session.press("R")
    session.send(.planFailed("Job flights_weather does not fit its inputs: no column tailnum."))
    _ = session.take()
    #expect(session.text.contains("There is no plan."))
    // It is said once.
    #expect(session.text.components(separatedBy: "does not fit its inputs").count == 2)
    session.press("x")
    #expect(session.text.contains("Run the plan: there is no plan yet."))
    session.press("r")
    #expect(session.take() == [.plan(job: "flights_weather", RunRequest())])
  }

  @Test("events of a run are counted, and its end reads everything again")
  func events() async throws {
    let world = World.story()
    var session = try await previewed()
    session.press("x", "y")
    _ = session.take()
    try await Fixture.run(&session, world, toTheEnd: false)
    #expect(session.text.contains("12 waiting · 1 staging · 4 committed (1 empty) · 1 failed"))
    #expect(session.text.contains(". shows only the failed, Enter says why."))
    #expect(session.text.contains("15 s"))
    try await Fixture.run(&session, world, toTheEnd: true)
    #expect(session.take() == [.load])
    #expect(!session.model.isRunning)
    #expect(
      session.text.contains(
        "Run 4 partial: 4 committed (1 empty), 1 failed, 2,526 rows in 17 s."))
    #expect(session.text.contains("Enter says why; 3, then F retries."))
    session.press(".")
    #expect(session.cursorRow.contains("month=1/day=14"))
    #expect(session.cursorRow.contains("failed"))
    session.press("Enter")
    #expect(session.text.contains("month=1/day=14/w.parquet cannot be read: truncated."))
  }

  @Test("a hook that went wrong is said, and the run stays what it was")
  func hook() async throws {
    let world = World.story()
    var session = try await previewed()
    session.press("x", "y")
    try await Fixture.run(&session, world, toTheEnd: true)
    session.send(.hookFailed("the hook on_run_finished ended with status 1: notify"))
    #expect(session.text.contains("The hook on_run_finished ended with status 1: notify."))
    #expect(session.text.contains("partial: some partitions failed"))
  }

  @Test("a run that is refused says why")
  func refused() async throws {
    var session = try await previewed()
    session.press("x", "y")
    session.send(.runFailed("The output /out is being written by process 7. Wait."))
    #expect(!session.model.isRunning)
    #expect(session.text.contains("The output /out is being written by process 7. Wait."))
    #expect(session.take().last == .load)
  }

  @Test("cancelling asks first, once")
  func cancel() async throws {
    var session = try await previewed()
    session.press("!")
    #expect(session.take() == [])
    session.press("x", "y")
    _ = session.take()
    session.press("!", "Enter")
    #expect(session.take() == [])
    session.press("!", "!", "y")
    #expect(session.take() == [.cancelRun])
    session.press("!")
    #expect(session.text.contains("the run is being cancelled already"))
    session.send(.runEnded)
    #expect(session.take() == [.load])
  }

  @Test("quitting during a run asks, and then cancels it; a signal does not ask")
  func quit() async throws {
    var session = try await previewed()
    session.press("x", "y")
    _ = session.take()
    session.press("1", "q")
    #expect(session.take() == [])
    #expect(session.text.contains("Quit and cancel the run?"))
    session.press("y")
    #expect(session.take() == [.cancelRun, .quit])
    session.send(.input(.terminate(signal: 15)))
    #expect(session.take() == [.cancelRun, .quit])
  }

  @Test("a sample's floating-point numbers are rounded, and it says so; other text is as it is")
  func roundedSample() async throws {
    let world = World.story()
    var session = try await Session(world)
    session.press("R")
    session.send(.planned(try await world.plan()))
    func send(_ wind: String) {
      session.send(
        .previewed(
          World.partition(1, 5),
          SampleRows(
            columns: [Column(name: "wind", type: "DOUBLE"), Column(name: "text", type: "VARCHAR")],
            rows: [[wind, "24.166379999999997"], [nil, nil]])))
    }
    send("17.261699999999998")
    #expect(session.text.contains("from column 1 of 2, rounded; Left, Right scroll"))
    #expect(session.text.contains("17.2617 24.166379999999997"))
    send("17.5")
    #expect(session.text.contains("from column 1 of 2; Left, Right scroll"))
  }

  @Test("a preview is read for the first unit, and for another one on Enter, once")
  func samples() async throws {
    let world = World.story()
    var session = try await Session(world)
    session.press("R")
    _ = session.take()
    session.send(.planned(try await world.plan()))
    let job = "flights_weather"
    #expect(session.take() == [.preview(job: job, World.partition(1, 5))])
    session.press("j", "j", "Enter", "Enter")
    #expect(session.take() == [.preview(job: job, World.partition(1, 12))])
    session.send(.previewFailed(World.partition(1, 12), "/data/x.parquet cannot be read."))
    #expect(session.text.contains("/data/x.parquet cannot be read."))
    session.send(.previewed(World.partition(9, 9), SampleRows(columns: [], rows: [])))
    #expect(!session.text.contains("month=9"))
  }

  @Test("a preview without a sample leaves its rows to the list, and held rows say only why")
  func noSample() async throws {
    let world = World.control()
    var session = try await Session(world, size: Size(columns: 100, rows: 30))
    session.press("R")
    session.send(.planned(try await world.plan()))
    let height = session.model.listHeight(on: .preview)
    session.model.preview.sampled = nil
    #expect(session.model.listHeight(on: .preview) > height)
    #expect(session.text.contains("Sample: Enter reads rows of the selected partition."))
    session.press("/")
    session.type("undid")
    session.press("Enter")
    #expect(session.cursorRow.contains(/day=12 {8,}undone by run 6 \(run 4\): 4, then L releases/))
    #expect(!session.text.contains("Sample: Enter reads"))
  }

  private func previewed() async throws -> Session {
    let world = World.story()
    var session = try await Session(world)
    try await Fixture.openPreview(&session, world)
    _ = session.take()
    return session
  }
}
