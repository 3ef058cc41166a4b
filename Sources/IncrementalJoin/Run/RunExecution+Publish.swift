extension RunExecution {
  /// Journals and swaps the staged units whose files are still the pinned ones.
  func publish(
    _ units: [WorkUnit], store: any OutputStore, summary: inout RunSummary
  ) throws {
    guard let run = summary.run else { return }
    var lost: [WorkUnitRecord] = []
    var ready: [(WorkUnit, PreparedPublish)] = []
    for unit in units {
      guard let staging = staged.removeValue(forKey: unit.partition) else { continue }
      do {
        try runner.storage.checkPins(of: unit)
        ready.append((unit, try prepare(unit, staging, run: run, store: store)))
      } catch {
        lost.append(fail(unit, "\(error)", &summary))
      }
    }
    try runner.ledger.prepare(ready.map(\.1))
    for (unit, publish) in ready {
      do {
        try carryOut(publish, of: unit, store: store)
        prepared[unit.partition] = publish
      } catch {
        lost.append(fail(unit, "\(error)", &summary))
      }
    }
    try store.flush(prepared.keys.sorted())
    if !lost.isEmpty { try runner.ledger.record(lost, run: run) }
  }

  func prepare(
    _ unit: WorkUnit, _ staging: StagedUnit, run: RunID, store: any OutputStore
  ) throws -> PreparedPublish {
    let published = try store.publishedFolder(unit.partition)
    if published != nil, !unit.isPublished, !adoptsOutput {
      throw PublishError.foreignPartition(
        path: "\(job.output.location)/\(unit.partition.path)")
    }
    let action: PublishAction? =
      if let folder = staging.folder { .publish(staged: folder, replaced: published) } else {
        published.map { .remove(published: $0) }
      }
    return PreparedPublish(
      run: run, partition: unit.partition.path, action: action, definition: job.fingerprint,
      inputs: staging.versions, rows: staging.rows.rows, bytes: staging.rows.bytes,
      reason: unit.reasonText)
  }

  func carryOut(_ publish: PreparedPublish, of unit: WorkUnit, store: any OutputStore)
    throws
  {
    if let action = publish.action {
      do {
        try store.publish(action, run: publish.run, partition: unit.partition)
      } catch {
        // The error may have come before or after the rename: look where the folders are.
        switch try store.recover(action, run: publish.run, partition: unit.partition) {
        case .done: break
        case .notDone:
          try runner.ledger.rollBack([publish])
          throw error
        case .unknown: throw error
        }
      }
    }
    emit(publish.rows == 0 ? .removed(unit.partition) : .published(unit.partition))
  }

  func commit(_ units: [WorkUnit], summary: inout RunSummary) throws {
    let publishes = units.compactMap { prepared.removeValue(forKey: $0.partition) }
    guard !publishes.isEmpty else { return }
    try runner.ledger.commit(publishes)
    summary.committed += publishes.count
    summary.removed += publishes.count { $0.rows == 0 }
    summary.rows += publishes.reduce(0) { $0 + $1.rows }
    summary.bytesWritten += publishes.reduce(0) { $0 + $1.bytes }
    let paths = Set(publishes.map(\.partition))
    let partitions = units.map(\.partition).filter { paths.contains($0.path) }
    committed.formUnion(partitions)
    emit(.committed(partitions))
  }
}
