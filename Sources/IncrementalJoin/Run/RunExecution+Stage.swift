import PartitionPredicate

extension RunExecution {
  /// Stages units, one at a time a worker.
  ///
  /// A unit that fails leaves the others alone.
  func stage(
    _ units: [WorkUnit], workers: [StageWorker], summary: inout RunSummary
  ) async throws {
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
          staged[unit.partition] = result
          summary.bytesRead += unit.bytes
          summary.filesRead += unit.fileCount
          summary.warnings += result.rows.warnings
          emit(.staged(unit.partition, result.rows))
        case .failed(let message):
          lost.append(fail(unit, message, &summary))
        case .cancelled, .ended:
          waiting.append(unit)
        }
      }
    }
    summary.cancelled += waiting.count
    lost += waiting.map(\.cancelled)
    if let run = summary.run, !lost.isEmpty { try runner.ledger.record(lost, run: run) }
  }

  func fail(_ unit: WorkUnit, _ message: String, _ summary: inout RunSummary)
    -> WorkUnitRecord
  {
    fail(unit.partition.path, unit.partition, unit.reasonText, message, &summary)
  }

  func fail(
    _ path: ExactText, _ partition: Partition, _ reason: String, _ message: String,
    _ summary: inout RunSummary
  ) -> WorkUnitRecord {
    summary.failures.append(PartitionFailure(partition: path, message: message))
    emit(.failed(partition, message: message))
    return WorkUnitRecord(
      partition: path, state: .failed, rows: 0, bytes: 0, reason: reason, message: message)
  }
}
