import Cells
import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import Console
@testable import IncrementalJoin

@Suite("The run screen says what became of a run")
struct RunOutcomeTests {
  /// A console in which a run has staged two partitions and ended.
  private func staged(_ world: World) async throws -> Session {
    var session = try await Session(world)
    try await Fixture.openPreview(&session, world)
    session.press("%", "x", "y")
    let plan = try await world.plan()
    let units = plan.units.prefix(2).map(\.partition)
    var summary = RunSummary(run: 4, plan: plan)
    summary.state = .staged
    summary.staged = 2
    let events =
      [RunEvent.planned(plan), .started(4)]
      + units.map { .staged($0, StagedRows(rows: 100, bytes: 5_000)) }
      + [.kept(Array(units)), .finished(summary)]
    for event in events { session.send(.runEvent(event, at: World.now)) }
    session.send(.runEnded)
    return session
  }

  /// What the ledger says once some partitions are published and others still wait.
  private func published(
    _ world: World, _ days: [Int], waiting: [Int], state: RunState
  ) -> World {
    var world = world
    let job = world.jobs[0]
    for day in days {
      world.ledger.consume(
        World.partition(1, day), of: job, run: 4, rows: 100, inputs: [:])
    }
    world.ledger.stagedPublishes[4] = waiting.map { day in
      PreparedPublish(
        run: 4, partition: World.partition(1, day), action: nil, state: .committed,
        definition: job.fingerprint, inputs: [:], position: nil, content: nil, rows: 100,
        bytes: 5_000, reason: "flights: 1 rewritten")
    }
    world.ledger.records.insert(
      World.record(4, job.name, state: state, committed: days.count), at: 0)
    return world
  }

  @Test("what was staged and built by a later run since can only be discarded")
  func overtaken() async throws {
    let world = World.story()
    var session = try await staged(world)
    var later = published(world, [], waiting: [5, 9], state: .staged)
    for day in [5, 9] {
      later.ledger.consume(
        World.partition(1, day), of: later.jobs[0], run: 5, rows: 100, inputs: [:])
    }
    session.send(.loaded(try await later.statuses(), at: World.now))
    #expect(
      session.text.contains("staged, too late to publish: X discards it"), "\(session.text)")
  }

  @Test("what was staged and is published since counts as committed")
  func published() async throws {
    let world = World.story()
    var session = try await staged(world)
    #expect(session.text.contains("staged: P publishes it, X discards it"))
    let later = published(world, [5, 9], waiting: [], state: .succeeded)
    session.send(.loaded(try await later.statuses(), at: World.now))
    #expect(!session.text.contains("staged: P publishes it"), "\(session.text)")
    #expect(session.text.contains("succeeded"))
    #expect(session.text.contains("2 committed"))
    #expect(session.text.contains("U undoes this run; 3 shows the runs before."))
  }

  @Test("of what is published in part, the rest is staged still, and what was discarded is not")
  func partly() async throws {
    let world = World.story()
    var session = try await staged(world)
    var later = published(world, [5], waiting: [9], state: .staged)
    session.send(.loaded(try await later.statuses(), at: World.now))
    #expect(session.text.contains("staged: P publishes it, X discards it"))
    #expect(session.text.contains("1 committed · 1 staged"), "\(session.text)")
    later.ledger.stagedPublishes = [:]
    later.ledger.records[0] = World.record(4, later.jobs[0].name, state: .succeeded, committed: 1)
    session.send(.loaded(try await later.statuses(), at: World.now))
    #expect(session.text.contains("1 committed"))
    #expect(session.text.contains("17 cancelled"), "\(session.text)")
    #expect(!session.text.contains("1 staged"))
  }

  /// The screen's text without its line ends.
  private func words(_ session: Session) -> String {
    session.text.split { " \n".contains($0) }.joined(separator: " ")
  }

  private static let refusal = (1...60).map { "Reason \($0) is that the input has changed." }
    .joined(separator: " ")

  @Test("a refusal that fits is on the screen in full")
  func refused() async throws {
    let world = World.story()
    var session = try await Session(world)
    try await Fixture.openPreview(&session, world)
    session.press("x", "y")
    let sentence = (1...8).map { "Reason \($0) is that the input has changed." }
      .joined(separator: " ")
    session.send(.runFailed(sentence))
    #expect(words(session).contains(sentence), "\(session.text)")
    #expect(!session.text.contains("Enter shows all of it."))
  }

  @Test("a longer one says that Enter shows it, where it is scrolled")
  func longRefusal() async throws {
    let world = World.story()
    var session = try await Session(world)
    try await Fixture.openPreview(&session, world)
    session.press("x", "y")
    session.send(.runFailed(Self.refusal))
    #expect(words(session).contains("Reason 1 is"))
    #expect(!words(session).contains("Reason 60"))
    #expect(session.text.contains("Enter shows all of it."), "\(session.text)")
    session.press("Enter")
    #expect(session.text.contains("The run of flights_weather was refused or broke off"))
    session.press("G")
    #expect(words(session).contains("Reason 60 is that"), "\(session.text)")
    session.press("Esc")
    #expect(session.model.screen == .run)
  }

  @Test("a sentence that is longer than its dialog is a report that is scrolled")
  func longNote() async throws {
    var session = try await Session(World.story())
    session.press("C")
    session.send(.operationFailed(Self.refusal))
    session.press("G")
    #expect(words(session).contains("Reason 60 is that"), "\(session.text)")
    session.press("Esc", "C")
    session.send(.operationFailed("No."))
    #expect(session.text.contains("Enter closes"))
  }

  @Test(
    "what can be done with a staged run is among its keys at every size, and said below the runs",
    arguments: WholeTextTests.sizes)
  func keysOfStaged(_ size: Size) async throws {
    var session = try await Session(World.control(), size: size)
    session.press("3", "j")
    let footer = String(session.text.split(separator: "\n").last ?? "")
    #expect(["d diff", "P publish", "X discard"].allSatisfy { footer.contains($0) }, "\(footer)")
    #expect(footer.ranges(of: "d diff").count == 1)
    guard size.columns == 80 else { return }
    #expect(session.text.contains("2 staged: d compares, P publishes, X discards"))
  }

  @Test("U on the run screen undoes the run that it shows, and never one of another job")
  func undo() async throws {
    let world = World.story()
    var session = try await staged(world)
    let later = published(world, [5, 9], waiting: [], state: .succeeded)
    session.send(.loaded(try await later.statuses(), at: World.now))
    _ = session.take()
    session.press("]", "U")
    #expect(
      session.text.contains("Undo: it is a run of flights_weather; [ and ] lead to that job."))
    #expect(session.take() == [])
    session.press("[", "U")
    #expect(session.take() == [.previewOperation(job: "flights_weather", .undo(.run(4)))])
  }
}
