import Foundation
import PartitionPredicate

extension StepExecutor {
  /// Finishes or rolls back what an interrupted run left, and removes what it had staged.
  func recover(in store: any OutputLease) async throws {
    for publish in try runner.ledger.unfinishedPublishes(
      job: job.name, keys: job.output.keys)
    {
      var state = PublishState.notDone
      // A partition under keys that the output no longer has cannot be found; its journal entry is closed.
      if let action = publish.action, publish.partition.keys == job.output.keys {
        state = try await store.recover(action, run: publish.run, partition: publish.partition)
        try await store.flush([publish.partition])
      }
      // An entry whose content can no longer be found is rolled back too: the position has not moved, so what was
      // pending still is.
      if state == .done {
        try runner.ledger.commit([publish])
      } else {
        try await rollBack(publish, in: store)
      }
      emit(.recovered(partition: publish.partition, isCommitted: state == .done))
    }
    // What a run had staged for the operator was still waiting when the run died.
    for run in try runner.ledger.runs(job: job.name, limit: .max) where run.state == .running {
      if try !runner.ledger.staged(run: run.id, keys: nil).isEmpty {
        try runner.ledger.finishRun(run.id, RunEnd(state: .staged))
      }
    }
    _ = try runner.ledger.interruptRuns(job: job.name)
    // What cannot be removed is no reason not to run; the sweep at the end says so.
    try? await sweep(store, during: nil)
  }

  /// Closes the journal entry of a publish that was not carried out; what the operator was publishing by hand is staged
  /// as before.
  private func rollBack(_ publish: PreparedPublish, in store: any OutputLease) async throws {
    let run = try runner.ledger.run(publish.run)
    let waits = try await isStaged(publish, by: run, in: store)
    // A run that had lost its output has ended with the entry open, and waits again.
    if waits, run?.state != .running {
      try runner.ledger.resumeRun(publish.run, holder: runner.holder)
    }
    try runner.ledger.rollBack([publish])
    if waits { try runner.ledger.keep([publish]) }
  }

  /// Whether a run staged for the operator what a publish was to put in place, and it is still there.
  private func isStaged(
    _ publish: PreparedPublish, by run: RunRecord?, in store: any OutputLease
  ) async throws -> Bool {
    guard run?.stagesOnly == true, publish.partition.keys == job.output.keys else { return false }
    guard case .publish(let staged, _) = publish.action else { return true }
    return try await store.token(staged: publish.run, partition: publish.partition) == staged
  }

  /// Removes staged data that waits for nobody, and replaced versions past their retention.
  ///
  /// - Parameters:
  ///   - store: Where they are.
  ///   - current: The run in progress, whose staged units may wait again once it has ended.
  /// - Throws: `PublishError`, or what the ledger throws.
  func sweep(_ store: any OutputLease, during current: RunID?) async throws {
    let runs = try runner.ledger.runs(job: job.name, limit: .max)
    var waiting = Set(runs.filter { $0.state == .staged }.map(\.id))
    if let current, try !runner.ledger.staged(run: current, keys: nil).isEmpty {
      waiting.insert(current)
    }
    try await store.removeStaged(except: waiting)
    let expired = Retention(job.limits).expired(try await store.kept(), runs: runs, at: Date())
    if !expired.isEmpty { try await store.removeKept(runs: expired.map(\.run)) }
  }
}
