import Cells
import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import Console
@testable import IncrementalJoin

/// Undo, publish, reruns, windows and the conditions of a run.
extension OperationTests {
  @Test("U undoes the selected run, or the last publish of partitions")
  func undo() async throws {
    var session = try await Session(world)
    session.press("3", "j", "j", "U")
    #expect(session.take() == [.previewOperation(job: job, .undo(.run(4)))])
    session.send(.operationFailed("Run 4 of job flights_weather cannot be undone: run 6 has."))
    #expect(session.text.contains("That is not possible"))
    #expect(session.text.contains("run 6 has."))
    session.press("Esc", "4", ".", "g", "U")
    let request = UndoRequest.partitions([World.partition(1, 1)])
    #expect(session.take() == [.previewOperation(job: job, .undo(request))])
    let preview = try await world.preview(request)
    #expect(
      confirm(&session, .undo(request), preview) == [
        .perform(job: job, .undo(request), expected: preview.expected, note: nil)
      ])
  }

  @Test("what a run staged is published or discarded: all, the marked partitions, or one")
  func staged() async throws {
    var session = try await Session(world)
    session.press("4", "Space", "3", "j", "P")
    for text in ["All 2", "1 marked partition", "month=1/day=14"] {
      #expect(session.text.contains(text), "\(text)")
    }
    session.press("j", "Enter")
    let operation = JobOperation.publish(staged: 5, partitions: [World.partition(1, 5)])
    #expect(session.take() == [.previewOperation(job: job, operation)])
    let preview = OperationPreview(report: .staged(by: 5, of: job, differences: []))
    #expect(
      confirm(&session, operation, preview) == [
        .perform(job: job, operation, expected: nil, note: nil)
      ])
    session.send(.performed("Run 5: 1 partition published, 1 still staged."))
    _ = session.take()
    session.send(.loaded(try await world.statuses(), at: World.now))
    session.press("X", "Enter")
    #expect(
      session.take() == [
        .previewOperation(job: job, .discard(staged: 5, partitions: nil))
      ])
  }

  @Test("what a later run has built can no longer be published: it is only discarded")
  func outdated() async throws {
    var world = self.world
    let days = [World.partition(1, 5), World.partition(1, 14)]
    world.ledger.consume(days[0], of: world.jobs[0], run: 6, rows: 5, inputs: [:])
    var session = try await Session(world, size: Size(columns: 100, rows: 40))
    let words = session.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("Run 5 staged 1 partition that waits: 3, then d compares"))
    #expect(
      words.contains(
        "Run 5 staged 1 partition that can no longer be published, since a later run built or moved it or the "
          + "definition changed: 3, then X discards."))
    session.press("3", "j")
    #expect(
      session.text.contains(
        "2 staged, 1 too late to publish: d compares, P publishes, X discards"))
    session.press("P")
    #expect(
      session.take() == [
        .previewOperation(job: job, .publish(staged: 5, partitions: [days[1]]))
      ])
    world.ledger.consume(days[1], of: world.jobs[0], run: 6, rows: 5, inputs: [:])
    session = try await Session(world, size: Size(columns: 100, rows: 40))
    #expect(!session.text.contains("P publishes"))
    session.press("3", "j")
    #expect(session.text.contains("2 staged, too late to publish: X discards"))
    session.press("P")
    #expect(session.text.contains("what run 5 staged can no longer be published; X discards it"))
    session.press("X", "Enter")
    #expect(
      session.take() == [
        .previewOperation(job: job, .discard(staged: 5, partitions: nil))
      ])
  }

  @Test(
    "a run without anything staged has nothing to publish or discard, and its changes are shown")
  func nothingStaged() async throws {
    var session = try await Session(world)
    session.press("3", "P")
    #expect(session.text.contains("run 6 has nothing staged"))
    session.press("d")
    #expect(session.take() == [.report(job: job, .changes(6))])
  }

  @Test("F retries what failed in a run, O does all of it over, both through the preview")
  func reruns() async throws {
    var session = try await Session(world)
    session.press("3", "F")
    #expect(session.text.contains("no partition failed in the selected run"))
    session.press("j", "j", "F")
    let choice = PartitionChoice(run: 4, states: [.failed])
    #expect(session.take() == [.choosePartitions(job: job, choice)])
    let failed = [World.partition(1, 14)]
    session.send(.chosen(failed, for: choice))
    #expect(session.model.screen == .preview)
    #expect(session.take() == [.plan(job: job, RunRequest(partitions: failed))])
    session.press("3", "O")
    #expect(session.take() == [.choosePartitions(job: job, PartitionChoice(run: 4))])
    session.send(.chosen([], for: PartitionChoice(run: 4)))
    #expect(session.text.contains("Run 4 has no partition that is to be built again."))
  }

  @Test("a window begins after the marked run and is replayed by a paused run")
  func window() async throws {
    var session = try await Session(world)
    session.press("3", "j", "j", "Space", "H")
    #expect(session.text.contains("the window begins after run 4; select a later run"))
    session.press("k", "H")
    let request = RunRequest(mode: .pause, window: RunWindow(after: 4, through: 5))
    #expect(session.take() == [.plan(job: job, request)])
    #expect(session.text.contains("Planning the window (4, 5] of flights_weather"))
    session.press("3", "j", "Space", "k", "H")
    #expect(
      session.take().isEmpty,
      "the first plan is still being made, and the newer request waits for it")
    session.send(.planFailed("no"))
    let all = RunRequest(mode: .pause, window: RunWindow(after: 0, through: 5))
    #expect(session.take() == [.plan(job: job, all)])
  }

  @Test("mode, bounds, stage only and a note go into the plan and the run")
  func conditions() async throws {
    var session = try await Session(World.story())
    session.press("R", "M", "#")
    session.type("2 GB, three")
    session.press("Enter")
    #expect(session.text.contains("Write a number of partitions"))
    session.press("Ctrl-U")
    session.type("2, 5 GB, newest")
    session.press("Enter", "%", "\"")
    session.type("catching up")
    session.press("Enter")
    let bounds = RunBounds(maxPartitions: 2, maxBytes: 5_000_000_000, order: .newestFirst)
    let request = RunRequest(mode: .pause, bounds: bounds)
    #expect(session.take() == [.plan(job: job, RunRequest())])
    session.send(.planned(try await World.story().plan()))
    #expect(session.take() == [.plan(job: job, request)])
    let plan = try await World.story().plan(0, request)
    session.send(.planned(plan))
    #expect(
      session.text.contains(
        "bookmark pause, stage only, at most 2 partitions, at most 5.0 GB, the newest"))
    session.press("#")
    #expect(session.text.contains("Bounds: 2, 5 GB, newest"))
    session.press("Esc", "x")
    #expect(session.text.contains("Bookmark paused: no position moves."))
    #expect(session.text.contains("16 partitions left for later runs."))
    #expect(session.text.contains("Ends after staging"))
    #expect(session.text.contains("Note: catching up"))
    _ = session.take()
    session.press("y")
    var run = request
    run.expectedPlan = PlanPins(plan)
    run.stagesOnly = true
    run.note = "catching up"
    #expect(session.take() == [.run(job: job, run)])
  }

  @Test(
    "a changed source and a run beyond the ceiling take the job's name, and only what was asked")
  func consents() async throws {
    var session = try await Session(world)
    session.press("R")
    let plan = try await world.plan()
    session.send(.planned(plan))
    _ = session.take()
    #expect(session.text.contains("The source of input flights changed"))
    session.press("x")
    #expect(session.text.contains("CAUTION: the table declaration of input flights has changed"))
    #expect(session.text.contains("CAUTION: takes 8 partitions, and max_partitions in"))
    session.press("y", "Enter", "Ctrl-U")
    #expect(session.take() == [])
    session.type(job)
    session.press("Enter")
    var request = RunRequest(expectedPlan: PlanPins(plan))
    request.acceptsSources = true
    request.exceedsLimits = true
    #expect(session.take() == [.run(job: job, request)])
  }
}
