import Foundation

extension StepExecutor {
  /// Plans to adopt what is in the output, after taking it over if it is not the one that the ledger knows.
  func adoption(
    _ takeover: OutputTakeover?, expected: String?, note: String?, in store: any OutputLease
  ) async throws -> PlannedOperation {
    let plan = try await adoptionPlan()
    if let expected, expected != plan.id { throw AdoptionError.outOfDate(job: job.name) }
    if let takeover {
      try await takeOver(takeover, listedAt: plan.listedAt, note: note, store: store)
    }
    return PlannedOperation(plan, note: note)
  }

  /// Records what is in the output as content of unknown origin.
  func adopt(
    _ contents: [AdoptedContent], _ store: any OutputLease, _ summary: inout RunSummary
  ) async throws {
    guard let run = summary.run else { return }
    if !hasClaimed { try await claim(store, for: run) }
    try runner.ledger.adopt(contents, definition: job.fingerprint, run: run)
    settled.formUnion(contents.map(\.partition))
    summary.adopted += contents.count
  }

  /// Adopts whatever is in an output that a run takes over, as a run of its own before that one, so that neither that
  /// run nor a later one encounters an unknown partition, and what it replaces can be brought back.
  func adoptOutput(note: String?, _ store: any OutputLease) async throws {
    guard await runner.storage.hasData(job.output) else { return }
    let plan = try await adoptionPlan()
    guard !plan.contents.isEmpty else { return }
    let run = try runner.ledger.beginRun(
      RunStart(
        job: job.name, kind: .adopt, plan: plan.id, listedAt: plan.listedAt, detail: plan.detail,
        note: note), holder: runner.holder)
    if !hasClaimed { try await claim(store, for: run) }
    try runner.ledger.adopt(plan.contents, definition: job.fingerprint, run: run)
    try runner.ledger.finishRun(run, RunEnd(state: .succeeded))
  }

  private func adoptionPlan() async throws -> AdoptionPlan {
    try await AdoptionPlanner(
      storage: runner.storage, ledger: runner.ledger, workspace: runner.holder.workspace
    ).plan(job)
  }
}
