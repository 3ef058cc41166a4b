import Cells
import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import Console
@testable import IncrementalJoin

@Suite("Operations are previewed, and take typing the job's name")
struct OperationTests {
  let world = World.control()
  let job = "flights_weather"

  /// Answers the request for a preview, types the name and returns the effects.
  func confirm(
    _ session: inout Session, _ operation: JobOperation, _ preview: OperationPreview
  ) -> [Effect] {
    session.send(.operationPreviewed(preview, of: operation))
    #expect(session.text.contains("Name of the job:"))
    _ = session.take()
    if operation.note != .none { session.press("Enter") }
    session.press("y", "Enter")
    #expect(session.take() == [])
    session.press("Ctrl-U")
    session.type(job)
    session.press("Enter")
    return session.take()
  }

  @Test("a skip shows what it would do, then asks why, and does not go on without an answer")
  func skip() async throws {
    var session = try await Session(world)
    session.press("4", "I")
    let change = BookmarkChange(.skip, partitions: [World.partition(1, 5)])
    #expect(session.take() == [.previewOperation(job: job, .bookmark(change))])
    #expect(session.text.contains("Looking at what it would do: skip partition month=1/day=5"))
    let preview = try await world.preview(change)
    session.send(.operationPreviewed(preview, of: .bookmark(change)))
    session.press("Enter")
    #expect(session.text.contains("Say why: history keeps it."))
    session.type("known to be")
    session.press("Enter", "Shift-Tab")
    session.type(" bad")
    session.press("Enter")
    #expect(session.text.contains("Note: known to be bad"), "\(session.text)")
    session.type(job)
    session.press("Enter")
    #expect(
      session.take() == [
        .perform(
          job: job, .bookmark(change), expected: preview.expected, note: "known to be bad")
      ])
    session.press("4", "=")
    #expect(
      session.text.contains("another operation is in progress (skip partition month=1/day=5)"))
    session.send(.performed("Run 7: 1 position moved."))
    #expect(session.take() == [.load])
    #expect(session.text.contains("Run 7: 1 position moved."))
  }

  @Test("set to now is about the marked partitions, and the confirmation lists them")
  func setToNow() async throws {
    var session = try await Session(world)
    session.press("4", "Space", "Space", "=", "Enter")
    let marked = [World.partition(1, 5), World.partition(1, 9)]
    let change = BookmarkChange(.set, partitions: marked)
    #expect(session.take() == [.previewOperation(job: job, .bookmark(change))])
    session.send(.operationPreviewed(try await world.preview(change), of: .bookmark(change)))
    #expect(session.text.contains("Set 2 partitions to now?"))
    #expect(session.text.contains("2 are settled"))
    #expect(session.text.contains("month=1/day=9"))
    session.press("Enter", "y", "Enter")
    let dialog = session.text.split(separator: "\n").filter { $0.contains("│") }
    #expect(dialog.contains { $0.contains("Type flights_weather to do it, or press Esc.") })
    #expect(session.text.contains("flights_weather: Set 2 partitions to now?"))
    session.press("x")
    #expect(!session.text.contains("to do it, or press Esc."))
    session.press("Esc")
    #expect(!session.text.contains("Type flights_weather to do it"))
    #expect(session.take() == [])
  }

  @Test("what an undo holds is let go")
  func release() async throws {
    var session = try await Session(world)
    session.press("4", "/")
    session.type("undone")
    session.press("Enter")
    #expect(session.cursorRow.contains("undone"))
    #expect(session.cursorRow.contains("month=1/day=12"))
    session.press("L")
    let change = BookmarkChange(.release, partitions: [World.partition(1, 12)])
    #expect(session.take() == [.previewOperation(job: job, .bookmark(change))])
    let preview = try await world.preview(change)
    #expect(
      confirm(&session, .bookmark(change), preview) == [
        .perform(job: job, .bookmark(change), expected: preview.expected, note: nil)
      ])
  }

  @Test("what would be emptied is told, and let go for the next run to remove")
  func emptied() async throws {
    var world = World.story()
    let job = world.jobs[0]
    let partition = World.partition(1, 5)
    let inputs = job.inputs.compactMap { input in
      world.storage.snapshots[input.table.name]?.partitions[partition].map {
        (input.name, VersionReference($0.version))
      }
    }
    let count = RemovalCount(earlier: 1, new: 3, published: 8, limit: 0.25)
    world.ledger.kept[job.name] = [
      partition.path: WithheldRemoval(
        run: 9, count: count, definition: job.fingerprint,
        inputs: Dictionary(inputs, uniquingKeysWith: { $1 }))
    ]
    var session = try await Session(world)
    session.press("1")
    #expect(
      session.text.contains("1 partition is held because it would be emptied: fix the inputs;"))
    session.press("4", "/")
    session.type("emptied")
    session.press("Enter")
    #expect(session.cursorRow.contains("month=1/day=5"))
    session.press("L")
    let change = BookmarkChange(.release, partitions: [partition])
    #expect(session.take() == [.previewOperation(job: job.name, .bookmark(change))])
    let preview = try await world.preview(change)
    #expect(
      preview.report.lines.map(\.text).contains(
        "1 partition that would be emptied is released: the next run removes it."))
    #expect(preview.report.lines.map(\.text).contains("Released, to be emptied:"))
    let text = preview.report.text()
    #expect(!text.contains("Nothing is built"))
    #expect(text.components(separatedBy: "the next run").count == 2, Comment(rawValue: text))
    #expect(
      confirm(&session, .bookmark(change), preview) == [
        .perform(job: job.name, .bookmark(change), expected: preview.expected, note: nil)
      ])
  }

  @Test("b lists rewind, set and reset for all inputs, one, and the marked partitions")
  func moveBookmark() async throws {
    var session = try await Session(world)
    session.press("4", "Space", "3", "j", "j", "j", "j", "B")
    for text in [
      "Rewind to run 1: all inputs", "Rewind to run 1: input weather",
      "Rewind to run 1: 1 marked partition", "Set to now: input flights", "Reset: all inputs",
    ] {
      #expect(session.text.contains(text), "\(text)")
    }
    session.press("j", "j", "Enter")
    let change = BookmarkChange(.rewind(to: 1), input: "weather")
    #expect(session.take() == [.previewOperation(job: job, .bookmark(change))])
    let preview = try await world.preview(change)
    #expect(
      confirm(&session, .bookmark(change), preview) == [
        .perform(job: job, .bookmark(change), expected: preview.expected, note: nil)
      ])
  }

  @Test("replaced versions are removed only after their list was seen; none is only said")
  func collectGarbage() async throws {
    var session = try await Session(world)
    session.press("C")
    #expect(session.take() == [.previewOperation(job: job, .collectGarbage)])
    let kept = world.storage.keptRuns
    let nothing = TextReport.keptVersions(
      ReplacedVersions(job: world.jobs[0], kept: kept, expired: []))
    session.send(
      .operationPreviewed(OperationPreview(report: nothing, isEmpty: true), of: .collectGarbage))
    #expect(session.text.contains("All of them are still kept: there is nothing to remove."))
    session.press("Esc", "C")
    _ = session.take()
    let report = TextReport.keptVersions(
      ReplacedVersions(job: world.jobs[0], kept: kept, expired: [kept[2]]))
    #expect(
      confirm(&session, .collectGarbage, OperationPreview(report: report)) == [
        .perform(job: job, .collectGarbage, expected: nil, note: nil)
      ])
    session.press("Q")
    #expect(session.text.contains("Quit during an operation?"))
    session.press("Esc")
    session.send(.operationFailed("The output is being written."))
    #expect(session.text.contains("It was not done"))
    #expect(session.take() == [.load])
  }

  @Test("the sentence about an operation's end counts what it did")
  func sentences() {
    var summary = RunSummary(job: job, run: 7, plan: "")
    summary.moved = 1
    summary.committed = 2
    summary.failures = [PartitionFailure(partition: "month=1/day=5", message: "It is gone.")]
    #expect(
      JobOperation.undo(.run(5)).sentence(about: summary)
        == "Run 7: 1 position moved, 2 partitions put back, 1 failed. month=1/day=5: It is gone.")
    var discarded = RunSummary(job: job, run: 5, plan: "")
    discarded.cancelled = 2
    #expect(
      JobOperation.discard(staged: 5, partitions: nil).sentence(about: discarded)
        == "Run 5: 2 partitions discarded.")
    #expect(
      JobOperation.sentence(aboutRemoved: [KeptRun(run: 1, partitions: 2, bytes: 5_000)])
        == "Removed what 1 run had replaced: 5.0 kB.")
  }
}
