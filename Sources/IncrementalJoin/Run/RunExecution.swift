/// One run under way: the state between its steps.
///
/// An actor on a thread of its own, since listing, renaming and the ledger block.
actor RunExecution {
  private let executor = ThreadExecutor(name: "dovetail.run")
  private let runner: JobRunner
  private let job: JobDefinition
  private let emit: @Sendable (RunEvent) -> Void
  private let began = ContinuousClock.now
  /// What was staged and not yet committed, by partition.
  private var staged: [Partition: StagedUnit] = [:]
  private var prepared: [Partition: PreparedPublish] = [:]

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(runner: JobRunner, job: JobDefinition, emit: @escaping @Sendable (RunEvent) -> Void) {
    self.runner = runner
    self.job = job
    self.emit = emit
  }

  func run(_ request: RunRequest) async throws {
    let store = try runner.storage.open(job.output, as: runner.holder)
    defer { store.close() }
    try recover(in: store)
    let planner = Planner(
      storage: runner.storage, ledger: runner.ledger, schemas: runner.engine)
    let report = try planner.report(job)
    let plan = try await planner.plan(report, rerunning: request.partitions)
    try check(plan, against: report, request)
    emit(.planned(plan))
    guard !plan.units.isEmpty else {
      emit(.finished(RunSummary(run: nil, plan: plan)))
      return
    }
    let run = try runner.ledger.beginRun(
      job: job.name, kind: plan.kind, plan: plan.id, listedAt: plan.listedAt,
      holder: runner.holder)
    emit(.started(run))
    var summary = RunSummary(run: run, plan: plan)
    do {
      try pinColumns(of: plan)
      let workers = try stageWorkers(for: plan, run: run, store: store)
      for step in plan.steps {
        try await perform(step, workers: workers, store: store, summary: &summary)
      }
    } catch {
      try? runner.ledger.finishRun(
        run, state: summary.committed > 0 ? .partial : .failed, bytesRead: summary.bytesRead, filesRead: summary.filesRead)
      throw error
    }
    summary.state = summary.outcome
    summary.elapsed = ContinuousClock.now - began
    try runner.ledger.finishRun(
      run, state: summary.state, bytesRead: summary.bytesRead, filesRead: summary.filesRead)
    emit(.finished(summary))
  }

  private func perform(
    _ step: PlanStep, workers: [StageWorker], store: any OutputStore,
    summary: inout RunSummary
  ) async throws {
    switch step {
    case .checkSpace(let needed):
      let free = try store.freeSpace()
      guard free >= needed else {
        throw PublishError.noSpace(location: job.output.location, needed: needed, free: free)
      }
    case .stage(let units):
      try await stage(units, workers: workers, summary: &summary)
    case .publish(let units):
      try publish(units, store: store, summary: &summary)
    case .commit(let units):
      try commit(units, summary: &summary)
    case .sweep(let keptRuns):
      try store.sweep(keptRuns: keptRuns)
    }
  }
}

// MARK: - Before the first step

extension RunExecution {
  /// Finishes or rolls back what an interrupted run left.
  private func recover(in store: any OutputStore) throws {
    for publish in try runner.ledger.unfinishedPublishes(job: job.name) {
      var state = PublishState.notDone
      // A partition of keys that the output no longer has cannot be found; its journal entry is closed.
      if let action = publish.action,
        let partition = try? Partition(path: publish.partition, keys: job.output.keys)
      {
        state = try store.recover(action, run: publish.run, partition: partition)
        try store.flush([partition])
      }
      // Rolled back is also what nobody can find any more: the partition is pending and is rebuilt.
      if state == .done {
        try runner.ledger.commit([publish])
      } else {
        try runner.ledger.rollBack([publish])
      }
      emit(.recovered(partition: publish.partition, isCommitted: state == .done))
    }
  }

  /// Refuses a run before anything is written.
  private func check(_ plan: Plan, against report: PendingReport, _ request: RunRequest) throws {
    if let expected = request.expectedPlan, expected != plan.id {
      throw PlanError.outOfDate(expected: expected, actual: plan.id)
    }
    if report.lineages.isEmpty, !request.adoptsOutput, runner.storage.hasData(job.output) {
      throw PlanError.notOurs(job: job.name, location: job.output.location)
    }
    if !request.allowsRemovals { try plan.checkRemovals() }
  }

  /// Pins the columns of tables that are read for the first time.
  private func pinColumns(of plan: Plan) throws {
    for input in job.inputs where input.table.columns == nil {
      if let columns = plan.columns[input.name],
        try runner.ledger.pinnedColumns(table: input.table.name) == nil
      {
        try runner.ledger.pin(columns: columns, table: input.table.name)
      }
    }
  }

