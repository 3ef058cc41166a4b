import Foundation

/// One run under way: the state between its steps.
///
/// An actor on a thread of its own, since listing, renaming and the ledger block.
actor RunExecution {
  private let executor: ThreadExecutor
  let runner: JobRunner
  let job: JobDefinition
  private let report: @Sendable (RunEvent) -> Void
  private let began = ContinuousClock.now
  /// What was staged and not yet committed, by partition.
  var staged: [Partition: StagedUnit] = [:]
  var prepared: [Partition: PreparedPublish] = [:]
  /// Committed, or kept for the operator.
  var settled: Set<Partition> = []
  /// Units whose result has no rows where a partition is published, until the end of the run.
  var emptied: [WorkUnit] = []
  /// Every known partition, as the plan's listings saw them.
  var listed: [PendingPartition] = []
  var adoptsOutput = false
  /// The output's marker and the ledger say that the output is this job's.
  var hasClaimed = false
  /// The columns of tables that were read for the first time are in the ledger.
  var hasPinned = false
  /// The engine can do nothing more in this process.
  var hasEngineEnded = false
  /// The output, once it is held.
  var lease: (any OutputLease)?
  private let lines = LogBuffer()

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(
    runner: JobRunner, job: JobDefinition, emit: @escaping @Sendable (RunEvent) -> Void
  ) throws(ThreadError) {
    executor = try ThreadExecutor(name: "dovetail.run")
    self.runner = runner
    self.job = job
    self.report = emit
  }

  /// Reports an event, and logs it when it matters later.
  nonisolated func emit(_ event: RunEvent) {
    lines.take(event)
    report(event)
  }

  func run(_ request: RunRequest) async throws {
    adoptsOutput = request.adoptsOutput
    let store = try await open()
    let takeover = try await adoptsOutput ? takeover(in: store) : nil
    try await recover(in: store)
    let (plan, planning) = try await plan(request, takeover)
    if let takeover { try await takeOver(takeover, of: plan, note: request.note, store: store) }
    emit(.planned(plan))
    // A source that the operator accepts is recorded also when there is nothing to build.
    let steps = plan.steps(stagesOnly: request.stagesOnly)
    guard !steps.isEmpty || !plan.sourceChanges.isEmpty else {
      await end(with: RunSummary(run: nil, plan: plan))
      return
    }
    let run = try runner.ledger.beginRun(
      RunStart(
        job: job.name, kind: plan.kind, mode: plan.mode, plan: plan.id, listedAt: plan.listedAt,
        detail: plan.detail, note: request.note, stagesOnly: request.stagesOnly),
      holder: runner.holder)
    emit(.started(run))
    var summary = RunSummary(run: run, plan: plan)
    summary.timings.plan = planning
    summary.warnings = plan.warnings
    do {
      try runner.ledger.accept(job.sources, run: run)
      let workers = try stageWorkers(for: plan, run: run, store: store)
      for step in steps {
        try await perform(step, of: plan, workers: workers, store: store, summary: &summary)
      }
    } catch  where settled.isEmpty {
      lines.add(.failure, "\(error)")
      try? finish(run, &summary, state: .failed)
      throw error
    } catch {
      // What is committed counts: the run ends as one in which the others failed.
      failUnsettled(of: plan, "\(error)", &summary)
      try? finish(run, &summary, state: .partial)
      await end(with: summary)
      return
    }
    // An engine that has ended looks for nothing more.
    if !hasEngineEnded { await lookForStrays(of: plan, run: run) }
    try finish(
      run, &summary, state: hasEngineEnded ? summary.outcomeOfBegun : summary.outcome)
    await end(with: summary)
  }

  /// Plans and checks, and says how long that took.
  private func plan(
    _ request: RunRequest, _ takeover: OutputTakeover?
  ) async throws -> (Plan, Duration) {
    let start = ContinuousClock.now
    let planner = Planner(
      storage: runner.storage, ledger: runner.ledger, schemas: runner.engine, rows: runner.engine)
    let report =
      if let takeover { try await takeover.report(of: job, runner) } else {
        try await planner.report(job)
      }
    let plan = try await planner.plan(report, request)
    listed = report.known
    try await check(plan, against: report, request)
    if !report.confirmed.isEmpty { try runner.ledger.confirm(report.confirmed) }
    return (plan, ContinuousClock.now - start)
  }

  /// Finds the alarms, writes the log, and records how the run ended.
  ///
  /// A run of which something is staged waits for the operator, whatever became of the rest.
  func finish(_ run: RunID, _ summary: inout RunSummary, state: RunState) throws {
    summary.staged = try runner.ledger.staged(run: run).count
    let state = summary.staged > 0 ? .staged : state
    summary.state = state
    summary.elapsed = ContinuousClock.now - began
    summary.alarms = (try? alarms(of: run)) ?? []
    for cause in summary.alarms { lines.add(.warning, "\(cause)") }
    for warning in summary.warnings { lines.add(.warning, warning) }
    lines.add(
      state == .succeeded || state == .staged ? .info : .warning,
      "\(state.rawValue): \(summary.committed) committed, \(summary.failures.count) failed")
    try runner.ledger.log(lines.take(), run: run)
    try runner.ledger.finishRun(
      run,
      RunEnd(
        state: state, bytesRead: summary.bytesRead, filesRead: summary.filesRead,
        timings: summary.timings))
  }

  /// What of the match ledger is worse in this run than before.
  private func alarms(of run: RunID) throws -> [MatchAlarmGroup] {
    guard case .join = job.transformation else { return [] }
    return try MatchAccount(of: job.name, as: job, run: run, in: runner.ledger).causes
  }

  /// Counts every unit as failed that was neither settled nor has failed already.
  private func failUnsettled(of plan: Plan, _ message: String, _ summary: inout RunSummary) {
    let failed = Set(summary.failures.map(\.partition))
    let lost = plan.units.filter {
      !settled.contains($0.partition) && !failed.contains($0.partition.path)
    }
    let records = lost.map { fail($0, message, &summary) }
    if let run = summary.run { try? runner.ledger.record(records, run: run) }
  }

  private func perform(
    _ step: PlanStep, of plan: Plan, workers: [StageWorker], store: any OutputLease,
    summary: inout RunSummary
  ) async throws {
    let start = ContinuousClock.now
    var elapsed: Duration { ContinuousClock.now - start }
    switch step {
    case .move(let partitions):
      try await move(partitions, summary: &summary)
      summary.timings.commit += elapsed
    case .checkSpace(let needed):
      if let free = try await store.freeSpace(), free < needed {
        throw PublishError.noSpace(location: job.output.location, needed: needed, free: free)
      }
    case .stage(let units):
      try await stage(units, workers: workers, summary: &summary)
      summary.timings.stage += elapsed
    case .publish(let units):
      try await publish(units, of: plan, store: store, summary: &summary)
      summary.timings.publish += elapsed
    case .keep(let units):
      try await keep(units, of: plan, store: store, summary: &summary)
      summary.timings.publish += elapsed
    case .commit(let units):
      try commit(units.map(\.partition), summary: &summary)
      summary.timings.commit += elapsed
    case .removeEmptied:
      let removed = try await removeEmptied(of: plan, store: store, summary: &summary)
      summary.timings.publish += elapsed
      try commit(removed, summary: &summary)
    case .sweep:
      do {
        try await sweep(store)
      } catch {
        // Everything is committed: what could not be removed is only in the way.
        summary.warnings.append("Old files were not swept. \(error)")
      }
    }
  }

  /// Moves the positions of partitions whose inputs were only compacted.
  private func move(_ partitions: [PendingPartition], summary: inout RunSummary) async throws {
    guard let run = summary.run else { return }
    let moves = partitions.map { partition in
      PositionMove(
        partition: partition.partition.path, definition: job.fingerprint,
        inputs: partition.versions)
    }
    try await runner.ledger.move(
      digested(moves), run: run, reason: "compaction: the rows are the same")
    settled.formUnion(partitions.map(\.partition))
    summary.compacted += partitions.count
    emit(.moved(partitions.map(\.partition)))
  }
}

extension RunSummary {
  /// How a run ended that walked all its steps.
  var outcome: RunState {
    cancelled > 0 ? .cancelled : outcomeOfBegun
  }

  /// How the units ended that were begun.
  var outcomeOfBegun: RunState {
    guard failures.isEmpty else { return committed + compacted > 0 ? .partial : .failed }
    return withheld.isEmpty ? .succeeded : .partial
  }
}
