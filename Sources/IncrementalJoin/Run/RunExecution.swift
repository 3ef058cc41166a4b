/// One run under way: the state between its steps.
///
/// An actor on a thread of its own, since listing, renaming and the ledger block.
actor RunExecution {
  private let executor = ThreadExecutor(name: "dovetail.run")
  let runner: JobRunner
  let job: JobDefinition
  let emit: @Sendable (RunEvent) -> Void
  private let began = ContinuousClock.now
  /// What was staged and not yet committed, by partition.
  var staged: [Partition: StagedUnit] = [:]
  var prepared: [Partition: PreparedPublish] = [:]
  var committed: Set<Partition> = []
  var adoptsOutput = false

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(runner: JobRunner, job: JobDefinition, emit: @escaping @Sendable (RunEvent) -> Void) {
    self.runner = runner
    self.job = job
    self.emit = emit
  }

  func run(_ request: RunRequest) async throws {
    adoptsOutput = request.adoptsOutput
    let store = try runner.storage.open(job.output, as: runner.holder)
    defer { store.close() }
    if !adoptsOutput { try checkOutput() }
    try recover(in: store)
    let planner = Planner(
      storage: runner.storage, ledger: runner.ledger, schemas: runner.engine)
    let report = try planner.report(job)
    let plan = try await planner.plan(
      report, rerunning: request.partitions, where: request.filter)
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
    } catch  where summary.committed == 0 {
      try? finish(run, &summary, state: .failed)
      throw error
    } catch {
      // What is committed counts: the run ends as one in which the others failed.
      failUnsettled(of: plan, "\(error)", &summary)
      try? finish(run, &summary, state: .partial)
      emit(.finished(summary))
      return
    }
    try finish(run, &summary, state: summary.outcome)
    emit(.finished(summary))
  }

  private func finish(_ run: RunID, _ summary: inout RunSummary, state: RunState) throws {
    summary.state = state
    summary.elapsed = ContinuousClock.now - began
    try runner.ledger.finishRun(
      run, state: state, bytesRead: summary.bytesRead, filesRead: summary.filesRead)
  }

  /// Counts every unit as failed that was neither committed nor has failed already.
  private func failUnsettled(of plan: Plan, _ message: String, _ summary: inout RunSummary) {
    let failed = Set(summary.failures.map(\.partition))
    let lost = plan.units.filter {
      !committed.contains($0.partition) && !failed.contains($0.partition.path)
    }
    let records = lost.map { fail($0, message, &summary) }
    if let run = summary.run { try? runner.ledger.record(records, run: run) }
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
      do {
        try store.sweep(keptRuns: keptRuns)
      } catch {
        // Everything is committed: what could not be removed is only in the way.
        summary.warnings.append("Old files were not swept. \(error)")
      }
    }
  }
}

extension RunSummary {
  /// How a run ended that walked all its steps.
  fileprivate var outcome: RunState {
    if cancelled > 0 { return .cancelled }
    if failures.isEmpty { return .succeeded }
    return committed > 0 ? .partial : .failed
  }
}
