/// What staging one unit led to.
enum StageOutcome: Sendable {
  case staged(StagedUnit)
  case failed(message: String)
  case cancelled
  /// Not begun: the engine can do nothing more in this process.
  case ended
}

/// A unit whose rows lie in the staging area, durable and ready to be swapped in.
struct StagedUnit: Sendable {
  /// nil when the join is empty.
  let folder: StoreToken?
  let rows: StagedRows
  /// The versions that were read, digests included, by input name.
  let versions: [String: PartitionVersion]
  /// The files that will be published; the published ones when the rows are the same.
  var content: PartitionVersion?
  /// Whether the published files hold the same rows, so that they stay.
  var isUnchanged = false
  /// By input name, for tables that record their rows.
  var rowDigests: [String: String] = [:]  // characters: input names are ASCII
  /// Whose types the columns have; nil where that makes no difference.
  var types: OutputTypes?
}

/// Stages one unit at a time, on a thread of its own.
actor StageWorker {
  private let executor: ThreadExecutor
  private let runner: JobRunner
  private let store: any OutputLease
  private let plan: Plan
  private let run: RunID
  /// Files that an earlier run has read, with their digests.
  private let known: [VersionReference: [DataFile]]
  private let emit: @Sendable (RunEvent) -> Void

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(
    index: Int, runner: JobRunner, store: any OutputLease, plan: Plan, run: RunID,
    known: [VersionReference: [DataFile]], emit: @escaping @Sendable (RunEvent) -> Void
  ) throws(ThreadError) {
    self.executor = try ThreadExecutor(name: "dovetail.stage.\(index)")
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
      if plan.types == .spark { try checkKeys(of: unit) }
      try await runner.storage.files.checkPins(of: unit)
      var staged = try await write(unit)
      staged.types = plan.conversions.isEmpty ? nil : plan.types
      return .staged(staged)
    } catch is CancellationError {
      return .cancelled
    } catch EngineError.ended {
      return .ended
    } catch {
      return .failed(message: "\(error)")
    }
  }

  /// Refuses a folder that readers such as Spark would stumble over.
  private func checkKeys(of unit: WorkUnit) throws(PublishError) {
    guard !unit.isSurelyEmpty,
      let index = unit.partition.values.firstIndex(of: .string(""))
    else { return }
    throw .emptyKey(
      key: unit.partition.keys[index].name, partition: unit.partition.path)
  }

  private func write(_ unit: WorkUnit) async throws -> StagedUnit {
    guard !unit.isSurelyEmpty else {
      let matches = try await runner.engine.matches(of: JoinUnit(unit, of: plan))
      return StagedUnit(
        folder: nil, rows: StagedRows(rows: 0, bytes: 0, matches: matches),
        versions: try await digested(unit), rowDigests: try await rowDigests(of: unit))
    }
    let folder = try await store.makeStagingFolder(run: run, partition: unit.partition)
    let emit = emit
    let rows = try await runner.engine.stage(
      JoinUnit(unit, of: plan), into: folder, countsMatches: true
    ) { share in
      emit(.progress(unit.partition, share))
    }
    var staged = StagedUnit(folder: nil, rows: rows, versions: try await digested(unit))
    staged.rowDigests = try await rowDigests(of: unit)
    guard rows.rows > 0 else { return staged }
    let files = try await store.files(staged: run, partition: unit.partition)
    // Other counts need no look at the rows.
    let published =
      unit.publishedRows == rows.rows ? try await store.files(published: unit.partition) : []
    let written = files.map { "\(folder)/\($0.path.parts(separatedBy: "/").last ?? "")" }
    let others = published.map { plan.job.output.location.file($0.path) }
    if try await isUnchanged(written, from: others) {
      staged.isUnchanged = true
      staged.content = PartitionVersion(files: published)
      return staged
    }
    return StagedUnit(
      folder: try await store.seal(run: run, partition: unit.partition), rows: rows,
      versions: staged.versions, content: PartitionVersion(files: files),
      rowDigests: staged.rowDigests)
  }

  /// Whether the staged files hold the rows of the published ones.
  ///
  /// A published file that cannot be read any more is replaced like any other.
  private func isUnchanged(_ staged: [String], from published: [String]) async throws -> Bool {
    guard !published.isEmpty else { return false }
    do {
      return try await runner.engine.hasSameRows(staged, as: published)
    } catch EngineError.unreadableFile(let path, _)
      where published.contains(where: { $0.exact == path.exact })
    {
      return false
    }
  }

  // characters: input names are ASCII
  private func rowDigests(of unit: WorkUnit) async throws -> [String: String] {
    guard unit.inputs.contains(where: { $0.input.table.recordsRows && $0.listing != nil }) else {
      return [:]
    }
    var digests: [String: String] = [:]  // characters: input names are ASCII
    let join = JoinUnit(unit, of: plan)
    for (input, relation) in zip(unit.inputs, join.inputs)
    where input.input.table.recordsRows && input.listing != nil {
      digests[input.input.name] = try await runner.engine.rowDigest(of: relation)
    }
    return digests
  }

  /// The versions of a unit with the digest of every file, read only where no earlier run knows it.
  private func digested(_ unit: WorkUnit) async throws -> [String: PartitionVersion] {
    var versions: [String: PartitionVersion] = [:]
    for input in unit.inputs {
      guard let version = input.listing?.version else { continue }
      if let files = known[VersionReference(version)], files.allSatisfy({ $0.digest != nil }) {
        versions[input.input.name] = PartitionVersion(files: files)
        continue
      }
      var files = version.files
      // Of a file that was not final the listing took it, before anything read the rows.
      for index in files.indices where files[index].digest == nil {
        files[index].digest = try await runner.storage.files.digest(
          of: files[index], in: input.input.table.location)
      }
      versions[input.input.name] = PartitionVersion(files: files)
    }
    return versions
  }
}

extension FileStore {
  /// Checks every file that a unit pins.
  func checkPins(of unit: WorkUnit) async throws(PinError) {
    for input in unit.inputs {
      for file in input.listing?.version.files ?? [] {
        try await check(file, in: input.input.table.location)
      }
    }
  }
}
