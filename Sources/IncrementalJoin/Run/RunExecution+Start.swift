extension RunExecution {
  /// Refuses to write beside, or without, what the ledger says is published.
  ///
  /// It comes before recovery, which would find nothing on a disk that is not mounted and close the
  /// journal.
  func checkOutput() throws {
    let lineages = try runner.ledger.lineages(job: job.name)
    let published = lineages.filter { $0.value.rows > 0 }.keys.sorted()
    let location = job.output.location
    for path in published
    where (try? Partition(path: path, keys: job.output.keys))?.path.utf8.elementsEqual(path.utf8)
      != true
    {
      throw PlanError.otherKeys(
        job: job.name, location: location, published: path, keys: job.output.keys)
    }
    if !published.isEmpty, !runner.storage.hasData(job.output) {
      throw PlanError.outputMissing(
        job: job.name, location: location, published: published.count)
    }
  }

  /// Finishes or rolls back what an interrupted run left, and removes what it had staged.
  func recover(in store: any OutputStore) throws {
    for publish in try runner.ledger.unfinishedPublishes(job: job.name) {
      var state = PublishState.notDone
      // A partition of keys that the output no longer has cannot be found; its journal entry is closed.
      if let action = publish.action,
        let partition = try? Partition(path: publish.partition, keys: job.output.keys)
      {
        state = try store.recover(action, run: publish.run, partition: partition)
        try store.flush([partition])
      }
      // Rolled back is also what nobody can find any more: the position has not moved, so that what
      // was pending still is.
      if state == .done {
        try runner.ledger.commit([publish])
      } else {
        try runner.ledger.rollBack([publish])
      }
      emit(.recovered(partition: publish.partition, isCommitted: state == .done))
    }
    _ = try runner.ledger.interruptRuns(job: job.name)
    // What cannot be removed is no reason not to run; the sweep at the end says so.
    try? store.sweep(keptRuns: job.limits.keptRuns)
  }

  /// Refuses a run before anything is written.
  func check(_ plan: Plan, against report: PendingReport, _ request: RunRequest) throws {
    if let expected = request.expectedPlan, expected != plan.id {
      throw PlanError.outOfDate(expected: expected, actual: plan.id)
    }
    if report.lineages.isEmpty, !request.adoptsOutput, runner.storage.hasData(job.output) {
      throw PlanError.notOurs(job: job.name, location: job.output.location)
    }
    if !request.allowsRemovals { try plan.checkRemovals() }
  }

  /// Pins the columns of tables that are read for the first time.
  func pinColumns(of plan: Plan) throws {
    for input in job.inputs where input.table.columns == nil && !input.table.isOutput {
      if let columns = plan.columns[input.name],
        try runner.ledger.pinnedColumns(table: input.table.name) == nil
      {
        try runner.ledger.pin(columns: columns, table: input.table.name)
      }
    }
  }

  func stageWorkers(for plan: Plan, run: RunID, store: any OutputStore) throws
    -> [StageWorker]
  {
    let references = plan.units.flatMap { $0.versions.values.map { VersionReference($0) } }
    let known = try runner.ledger.files(of: references)
    return (0..<min(runner.concurrency, plan.units.count)).map { index in
      StageWorker(
        index: index, runner: runner, store: store, plan: plan, run: run, known: known,
        emit: emit)
    }
  }
}
