import Console
import Foundation
import IncrementalJoin
import LocalStorage
import PartitionPredicate
import Workspace

/// What changes positions and published data, and what it would do.
extension ConsoleWorker {
  /// What an operation would do.
  func preview(_ operation: JobOperation, of name: String) async throws -> OperationPreview {
    let job = try session.workspace.job(named: name)
    let ledger = try session.ledger()
    switch operation {
    case .bookmark(let change):
      let preview = try await BookmarkPlanner(storage: session.storage, ledger: ledger)
        .preview(change, of: job)
      return OperationPreview(
        report: .bookmarkChange(preview), expected: preview.id, isEmpty: preview.isEmpty)
    case .undo(let request):
      let plan = try await UndoPlanner(storage: session.storage, ledger: ledger)
        .plan(request, of: job)
      return OperationPreview(
        report: .undo(plan), expected: plan.id, isEmpty: plan.units.isEmpty)
    case .publish(let run, let partitions):
      return OperationPreview(
        report: try await comparison(of: run, partitions, job: job, samples: 2))
    case .discard(let run, let partitions):
      let keys = job.output.keys
      let staged = try ledger.staged(run: run, keys: keys).map { try $0.partition.read(as: keys) }
      let wanted = partitions ?? staged
      return OperationPreview(
        report: .discard(wanted, stagedBy: run, of: name), isEmpty: wanted.isEmpty)
    case .collectGarbage:
      let (kept, expired) = try await keptVersions(of: job)
      return OperationPreview(
        report: .keptVersions(kept, expired: expired, of: job), isEmpty: expired.isEmpty)
    }
  }

  /// How what a run staged differs from what is published.
  func comparison(
    of run: RunID, _ partitions: [Partition]? = nil, job: JobDefinition, samples: Int
  ) async throws -> TextReport {
    let comparison = StagedComparison(
      storage: session.storage, ledger: try session.ledger(), rows: try session.engine(for: job))
    return .staged(
      by: run, of: job.name,
      differences: try await comparison.compare(
        run: run, of: job, partitions: partitions, samples: samples))
  }

  /// The replaced versions that are kept, and those among them that go.
  func keptVersions(of job: JobDefinition) async throws -> (kept: [KeptRun], expired: [KeptRun]) {
    let kept = try await session.storage.outputs.kept(of: job.output)
    let runs = try session.ledger().runs(job: job.name, limit: .max)
    return (kept, Retention(job.limits).expired(kept, runs: runs, at: Date()))
  }

  func apply(
    _ change: BookmarkChange, to name: String, expected: String?, note: String?
  ) async throws -> RunSummary {
    let job = try session.workspace.job(named: name)
    var change = change
    change.note = note
    return try await session.runner(for: job).apply(change, to: job, expected: expected)
  }

  func discard(_ run: RunID, _ partitions: [Partition]?, of name: String) async throws
    -> RunSummary
  {
    let job = try session.workspace.job(named: name)
    return try await session.runner(for: job).discard(staged: run, of: job, partitions: partitions)
  }

  func collectGarbage(of name: String) async throws -> [KeptRun] {
    let job = try session.workspace.job(named: name)
    return try await session.runner(for: job).collectGarbage(of: job)
  }

  func undo(_ request: UndoRequest, of name: String, expected: String?, note: String?) throws
    -> JobRun
  {
    let job = try session.workspace.job(named: name)
    return try session.runner(for: job).undo(request, of: job, expected: expected, note: note)
  }

  func publish(_ run: RunID, _ partitions: [Partition]?, of name: String) throws -> JobRun {
    let job = try session.workspace.job(named: name)
    // The comparison has shown what is removed, and the job's name was typed.
    return try session.runner(for: job)
      .publish(staged: run, of: job, partitions: partitions, allowsRemovals: true)
  }
}
