import Console
import Foundation
import IncrementalJoin
import LocalStorage
import Operations
import PartitionPredicate
import Reports
import Workspace

/// The operations that change positions and published data, and their previews.
extension ConsoleWorker {
  /// What an operation would do.
  func preview(_ operation: JobOperation, of name: String) async throws -> OperationPreview {
    let job = try session.workspace.job(named: name)
    let plan = try await session.plan(operation, of: job, samples: 2)
    return OperationPreview(
      report: .operation(plan, isConsole: true), expected: plan.id, isEmpty: plan.isEmpty)
  }

  /// What dovetail.yaml would get for tables of the Glue Data Catalog.
  func preview(_ tables: [String]) async throws -> OperationPreview {
    let addition = try await TableAddition.composed(of: tables, in: session.workspace.folder)
    self.addition = addition
    return OperationPreview(
      report: .tableAddition(addition.lines, from: addition.firstLine), expected: addition.id)
  }

  /// Adds to dovetail.yaml what was previewed, and says what that was.
  func addTables(_ expected: String) throws -> String {
    try session.allowChanges()
    guard let addition, addition.id.exact == expected.exact else {
      throw WorkspaceError.notAdded(.changed)
    }
    try addition.write()
    return addition.description
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

  func adoptOutput(of name: String, expected: String?, note: String?) async throws -> RunSummary {
    let job = try session.workspace.job(named: name)
    return try await session.runner(for: job).adopt(job, expected: expected, note: note)
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
    // The comparison showed what is removed, and the job's name was typed.
    return try session.runner(for: job)
      .publish(staged: run, of: job, partitions: partitions, allowsRemovals: true)
  }
}
