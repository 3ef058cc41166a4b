import PartitionPredicate
import Wording

extension StepExecutor {
  /// Stages units; one that fails leaves the others alone.
  func stage(
    _ units: [WorkUnit], of operation: PlannedOperation, _ store: any OutputLease,
    _ summary: inout RunSummary
  ) async throws {
    guard let plan = operation.plan, let run = summary.run else { return }
    let stager =
      if let stager { stager } else { try await makeStager(for: plan, run: run, store: store) }
    self.stager = stager
    var lost: [WorkUnitRecord] = []
    var ended: Set<Partition> = []
    for (unit, outcome) in hasEngineEnded ? [] : await stager.stage(units) {
      switch outcome {
      case .staged(let result):
        staged[unit.partition] = (unit, result)
        summary.bytesRead += unit.bytes
        summary.filesRead += unit.fileCount
        summary.warnings += result.rows.warnings
        for tie in result.rows.ties {
          ties[tie.input, default: TieCount()].add(tie)
        }
        ended.insert(unit.partition)
      case .failed(let message):
        // The stager has already reported it.
        lost.append(failure(unit.partition, unit.reasonText, message, &summary))
        ended.insert(unit.partition)
      case .cancelled: break
      case .ended: hasEngineEnded = true
      }
    }
    let left = units.filter { !ended.contains($0.partition) }
    summary.cancelled += left.count
    lost += left.map(\.cancelled)
    if !lost.isEmpty { try runner.ledger.record(lost, run: run) }
  }

  /// Starts the threads that stage a plan's units.
  private func makeStager(for plan: Plan, run: RunID, store: any OutputLease) async throws
    -> UnitStager
  {
    try await store.describe(run: run, columns: plan.outputColumns)
    let references = plan.units.flatMap { $0.versions.values.map { VersionReference($0) } }
    let known = try runner.ledger.files(of: references)
    let workers = try (0..<max(1, min(runner.concurrency, plan.units.count))).map { index in
      try StageWorker(
        index: index, runner: runner, store: store, plan: plan, run: run, known: known,
        emit: emit)
    }
    return UnitStager(
      engine: runner.engine, files: runner.storage.files, plan: plan, workers: workers, emit: emit)
  }
}

/// How many rows of an input a run has left out in favor of another one with the same time.
struct TieCount {
  private var rows: Int64 = 0
  private var partitions = 0

  mutating func add(_ tie: TiedRows) {
    rows += tie.count
    partitions += 1
  }

  /// One line for people.
  func sentence(of input: String) -> String {
    "\(input): \(rows == 1 ? "1 row has" : "\(Quantity.number(rows)) rows have") the time of another row and equal join columns, in "
      + "\(Quantity.count(partitions, "partition")); of such rows, the first one by the "
      + "table's columns was used."
  }
}
