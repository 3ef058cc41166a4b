import Cells
import Foundation
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import Console
@testable import IncrementalJoin

@Suite("The plan's screen says why there is no plan, why a run is refused, and shows rows")
struct PlanScreenTests {
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

  @Test("a plan whose run is refused because of the output says why, and calls nothing new")
  func outputRefusal() async throws {
    let world = World.story()
    var session = try await Session(world, size: Size(columns: 100, rows: 50))
    let refusal = PlanError.notOurs(job: "flights_weather", location: "/out").consoleSentence
    session.press("R")
    session.send(.planned(try await world.plan(), refusal: refusal))
    let words = session.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("A run is refused: \(refusal)"), "\(session.text)")
    #expect(words.contains("18 partitions; 1 held") && !words.contains(" new"))
    #expect(session.text.contains("\nbuild "), "\(session.text)")
    session.press("x")
    #expect(session.text.contains("Run the plan: any run is refused; the plan says why."))
    session.press("1", "Alt-r")
    _ = session.take()
    session.send(.planned(try await world.plan(), refusal: refusal))
    try await session.answer(from: world)
    #expect(
      session.text.contains("flights_weather is left out: Job flights_weather: the output /out"),
      "\(session.text)")
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
}
