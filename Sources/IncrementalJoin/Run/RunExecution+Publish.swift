extension RunExecution {
  /// Journals and swaps the staged units whose files are still the pinned ones.
  ///
  /// - Throws: `PublishError.switchIncomplete` when columns get other types and some partition has failed,
  ///   or what the ledger and the storage throw.
  func publish(
    _ units: [WorkUnit], of plan: Plan, store: any OutputLease, summary: inout RunSummary
  ) async throws {
    // Readers see all partitions with the new types, or all with the old ones.
    if plan.switchesTypes, summary.cancelled > 0 { return }
    var units = keepBackRemovals(of: units)
    if plan.switchesTypes {
      units += try withholdRemovals(among: emptied, of: plan, summary: &summary)
      emptied = []
      if let partition = summary.withheld.first, let count = summary.removals {
        throw PublishError.switchWouldEmpty(
          count: summary.withheld.count, partition: partition, reason: "\(count)")
      }
    }
    let ready = try await prepareAll(units, store: store, summary: &summary)
    if plan.switchesTypes, let failure = summary.failures.first {
      throw PublishError.switchIncomplete(
        failed: summary.failures.count, partition: failure.partition, message: failure.message)
    }
    try pinColumns(of: plan, before: ready)
    try await carryOut(ready, store: store, summary: &summary)
  }

  /// Keeps the staged units whose files are still the pinned ones, for the operator to publish.
  func keep(
    _ units: [WorkUnit], of plan: Plan, store: any OutputLease, summary: inout RunSummary
  ) async throws {
    let ready = try await prepareAll(units, store: store, summary: &summary)
    guard !ready.isEmpty else { return }
    try pinColumns(of: plan, before: ready)
    try runner.ledger.keep(ready)
    let paths = Set(ready.map(\.partition))
    let partitions = units.map(\.partition).filter { paths.contains($0.path) }
    settled.formUnion(partitions)
    emit(.kept(partitions))
  }

  func prepareAll(
    _ units: [WorkUnit], store: any OutputLease, summary: inout RunSummary
  ) async throws -> [PreparedPublish] {
    guard let run = summary.run else { return [] }
    var lost: [WorkUnitRecord] = []
    var ready: [PreparedPublish] = []
    for unit in units {
      guard let staging = staged.removeValue(forKey: unit.partition) else { continue }
      do {
        try await runner.storage.files.checkPins(of: unit)
        ready.append(
          try await prepare(unit, staging, run: run, mode: summary.mode, store: store))
      } catch {
        lost.append(fail(unit, "\(error)", &summary))
      }
    }
    if !lost.isEmpty { try runner.ledger.record(lost, run: run) }
    return ready
  }

  private func prepare(
    _ unit: WorkUnit, _ staging: StagedUnit, run: RunID, mode: BookmarkMode,
    store: any OutputLease
  ) async throws -> PreparedPublish {
    let published = try await store.token(published: unit.partition)
    if published != nil, !unit.isPublished, !adoptsOutput {
      throw PublishError.foreignPartition(
        path: job.output.location.file(unit.partition.path))
    }
    let action: PublishAction? =
      if staging.isUnchanged { nil } else if let folder = staging.folder {
        .publish(staged: folder, replaced: published)
      } else {
        published.map { .remove(published: $0) }
      }
    let path = unit.partition.path
    let fingerprint = job.fingerprint
    return PreparedPublish(
      run: run, partition: path, action: action,
      state: staging.isUnchanged ? .unchanged : staging.rows.rows == 0 ? .removed : .committed,
      definition: fingerprint, inputs: staging.versions,
      position: mode == .enable
        ? PositionMove(partition: path, definition: fingerprint, inputs: staging.versions) : nil,
      content: staging.content, rows: staging.rows.rows,
      bytes: staging.isUnchanged ? staging.content?.bytes ?? 0 : staging.rows.bytes,
      reason: unit.reasonText, matches: staging.rows.matches, rowDigests: staging.rowDigests,
      types: staging.types, isRemovalAllowed: unit.isRemovalAllowed)
  }

  /// Writes the journal and swaps; what was carried out is to be committed.
  func carryOut(
    _ publishes: [PreparedPublish], store: any OutputLease, summary: inout RunSummary
  ) async throws {
    guard !publishes.isEmpty, let run = summary.run else { return }
    if !hasClaimed { try await claim(store, for: run) }
    try runner.ledger.prepare(publishes)
    var lost: [WorkUnitRecord] = []
    var done: [Partition] = []
    for publish in publishes {
      let partition = try Partition(path: publish.partition, keys: job.output.keys)
      do {
        try await carryOut(publish, of: partition, store: store)
        prepared[partition] = publish
        done.append(partition)
      } catch {
        lost.append(fail(publish.partition, partition, publish.reason, "\(error)", &summary))
      }
    }
    try await store.flush(done)
    if !lost.isEmpty { try runner.ledger.record(lost, run: run) }
  }

  private func carryOut(
    _ publish: PreparedPublish, of partition: Partition, store: any OutputLease
  ) async throws {
    if let action = publish.action {
      do {
        try await store.publish(action, run: publish.run, partition: partition)
      } catch {
        // The error may have come before or after the rename: look where the folders are.
        switch try await store.recover(action, run: publish.run, partition: partition) {
        case .done: break
        case .notDone:
          try runner.ledger.rollBack([publish])
          throw error
        case .unknown: throw error
        }
      }
    }
    switch publish.state {
    case .unchanged: emit(.unchanged(partition))
    case .removed: emit(.removed(partition))
    default: emit(.published(partition))
    }
  }

  /// Commits what was carried out of these partitions.
  func commit(_ partitions: [Partition], summary: inout RunSummary) throws {
    let ready = partitions.filter { prepared[$0] != nil }
    let publishes = ready.compactMap { prepared.removeValue(forKey: $0) }
    guard !publishes.isEmpty else { return }
    try runner.ledger.commit(publishes)
    let written = publishes.filter { $0.state == .committed }
    summary.committed += publishes.count
    summary.removed += publishes.count { $0.state == .removed }
    summary.unchanged += publishes.count { $0.state == .unchanged }
    summary.rows += written.reduce(0) { $0 + $1.rows }
    summary.bytesWritten += written.reduce(0) { $0 + $1.bytes }
    settled.formUnion(ready)
    emit(.committed(ready))
  }
}
