import Synchronization

/// What staging one unit led to.
enum StageOutcome: Sendable {
  case staged(StagedUnit)
  case failed(message: String)
  case cancelled
  /// Not begun: the engine can do nothing more in this process.
  case ended
}

/// A unit whose rows are in the staging area, durable and ready to be swapped in.
struct StagedUnit: Sendable {
  /// nil when the join is empty, and when the published files stay.
  var folder: StoreToken?
  let rows: StagedRows
  /// The versions that were read, digests included, by input name.
  let versions: [String: PartitionVersion]
  /// The files that will be published; the published ones when the rows are the same.
  var content: PartitionVersion?
  /// Whether the published files hold the same rows, so they stay.
  var isUnchanged = false
  /// By input name, for tables that record their rows.
  var rowDigests: [String: String] = [:]  // characters: input names are ASCII
  /// Whose types the columns have; nil where that makes no difference.
  var types: OutputTypes?
}

/// Lets the engine stage units of a plan, and takes over each result as soon as it is ready.
struct UnitStager: Sendable {
  let engine: any JoinEngine
  let files: any FileStore
  let plan: Plan
  /// They take turns.
  let workers: [StageWorker]
  let emit: @Sendable (RunEvent) -> Void

  /// Stages units, those whose join must be empty alongside the others.
  ///
  /// - Returns: What became of each, in the order in which they ended; a unit that the engine had not reached when the
  ///   task was cancelled is missing.
  func stage(_ units: [WorkUnit]) async -> [(WorkUnit, StageOutcome)] {
    let outcomes = Mutex<[(WorkUnit, StageOutcome)]>([])
    let ahead = FetchAhead(units.filter { !$0.isSurelyEmpty }, from: files)
    await ahead.begin()
    let note = { @Sendable (unit: WorkUnit, outcome: StageOutcome) in
      report(outcome, of: unit)
      outcomes.withLock { $0.append((unit, outcome)) }
    }
    let shares = workers.enumerated().map { index, worker in
      (worker, stride(from: index, to: units.count, by: workers.count).map { units[$0] })
    }
    let orders = zip(units, units.indices).filter { !$0.0.isSurelyEmpty }.map { unit, index in
      order(for: unit, worker: workers[index % workers.count], ahead) { note(unit, $0) }
    }
    await withTaskGroup { group in
      group.addTask {
        // Units that are missing then were cancelled.
        try? await engine.stage(orders)
      }
      for (worker, units) in shares {
        group.addTask {
          for unit in units where unit.isSurelyEmpty {
            note(unit, await worker.finishEmpty(unit))
          }
        }
      }
    }
    await ahead.end()
    return outcomes.withLock { $0 }
  }

  private func order(
    for unit: WorkUnit, worker: StageWorker, _ ahead: FetchAhead,
    ended: @escaping @Sendable (StageOutcome) -> Void
  ) -> StagingOrder {
    StagingOrder(
      unit: JoinUnit(unit, of: plan, in: files), countsMatches: true,
      begin: {
        let folder = try await worker.begin(unit)
        await ahead.letGo(unit)
        return folder
      },
      progress: { emit(.progress(unit.partition, $0)) },
      finish: { ended(await worker.finish(unit, $0)) })
  }

  private func report(_ outcome: StageOutcome, of unit: WorkUnit) {
    switch outcome {
    case .staged(let staged): emit(.staged(unit.partition, staged.rows))
    case .failed(let message): emit(.failed(unit.partition, message: message))
    case .cancelled, .ended: break
    }
  }
}
