import Foundation
import PartitionPredicate
import Wording

/// Carries out the steps of one operation: it has the state between them, and one policy for all operations.
///
/// - **Guards** are consulted before anything is recorded, under the output's lock.
/// - **Errors**: while nothing is settled, the run fails and the error is thrown. After that, what is settled counts:
///   the units that are neither settled nor still staged count as failed, and the run is partial.
/// - **Cancellation**: no more units are started; those already started are published and committed.
/// - **Finishing**: the run's log, its alarms and how it ended are recorded, however it ended.
///
/// It is an actor on a thread of its own, because listing, renaming and the ledger block.
actor StepExecutor {
  private let executor: ThreadExecutor
  let runner: JobRunner
  let job: JobDefinition
  private let report: @Sendable (RunEvent) -> Void
  private let began = ContinuousClock.now
  let beganAt = Date()
  /// What was staged and is not published yet, by partition.
  var staged: [Partition: (unit: WorkUnit, result: StagedUnit)] = [:]
  /// What was restored or rechecked and is to be published.
  var ready: [Partition: PreparedPublish] = [:]
  /// What was published and is not committed yet.
  var published: [Partition: PreparedPublish] = [:]
  /// Committed, moved, or kept for the operator.
  var settled: Set<Partition> = []
  /// Units whose result has no rows where a partition is published, until the end of the run.
  var emptied: [WorkUnit] = []
  /// Every known partition, as the plan's listings saw them.
  var listed: [PendingPartition] = []
  /// What stages units; nil until the first is staged.
  var stager: UnitStager?
  var adoptsOutput = false
  /// The places of partitions in a catalog that a run must not replace, because it is not known who set them.
  var foreignEntries: [Partition: ExactText] = [:]
  /// The output's marker and the ledger say that the output is this job's.
  var hasClaimed = false
  /// The columns of tables that were read for the first time are in the ledger.
  var hasPinned = false
  /// The engine can do nothing more in this process.
  var hasEngineEnded = false
  /// What was left out in favor of another row with the same time, by input.
  var ties: [String: TieCount] = [:]  // characters: input names are ASCII
  /// How the batches went so far.
  var batches = BatchTimes()
  /// The output, while it is held.
  var lease: (any OutputLease)?
  let lines = LogBuffer()

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(
    runner: JobRunner, job: JobDefinition, emit: @escaping @Sendable (RunEvent) -> Void = { _ in }
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

  /// Takes the output's lock, finishes what an interrupted run left, plans, and carries out the steps.
  ///
  /// - Returns: How it ended; without a run when there was nothing to do.
  /// - Throws: What refused the operation, or what ended it while nothing was settled.
  func perform(_ request: OperationRequest) async throws -> RunSummary {
    adoptsOutput = request.adoptsOutput
    do {
      let store = try await open()
      let operation = try await plan(request, in: store)
      let summary =
        operation.isEmpty ? operation.summary : try await walk(operation, in: store)
      await release()
      return summary
    } catch {
      await release()
      throw error
    }
  }

  /// Walks the steps of an operation that is decided, under the output's lock.
  func walk(_ operation: PlannedOperation, in store: any OutputLease) async throws
    -> RunSummary
  {
    var summary = operation.summary
    guard let run = try begin(operation) else {
      for step in operation.steps { try await perform(step, of: operation, store, &summary) }
      return summary
    }
    summary.run = run
    emit(.started(run))
    do {
      if !operation.sources.isEmpty { try runner.ledger.accept(operation.sources, run: run) }
      for step in operation.steps { try await perform(step, of: operation, store, &summary) }
    } catch  where settled.isEmpty {
      lines.add(.failure, "\(error)")
      try? finish(run, &summary, state: .failed)
      throw error
    } catch {
      failUnsettled(of: operation, "\(error)", run, &summary)
      try? finish(run, &summary, state: .partial)
      return summary
    }
    // An engine that has ended cannot search any more.
    if let plan = operation.plan, !hasEngineEnded { await lookForStrays(of: plan, run: run) }
    try finish(
      run, &summary, state: hasEngineEnded ? summary.outcomeOfBegun : summary.outcome)
    return summary
  }

  /// Records that the operation begins; nil for one that is not recorded.
  private func begin(_ operation: PlannedOperation) throws -> RunID? {
    switch operation.record {
    case .begin(let start): return try runner.ledger.beginRun(start, holder: runner.holder)
    case .resume(let run):
      try runner.ledger.resumeRun(run, holder: runner.holder)
      return run
    case .none: return nil
    }
  }

  private func perform(
    _ step: PlanStep, of operation: PlannedOperation, _ store: any OutputLease,
    _ summary: inout RunSummary
  ) async throws {
    let start = ContinuousClock.now
    var elapsed: Duration { ContinuousClock.now - start }
    switch step {
    case .checkSpace(let needed):
      if let free = try await store.freeSpace(), free < needed {
        throw PublishError.noSpace(location: job.output.location, needed: needed, free: free)
      }
    case .move(let moves, let cause):
      try await move(moves, because: cause, &summary)
      summary.timings.commit += elapsed
    case .adopt(let contents):
      try await adopt(contents, store, &summary)
      summary.timings.commit += elapsed
    case .release(let partitions):
      try release(partitions, &summary)
      summary.timings.commit += elapsed
    case .stage(let units):
      let (begunAt, failed, cancelled) = (Date(), summary.failures.count, summary.cancelled)
      try await stage(units, of: operation, store, &summary)
      summary.timings.stage += elapsed
      let begun = units.count - (summary.cancelled - cancelled)
      guard begun > 0 else { return }
      let results = units.compactMap { staged[$0.partition]?.result.rows }
      let matches = results.flatMap(\.matches)
      batches.add(
        BatchRecord(
          partitions: begun, failed: summary.failures.count - failed,
          rows: results.reduce(0) { $0 + $1.rows }, begunAt: begunAt, stage: elapsed,
          matched: matches.reduce(0) { $0 + $1.leftMatched },
          of: matches.reduce(0) { $0 + $1.leftRows }))
    case .restore(let units):
      try await restore(units, store, &summary)
      summary.timings.publish += elapsed
    case .recheck(let units):
      try await recheck(units, store, &summary)
      summary.timings.publish += elapsed
    case .publish(let partitions):
      let failed = summary.failures.count
      try await publish(partitions, of: operation.plan, store, &summary)
      summary.timings.publish += elapsed
      batches.extend(publish: elapsed, failed: summary.failures.count - failed)
    case .keep(let partitions):
      try await keep(partitions, of: operation.plan, store, &summary)
      summary.timings.publish += elapsed
      batches.extend(publish: elapsed)
    case .commit(let partitions):
      try commit(partitions, &summary)
      summary.timings.commit += elapsed
      batches.extend(commit: elapsed)
    case .removeEmptied:
      let removed = try await removeEmptied(of: operation.plan, store, &summary)
      summary.timings.publish += elapsed
      try commit(removed, &summary)
    case .discard(let partitions):
      try discard(partitions, &summary)
    case .sweep:
      do {
        try await sweep(store, during: summary.run)
      } catch  where summary.run != nil {
        // Everything is committed: what could not be removed is only in the way.
        summary.warnings.append("Old files were not swept. \(error)")
      }
    }
  }

  /// Finds the alarms, writes the log, and records how the run ended.
  ///
  /// A run that has something staged waits for the operator, whatever happened to the rest.
  private func finish(_ run: RunID, _ summary: inout RunSummary, state: RunState) throws {
    summary.staged = try runner.ledger.staged(run: run, keys: job.output.keys).count
    let state = summary.staged > 0 ? .staged : state
    summary.state = state
    summary.elapsed = ContinuousClock.now - began
    summary.alarms = (try? alarms(of: run)) ?? []
    summary.warnings += ties.sorted { $0.key < $1.key }.map { $1.sentence(of: $0) }
    for cause in summary.alarms { lines.add(.warning, "\(cause)") }
    for warning in summary.warnings { lines.add(.warning, warning) }
    lines.add(
      state == .succeeded || state == .staged ? .info : .warning,
      "\(state.rawValue): \(Quantity.number(summary.committed)) committed, "
        + "\(Quantity.number(summary.failures.count)) failed")
    try runner.ledger.log(lines.take(), run: run)
    try runner.ledger.finishRun(
      run,
      RunEnd(
        state: state, bytesRead: summary.bytesRead, filesRead: summary.filesRead,
        timings: summary.timings, batches: batches.records))
  }

  /// What of the match ledger is worse in this run than before.
  private func alarms(of run: RunID) throws -> [MatchAlarmGroup] {
    if case .sql = job.transformation { return [] }
    return try MatchAccount(of: job.name, as: job, run: run, in: runner.ledger).causes
  }
}

// MARK: - Failures

extension StepExecutor {
  /// Counts a partition as failed.
  ///
  /// - Returns: What the ledger should record.
  func fail(
    _ partition: Partition, _ reason: String, _ message: String, _ summary: inout RunSummary
  ) -> WorkUnitRecord {
    emit(.failed(partition, message: message))
    return failure(partition, reason, message, &summary)
  }

  /// Counts a partition as failed whose failure was already reported.
  func failure(
    _ partition: Partition, _ reason: String, _ message: String, _ summary: inout RunSummary
  ) -> WorkUnitRecord {
    summary.failures.append(PartitionFailure(partition: partition, message: message))
    return WorkUnitRecord(
      partition: partition, state: .failed, rows: 0, bytes: 0, reason: reason,
      message: message)
  }

  /// Counts every unit as failed that is neither settled nor has failed already, nor is staged still.
  private func failUnsettled(
    of operation: PlannedOperation, _ message: String, _ run: RunID, _ summary: inout RunSummary
  ) {
    let waiting =
      (try? runner.ledger.staged(run: run, keys: job.output.keys))?.map(\.partition) ?? []
    let ended = Set(summary.failures.map(\.partition) + waiting)
    let records = operation.units.filter {
      !settled.contains($0.partition) && !ended.contains($0.partition)
    }.map { fail($0.partition, $0.reason, message, &summary) }
    try? runner.ledger.record(records, run: run)
  }
}

extension RunSummary {
  /// How a run ended that walked all its steps.
  fileprivate var outcome: RunState {
    cancelled > 0 ? .cancelled : outcomeOfBegun
  }

  /// How the units ended that were begun.
  fileprivate var outcomeOfBegun: RunState {
    guard failures.isEmpty else {
      return committed + compacted + moved + adopted > 0 ? .partial : .failed
    }
    return withheld.isEmpty ? .succeeded : .partial
  }
}