  private func stageWorkers(for plan: Plan, run: RunID, store: any OutputStore) throws
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

// MARK: - Stage

extension RunExecution {
  /// Stages units, one at a time a worker. A unit that fails leaves the others alone.
  private func stage(
    _ units: [WorkUnit], workers: [StageWorker], summary: inout RunSummary
  ) async throws {
    var waiting = units[...]
    var lost: [WorkUnitRecord] = []
    await withTaskGroup(of: (StageWorker, WorkUnit, StageOutcome).self) { group in
      for worker in workers {
        guard let unit = waiting.popFirst() else { break }
        group.addTask { (worker, unit, await worker.stage(unit)) }
      }
      while let (worker, unit, outcome) = await group.next() {
        if !Task.isCancelled, let unit = waiting.popFirst() {
          group.addTask { (worker, unit, await worker.stage(unit)) }
        }
        switch outcome {
        case .staged(let result):
          staged[unit.partition] = result
          summary.bytesRead += unit.bytes
          summary.filesRead += unit.fileCount
          summary.warnings += result.rows.warnings
          emit(.staged(unit.partition, result.rows))
        case .failed(let message):
          lost.append(fail(unit, message, &summary))
        case .cancelled:
          waiting.append(unit)
        }
      }
    }
    summary.cancelled += waiting.count
    lost += waiting.map {
      WorkUnitRecord(
        partition: $0.partition.path, state: .cancelled, rows: 0, bytes: 0, reason: $0.reasonText,
        message: nil)
    }
    if let run = summary.run, !lost.isEmpty { try runner.ledger.record(lost, run: run) }
  }

  private func fail(_ unit: WorkUnit, _ message: String, _ summary: inout RunSummary)
    -> WorkUnitRecord
  {
    summary.failures.append(PartitionFailure(partition: unit.partition.path, message: message))
    emit(.failed(unit.partition, message: message))
    return WorkUnitRecord(
      partition: unit.partition.path, state: .failed, rows: 0, bytes: 0, reason: unit.reasonText,
      message: message)
  }
}

// MARK: - Publish and commit

extension RunExecution {
  /// Journals and swaps the staged units whose files are still the pinned ones.
  private func publish(
    _ units: [WorkUnit], store: any OutputStore, summary: inout RunSummary
  ) throws {
    guard let run = summary.run else { return }
    var lost: [WorkUnitRecord] = []
    var ready: [(WorkUnit, PreparedPublish)] = []
    for unit in units {
      guard let staging = staged.removeValue(forKey: unit.partition) else { continue }
      do {
        try runner.storage.checkPins(of: unit)
        ready.append((unit, try prepare(unit, staging, run: run, store: store)))
      } catch {
        lost.append(fail(unit, "\(error)", &summary))
      }
    }
    try runner.ledger.prepare(ready.map(\.1))
    for (unit, publish) in ready {
      do {
        try carryOut(publish, of: unit, store: store)
        prepared[unit.partition] = publish
      } catch {
        lost.append(fail(unit, "\(error)", &summary))
      }
    }
    try store.flush(prepared.keys.sorted())
    if !lost.isEmpty { try runner.ledger.record(lost, run: run) }
  }

  private func prepare(
    _ unit: WorkUnit, _ staging: StagedUnit, run: RunID, store: any OutputStore
  ) throws -> PreparedPublish {
    let published = try store.publishedFolder(unit.partition)
    let action: PublishAction? =
      if let folder = staging.folder { .publish(staged: folder, replaced: published) } else {
        published.map { .remove(published: $0) }
      }
    return PreparedPublish(
      run: run, partition: unit.partition.path, action: action, definition: job.fingerprint,
      inputs: staging.versions, rows: staging.rows.rows, bytes: staging.rows.bytes,
      reason: unit.reasonText)
  }

  private func carryOut(_ publish: PreparedPublish, of unit: WorkUnit, store: any OutputStore)
    throws
  {
    if let action = publish.action {
      do {
        try store.publish(action, run: publish.run, partition: unit.partition)
      } catch {
        // The error may have come before or after the rename: look where the folders are.
        switch try store.recover(action, run: publish.run, partition: unit.partition) {
        case .done: break
        case .notDone:
          try runner.ledger.rollBack([publish])
          throw error
        case .unknown: throw error
        }
      }
    }
    emit(publish.rows == 0 ? .removed(unit.partition) : .published(unit.partition))
  }

  private func commit(_ units: [WorkUnit], summary: inout RunSummary) throws {
    let publishes = units.compactMap { prepared.removeValue(forKey: $0.partition) }
    guard !publishes.isEmpty else { return }
    try runner.ledger.commit(publishes)
    summary.committed += publishes.count
    summary.removed += publishes.count { $0.rows == 0 }
    summary.rows += publishes.reduce(0) { $0 + $1.rows }
    summary.bytesWritten += publishes.reduce(0) { $0 + $1.bytes }
    let committed = Set(publishes.map(\.partition))
    emit(.committed(units.map(\.partition).filter { committed.contains($0.path) }))
  }
}

extension RunSummary {
  fileprivate var outcome: RunState {
    if cancelled > 0 { return .cancelled }
    if failures.isEmpty { return .succeeded }
    return committed > 0 ? .partial : .failed
  }
}
