import PartitionPredicate

extension StepExecutor {
  /// Moves positions without building.
  func move(_ moves: [PositionMove], because cause: MoveCause, _ summary: inout RunSummary)
    async throws
  {
    guard let run = summary.run else { return }
    try runner.ledger.move(await digested(moves), run: run, reason: cause.reason)
    let partitions = moves.map(\.partition)
    settled.formUnion(partitions)
    switch cause {
    case .compaction: summary.compacted += moves.count
    case .outOfReach: summary.outOfReach += moves.count
    case .bookmark, .undo: summary.moved += moves.count
    }
    emit(.moved(partitions))
  }

  /// Releases partitions that are held because they would be emptied.
  func release(_ partitions: [Partition], _ summary: inout RunSummary) throws {
    guard let run = summary.run else { return }
    try runner.ledger.release(partitions, run: run)
    settled.formUnion(partitions)
    summary.released += partitions.count
  }

  /// The moves with the digest of every file that counts as consumed from then on, so that a copy of the workspace, in
  /// which all stamps differ, recognizes the files.
  ///
  /// Only files that no run has read are read. A file that changed since it was listed has no digest.
  func digested(_ moves: [PositionMove]) async throws -> [PositionMove] {
    let versions = moves.flatMap {
      Array($0.inputs.values) + ($0.undone?.inputs.values.map(\.self) ?? [])
    }
    let known = try runner.ledger.files(of: versions.map { VersionReference($0) })
    var done = DigestedFiles()
    var digested: [PositionMove] = []
    for move in moves {
      var undone: UndoneBuild<PartitionVersion>?
      if let build = move.undone {
        undone = .init(run: build.run, inputs: await self.digested(build.inputs, known, &done))
      }
      digested.append(
        PositionMove(
          partition: move.partition, definition: move.definition,
          inputs: await self.digested(move.inputs, known, &done), undone: undone))
    }
    return digested
  }

  private func digested(
    _ inputs: [String: PartitionVersion], _ known: [VersionReference: [DataFile]],
    _ done: inout DigestedFiles
  ) async -> [String: PartitionVersion] {
    let tables = Dictionary(
      job.inputs.map { ($0.name, $0.table) }, uniquingKeysWith: { first, _ in first })
    var versions: [String: PartitionVersion] = [:]
    for (name, version) in inputs {
      let key = DigestedFiles.Version(input: name.exact, reference: VersionReference(version))
      if let digested = done.versions[key] {
        versions[name] = digested
        continue
      }
      var files = known[key.reference] ?? version.files
      if let table = tables[name] {
        for index in files.indices {
          files[index] = await digested(files[index], of: table, &done)
        }
      }
      let complete = version.withDigests(of: files)
      done.versions[key] = complete
      versions[name] = complete
    }
    return versions
  }

  private func digested(
    _ file: DataFile, of table: TableDefinition, _ done: inout DigestedFiles
  ) async -> DataFile {
    guard file.digest == nil else { return file }
    let place = table.location.file(file.path).exact
    if let known = done.files[place], known.hasSameStamps(as: file) { return known }
    let files = runner.storage.files
    guard let digest = try? await files.digest(of: file, in: table.location),
      (try? await files.check(file, in: table.location)) != nil
    else { return file }
    var file = file
    file.digest = digest
    done.files[place] = file
    return file
  }
}

/// What is known once it was read, because many moves may be to one version, and many versions have a file.
private struct DigestedFiles {
  struct Version: Hashable {
    let input: ExactText
    let reference: VersionReference
  }

  var versions: [Version: PartitionVersion] = [:]
  /// By their full paths.
  var files: [ExactText: DataFile] = [:]
}
