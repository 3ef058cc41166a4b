/// What staging one unit led to.
enum StageOutcome: Sendable {
  case staged(StagedUnit)
  case failed(message: String)
  case cancelled
}

/// A unit whose rows lie in the staging area, durable and ready to be swapped in.
struct StagedUnit: Sendable {
  /// nil when the join is empty.
  let folder: FolderID?
  let rows: StagedRows
  /// The versions that were read, digests included, by input name.
  let versions: [String: PartitionVersion]
}

/// Stages one unit at a time, on a thread of its own.
actor StageWorker {
  private let executor: ThreadExecutor
  private let runner: JobRunner
  private let store: any OutputStore
  private let plan: Plan
  private let run: RunID
  /// Files that an earlier run has read, with their digests.
  private let known: [VersionReference: [DataFile]]
  private let emit: @Sendable (RunEvent) -> Void

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(
    index: Int, runner: JobRunner, store: any OutputStore, plan: Plan, run: RunID,
    known: [VersionReference: [DataFile]], emit: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.executor = ThreadExecutor(name: "dovetail.stage.\(index)")
    self.runner = runner
    self.store = store
    self.plan = plan
    self.run = run
    self.known = known
    self.emit = emit
  }

  func stage(_ unit: WorkUnit) async -> StageOutcome {
    do {
      try Task.checkCancellation()
      emit(.staging(unit.partition))
      try runner.storage.checkPins(of: unit)
      return .staged(try await write(unit))
    } catch is CancellationError {
      return .cancelled
    } catch {
      return .failed(message: "\(error)")
    }
  }

  private func write(_ unit: WorkUnit) async throws -> StagedUnit {
    guard !unit.isSurelyEmpty else {
      return StagedUnit(
        folder: nil, rows: StagedRows(rows: 0, bytes: 0), versions: try digested(unit))
    }
    let folder = try store.makeStagingFolder(run: run, partition: unit.partition)
    let emit = emit
    let rows = try await runner.engine.stage(JoinUnit(unit, of: plan), into: folder) { share in
      emit(.progress(unit.partition, share))
    }
    let versions = try digested(unit)
    return StagedUnit(
      folder: rows.rows == 0 ? nil : try store.seal(run: run, partition: unit.partition),
      rows: rows, versions: versions)
  }

  /// The versions of a unit with the digest of every file, read only where no earlier run knows it.
  private func digested(_ unit: WorkUnit) throws -> [String: PartitionVersion] {
    var versions: [String: PartitionVersion] = [:]
    for input in unit.inputs {
      guard let version = input.listing?.version else { continue }
      if let files = known[VersionReference(version)], files.allSatisfy({ $0.digest != nil }) {
        versions[input.input.name] = PartitionVersion(files: files)
        continue
      }
      versions[input.input.name] = PartitionVersion(
        files: try version.files.map { file in
          var file = file
          file.digest = try runner.storage.digest(of: file, in: input.input.table)
          return file
        })
    }
    return versions
  }
}

extension StorageReader {
  /// Checks every file that a unit pins.
  func checkPins(of unit: WorkUnit) throws(PinError) {
    for input in unit.inputs {
      for file in input.listing?.version.files ?? [] {
        try check(file, of: input.input.table)
      }
    }
  }
}
