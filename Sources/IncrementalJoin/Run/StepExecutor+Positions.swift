import PartitionPredicate

extension StepExecutor {
  /// Moves positions without building.
  func move(_ moves: [PositionMove], because cause: MoveCause, _ summary: inout RunSummary) throws {
    guard let run = summary.run else { return }
    try runner.ledger.move(digested(moves), run: run, reason: cause.reason)
    let partitions = moves.map(\.partition)
    settled.formUnion(partitions)
    if cause == .compaction {
      summary.compacted += moves.count
    } else {
      summary.moved += moves.count
    }
    emit(.moved(partitions))
  }

  /// Lets go of partitions that are held since they would be emptied.
  func release(_ partitions: [Partition], _ summary: inout RunSummary) throws {
    guard let run = summary.run else { return }
    try runner.ledger.release(partitions, run: run)
    settled.formUnion(partitions)
    summary.released += partitions.count
  }

  /// Moves with the digest of every file that counts as consumed from then on, so that a copy of the workspace,
  /// in which all stamps differ, knows the files again.
  ///
  /// Read is only what no run has read. A file that changed since it was listed has no digest.
  func digested(_ moves: [PositionMove]) throws -> [PositionMove] {
    let versions = moves.flatMap {
      Array($0.inputs.values) + ($0.undone?.inputs.values.map(\.self) ?? [])
    }
    let known = try runner.ledger.files(of: versions.map { VersionReference($0) })
    return moves.map { move in
      PositionMove(
        partition: move.partition, definition: move.definition,
        inputs: digested(move.inputs, known),
        undone: move.undone.map { .init(run: $0.run, inputs: digested($0.inputs, known)) })
    }
  }

  private func digested(
    _ inputs: [String: PartitionVersion], _ known: [VersionReference: [DataFile]]
  ) -> [String: PartitionVersion] {
    let tables = Dictionary(
      job.inputs.map { ($0.name, $0.table) }, uniquingKeysWith: { first, _ in first })
    return Dictionary(
      inputs.map { name, version in
        let files = known[VersionReference(version)] ?? version.files
        guard let table = tables[name], files.contains(where: { $0.digest == nil }) else {
          return (name, PartitionVersion(files: files))
        }
        return (name, PartitionVersion(files: files.map { digested($0, of: table) }))
      }, uniquingKeysWith: { $1 })
  }

  private func digested(_ file: DataFile, of table: TableDefinition) -> DataFile {
    guard file.digest == nil, let digest = try? runner.storage.digest(of: file, in: table),
      (try? runner.storage.check(file, of: table)) != nil
    else { return file }
    var file = file
    file.digest = digest
    return file
  }
}
