import PartitionPredicate

extension StepExecutor {
  /// Stages units, one at a time a worker.
  ///
  /// A unit that fails leaves the others alone.
  func stage(
    _ units: [WorkUnit], of operation: PlannedOperation, _ store: any OutputStore,
    _ summary: inout RunSummary
  ) async throws {
    guard let plan = operation.plan, let run = summary.run else { return }
    let workers = try workers ?? stageWorkers(for: plan, run: run, store: store)
    self.workers = workers
    var waiting = units[...]
    var lost: [WorkUnitRecord] = []
    await withTaskGroup(of: (StageWorker, WorkUnit, StageOutcome).self) { group in
      for worker in workers where !hasEngineEnded {
        guard let unit = waiting.popFirst() else { break }
        group.addTask { (worker, unit, await worker.stage(unit)) }
      }
      while let (worker, unit, outcome) = await group.next() {
        if case .ended = outcome { hasEngineEnded = true }
        if !Task.isCancelled, !hasEngineEnded, let unit = waiting.popFirst() {
          group.addTask { (worker, unit, await worker.stage(unit)) }
        }
        switch outcome {
        case .staged(let result):
          staged[unit.partition] = (unit, result)
          summary.bytesRead += unit.bytes
          summary.filesRead += unit.fileCount
          summary.warnings += result.rows.warnings
          emit(.staged(unit.partition, result.rows))
        case .failed(let message):
          lost.append(fail(unit.partition, unit.reasonText, message, &summary))
        case .cancelled, .ended:
          waiting.append(unit)
        }
      }
    }
    summary.cancelled += waiting.count
    lost += waiting.map(\.cancelled)
    if !lost.isEmpty { try runner.ledger.record(lost, run: run) }
  }

  private func stageWorkers(for plan: Plan, run: RunID, store: any OutputStore) throws
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
