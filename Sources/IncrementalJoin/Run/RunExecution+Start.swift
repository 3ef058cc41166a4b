import Foundation

extension RunExecution {
  /// Finishes or rolls back what an interrupted run left, and removes what it had staged.
  func recover(in store: any OutputLease) async throws {
    for publish in try runner.ledger.unfinishedPublishes(job: job.name) {
      var state = PublishState.notDone
      // A partition of keys that the output no longer has cannot be found; its journal entry is closed.
      if let action = publish.action,
        let partition = try? Partition(path: publish.partition, keys: job.output.keys)
      {
        state = try await store.recover(action, run: publish.run, partition: partition)
        try await store.flush([partition])
      }
      // Rolled back is also what nobody can find any more: the position has not moved, so that what
      // was pending still is.
      if state == .done {
        try runner.ledger.commit([publish])
      } else {
        try await rollBack(publish, in: store)
      }
      emit(.recovered(partition: publish.partition, isCommitted: state == .done))
    }
    // What a run had staged for the operator still waits when the run died.
    for run in try runner.ledger.runs(job: job.name, limit: .max) where run.state == .running {
      if try !runner.ledger.staged(run: run.id).isEmpty {
        try runner.ledger.finishRun(run.id, RunEnd(state: .staged))
      }
    }
    _ = try runner.ledger.interruptRuns(job: job.name)
    // What cannot be removed is no reason not to run; the sweep at the end says so.
    try? await sweep(store)
  }

  /// Closes the journal entry of a publish that was not carried out; what the operator was publishing by
  /// hand is staged as before.
  private func rollBack(_ publish: PreparedPublish, in store: any OutputLease) async throws {
    try runner.ledger.rollBack([publish])
    guard try runner.ledger.run(publish.run)?.stagesOnly == true,
      let partition = try? Partition(path: publish.partition, keys: job.output.keys)
    else { return }
    if case .publish(let staged, _) = publish.action,
      try await store.token(staged: publish.run, partition: partition) != staged
    {
      return
    }
    try runner.ledger.keep([publish])
  }

  /// Removes what was staged and waits for nobody, and replaced versions that are no longer kept.
  func sweep(_ store: any OutputLease) async throws {
    let runs = try runner.ledger.runs(job: job.name, limit: .max)
    try await store.removeStaged(except: Set(runs.filter { $0.state == .staged }.map(\.id)))
    let expired = Retention(job.limits).expired(
      try await store.kept(), runs: runs, at: Date())
    if !expired.isEmpty { try await store.removeKept(runs: expired.map(\.run)) }
  }

  /// Refuses a run before anything is written.
  func check(_ plan: Plan, against report: PendingReport, _ request: RunRequest) async throws {
    if let expected = request.expectedPlan, expected.id != plan.id {
      throw PlanError.outOfDate(
        expected: expected.id, actual: plan.id, changes: expected.changes(in: plan))
    }
    if report.lineages.isEmpty, !request.adoptsOutput,
      await runner.storage.files.hasData(job.output)
    {
      throw PlanError.notOurs(job: job.name, location: job.output.location)
    }
    try plan.check(request)
  }

  /// Pins the columns of tables that are read for the first time, before something that was built from
  /// them is published or kept.
  ///
  /// A run in which every partition fails may have looked at the wrong files, and pins nothing; neither
  /// does one that has read no rows.
  func pinColumns(of plan: Plan, before publishes: [PreparedPublish]) throws {
    let empty = Set(plan.units.filter(\.isSurelyEmpty).map(\.partition.path))
    guard !hasPinned, let run = publishes.first(where: { !empty.contains($0.partition) })?.run
    else { return }
    let origin = PinOrigin(run: run, user: runner.holder.user, at: Date())
    for (table, seen) in plan.seenColumns.sorted(by: { $0.key < $1.key }) {
      try runner.ledger.pin(columns: seen.columns, table: table, by: origin)
    }
    hasPinned = true
  }

  func stageWorkers(for plan: Plan, run: RunID, store: any OutputLease) throws
    -> [StageWorker]
  {
    let references = plan.units.flatMap { $0.versions.values.map { VersionReference($0) } }
    let known = try runner.ledger.files(of: references)
    return try (0..<min(runner.concurrency, plan.units.count)).map { index in
      try StageWorker(
        index: index, runner: runner, store: store, plan: plan, run: run, known: known,
        emit: emit)
    }
  }
}

extension JobDefinition {
  /// What the inputs are that dovetail.yaml declares, by input name.
  var sources: [String: SourceDescription] {
    Dictionary(
      inputs.filter { !$0.table.isOutput }.map { ($0.name, SourceDescription($0.table)) },
      uniquingKeysWith: { $1 })
  }
}
