import Console
import Foundation
import PartitionPredicate
import Reports
import TestSupport

@testable import IncrementalJoin

extension World {
  /// The story under an operator's hands: a staged run, an undo, waiting partitions, a worse match, and an
  /// input that is declared differently.
  static func control() -> World {
    var world = story()
    let old = world.jobs[0]
    let job = JobDefinition(
      name: old.name, inputs: old.inputs, transformation: old.transformation, output: old.output,
      limits: JobLimits(keptRuns: 2, keptAge: .seconds(30 * 86_400), maxPartitions: 1),
      wait: .allInputs(deadline: nil))
    world.jobs[0] = job
    world.undo(day: 12, of: job)
    world.stage([partition(1, 5), partition(1, 14)], of: job, run: 5)
    world.ledger.records =
      [
        record(
          6, job.name, kind: .undo, detail: "run 4", note: "the weather of the 12th was wrong",
          state: .succeeded, committed: 1, undoes: 4),
        record(5, job.name, state: .staged, committed: 0),
        record(4, job.name, state: .partial, committed: 3, unchanged: 2, failed: 1),
      ] + world.ledger.records
    world.ledger.units[4] = [
      WorkUnitRecord(
        partition: "month=1/day=12", state: .committed, rows: 842, bytes: 50_000,
        reason: "weather: 1 added", message: nil),
      WorkUnitRecord(
        partition: "month=1/day=14", state: .failed, rows: 0, bytes: 0,
        reason: "weather: 1 added", message: "month=1/day=14/w.parquet cannot be read: truncated."),
    ]
    world.ledger.logs[4] = [
      LogLine(instant: now, level: .info, text: "plan 0123456789ab: 2 partitions, 45000 bytes"),
      LogLine(
        instant: now, level: .failure,
        text: "month=1/day=14: month=1/day=14/w.parquet cannot be read: truncated."),
    ]
    world.ledger.bookmarkCounters = BookmarkCounters(run: 2, attempt: 1, version: 4)
    world.ledger.matchRecords =
      (1...6).map { match(run: 2, day: $0, matched: 840) } + [match(run: 5, day: 14, matched: 300)]
    world.ledger.accepted["flights"] = SourceDescription(
      table: "flights", location: "/data/old", format: "parquet",
      keys: ["month int", "day int"], columns: nil)
    world.storage.keptRuns = [
      KeptRun(run: 4, partitions: 3, bytes: 150_000),
      KeptRun(run: 2, partitions: 10, bytes: 480_000),
      KeptRun(run: 1, partitions: 10, bytes: 470_000),
    ]
    return world
  }

  private mutating func undo(day: Int, of job: JobDefinition) {
    let path = Self.partition(1, day).path
    guard let before = ledger.positions[job.name]?[path] else { return }
    let current = job.inputs.compactMap { input in
      storage.snapshots[input.table.name]?.partitions[Self.partition(1, day)].map {
        (input.name, VersionReference($0.version))
      }
    }
    ledger.positions[job.name]?[path] = IncrementalJoin.Position(
      run: 6, definition: before.definition, inputs: before.inputs,
      undone: UndoneBuild(run: 4, inputs: Dictionary(current, uniquingKeysWith: { $1 })))
  }

  private mutating func stage(_ partitions: [Partition], of job: JobDefinition, run: RunID) {
    ledger.stagedPublishes[run] = partitions.map { partition in
      PreparedPublish(
        run: run, partition: partition, action: nil, state: .committed,
        definition: job.fingerprint, inputs: [:], position: nil, content: nil, rows: 842,
        bytes: 50_000, reason: "flights: 1 rewritten")
    }
  }

  static func match(run: RunID, day: Int, matched: Int64) -> MatchRecord {
    MatchRecord(
      run: run, partition: partition(1, day),
      match: InputMatch(
        left: "flights", right: "weather", leftRows: 842, rightRows: 72, leftMatched: matched,
        rightMatched: 70, pairs: matched, fanOut: 1))
  }

  static func record(
    _ id: RunID, _ job: String, kind: RunKind = .run, detail: String = "", note: String? = nil,
    state: RunState, committed: Int, unchanged: Int = 0, failed: Int = 0, daysAgo: Double = 0,
    undoes: RunID? = nil
  ) -> RunRecord {
    let start = now.addingTimeInterval(Double(id.number - 7) * 3600 - daysAgo * 86_400)
    return RunRecord(
      id: id, job: job, kind: kind, plan: "0123456789ab", detail: detail, note: note, state: state,
      listedAt: start, startedAt: start, finishedAt: start.addingTimeInterval(12.5), user: "ops",
      committed: committed, unchanged: unchanged, failed: failed, rows: Int64(committed) * 842,
      bytesRead: 45_000, filesRead: 4,
      timings: RunTimings(
        plan: .milliseconds(300), stage: .seconds(9), publish: .seconds(2), commit: .seconds(1)),
      undoes: undoes)
  }
}

extension World {
  /// What the executable answers when it is asked what a change of positions would do.
  func preview(_ change: BookmarkChange) async throws -> OperationPreview {
    let preview = try await BookmarkPlanner(storage: storage.reader, ledger: ledger)
      .preview(change, of: jobs[0])
    return OperationPreview(
      report: .bookmarkChange(preview), expected: preview.id, isEmpty: preview.isEmpty)
  }

  /// What it answers when it is asked what an undo would do.
  func preview(_ request: UndoRequest) async throws -> OperationPreview {
    let plan = try await UndoPlanner(storage: storage.reader, ledger: ledger).plan(
      request, of: jobs[0])
    return OperationPreview(
      report: .undo(plan), expected: plan.id, isEmpty: plan.units.isEmpty)
  }
}
