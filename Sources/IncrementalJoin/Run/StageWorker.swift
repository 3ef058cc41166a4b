import PartitionPredicate

/// Does for a unit what the engine does not: checks the pinned files first, and then digests, compares and seals what
/// the engine has staged, on a thread of its own.
actor StageWorker {
  private let executor: ThreadExecutor
  private let runner: JobRunner
  private let store: any OutputLease
  private let plan: Plan
  private let run: RunID
  /// Files that an earlier run has read, with their digests.
  private let known: [VersionReference: [DataFile]]
  private let emit: @Sendable (RunEvent) -> Void
  /// The staging folders of the units that are under way.
  private var folders: [Partition: String] = [:]

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

  /// Checks a unit's files and makes its staging folder.
  func begin(_ unit: WorkUnit) async throws -> String {
    try check(unit)
    try await files.fetch(unit.inputs.pins)
    do {
      let folder = try await store.makeStagingFolder(run: run, partition: unit.partition)
      folders[unit.partition] = folder
      return folder
    } catch {
      await files.release(unit.inputs.pins)
      throw error
    }
  }

  /// Takes over what the engine has staged for a unit, or why it did not.
  func finish(_ unit: WorkUnit, _ result: Result<StagedRows, any Error>) async -> StageOutcome {
    // Without a folder it has not begun.
    let folder = folders.removeValue(forKey: unit.partition)
    let outcome = await outcome { try await sealed(unit, try result.get(), in: folder ?? "") }
    if folder != nil { await files.release(unit.inputs.pins) }
    return outcome
  }

  /// Does everything for a unit whose join must be empty: the engine has nothing to stage.
  func finishEmpty(_ unit: WorkUnit) async -> StageOutcome {
    await outcome {
      try check(unit)
      return try await files.reading(unit.inputs.pins) {
        let matches = try await runner.engine.matches(of: JoinUnit(unit, of: plan, in: files))
        return try await account(of: unit, StagedRows(rows: 0, bytes: 0, matches: matches))
      }
    }
  }

  private func outcome(_ body: () async throws -> StagedUnit) async -> StageOutcome {
    do {
      return .staged(try await body())
    } catch is CancellationError {
      return .cancelled
    } catch EngineError.ended {
      return .ended
    } catch {
      // Work that was interrupted has not failed, whatever its store or engine calls that.
      if Task.isCancelled { return .cancelled }
      return .failed(message: files.readable("\(error)"))
    }
  }

  private var files: any FileStore { runner.storage.files }

  /// Checks that a unit may be started, and reports the start.
  private func check(_ unit: WorkUnit) throws {
    try Task.checkCancellation()
    emit(.staging(unit.partition))
    if plan.types == .spark { try checkKeys(of: unit) }
  }

  /// Refuses a folder name that readers such as Spark cannot handle.
  private func checkKeys(of unit: WorkUnit) throws(PublishError) {
    guard !unit.isSurelyEmpty,
      let index = unit.partition.values.firstIndex(of: .string(""))
    else { return }
    throw .emptyKey(
      key: unit.partition.keys[index].name, partition: unit.partition.path)
  }

  /// What is known about a unit's rows before their files are examined.
  private func account(of unit: WorkUnit, _ rows: StagedRows) async throws -> StagedUnit {
    await StagedUnit(
      folder: nil, rows: rows, versions: try digested(unit),
      rowDigests: try await rowDigests(of: unit),
      types: plan.conversions.isEmpty ? nil : plan.types)
  }

  /// Makes what was staged durable, unless its rows equal the published ones.
  private func sealed(_ unit: WorkUnit, _ rows: StagedRows, in folder: String) async throws
    -> StagedUnit
  {
    var staged = try await account(of: unit, rows)
    guard rows.rows > 0 else { return staged }
    let files = try await store.files(staged: run, partition: unit.partition)
    // Other counts need no look at the rows.
    let mayBeSame = unit.isPublished && rows.rows == unit.published?.countedRows ?? rows.rows
    let published = mayBeSame ? try await store.files(published: unit.partition) : []
    let written = files.map { "\(folder)/\($0.path.parts(separatedBy: "/").last ?? "")" }
    if try await isUnchanged(written, from: published) {
      staged.isUnchanged = true
      staged.content = PartitionVersion(files: published)
    } else {
      staged.folder = try await store.seal(run: run, partition: unit.partition)
      // A store may know its tags, and the names that it gives, only now.
      staged.content = PartitionVersion(
        files: try await store.files(staged: run, partition: unit.partition))
    }
    return staged
  }

  /// Whether the staged files hold the rows of the published ones.
  ///
  /// A published file that cannot be read any more is replaced like any other.
  private func isUnchanged(_ staged: [String], from published: [DataFile]) async throws -> Bool {
    guard !published.isEmpty else { return false }
    let location = plan.job.output.location
    let places = published.map { files.place(of: $0, in: location) }
    do {
      return try await files.reading([PinnedFiles(files: published, location: location)]) {
        try await runner.engine.hasSameRows(staged, as: places)
      }
    } catch is PinError {
      return false
    } catch EngineError.unreadableFile(let path, _)
      where published.contains(where: { location.file($0.path).exact == path.exact })
    {
      return false
    }
  }

  // characters: input names are ASCII
  private func rowDigests(of unit: WorkUnit) async throws -> [String: String] {
    guard unit.inputs.contains(where: { $0.input.table.recordsRows && $0.version != nil }) else {
      return [:]
    }
    var digests: [String: String] = [:]  // characters: input names are ASCII
    let join = JoinUnit(unit, of: plan, in: files)
    for (input, relation) in zip(unit.inputs, join.inputs)
    where input.input.table.recordsRows && input.version != nil {
      digests[input.input.name] = try await runner.engine.rowDigest(of: relation)
    }
    return digests
  }

  /// The versions of a unit with the digest of every file, read only where no earlier run knows it.
  private func digested(_ unit: WorkUnit) async throws -> [String: PartitionVersion] {
    var versions: [String: PartitionVersion] = [:]
    for input in unit.inputs {
      guard let version = input.version else { continue }
      if let files = known[VersionReference(version)], files.allSatisfy({ $0.digest != nil }) {
        versions[input.input.name] = version.withDigests(of: files)
        continue
      }
      var files = version.files
      // Of a file that was not final the listing took it, before anything read the rows.
      for index in files.indices where files[index].digest == nil {
        files[index].digest = try await self.files.digest(
          of: files[index], in: input.input.table.location)
      }
      versions[input.input.name] = version.withDigests(of: files)
    }
    return versions
  }
}
