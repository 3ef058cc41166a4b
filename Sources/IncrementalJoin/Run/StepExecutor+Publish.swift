import Foundation
import PartitionPredicate

extension StepExecutor {
  /// Journals and swaps what was staged, restored or rechecked, where the pinned files are still the same.
  ///
  /// - Throws: `PublishError.switchIncomplete` when columns get other types and some partition has failed, or what the
  ///   ledger and the storage throw.
  func publish(
    _ partitions: [Partition], of plan: Plan?, _ store: any OutputLease,
    _ summary: inout RunSummary
  ) async throws {
    let switchesTypes = plan?.switchesTypes ?? false
    // Readers see all partitions with the new types, or all with the old ones.
    if switchesTypes, summary.cancelled > 0 { return }
    var units = keepBackRemovals(of: partitions.compactMap { staged[$0]?.unit })
    if switchesTypes {
      units += try withholdRemovals(among: emptied, &summary)
      emptied = []
      if let partition = summary.withheld.first, let count = summary.removals {
        throw PublishError.switchWouldEmpty(
          count: summary.withheld.count, partition: partition.path, reason: "\(count)")
      }
    }
    let built = try await prepareAll(units, store, &summary)
    if switchesTypes, let failure = summary.failures.first {
      throw PublishError.switchIncomplete(
        failed: summary.failures.count, partition: failure.partition.path, message: failure.message)
    }
    try pinColumns(of: plan, before: built)
    let others = partitions.compactMap { ready.removeValue(forKey: $0) }
    try await carryOut(built + others, store, &summary)
  }

  /// Keeps the staged units whose files are still the pinned ones, for the operator to publish.
  func keep(
    _ partitions: [Partition], of plan: Plan?, _ store: any OutputLease,
    _ summary: inout RunSummary
  ) async throws {
    let built = try await prepareAll(partitions.compactMap { staged[$0]?.unit }, store, &summary)
    guard !built.isEmpty else { return }
    try pinColumns(of: plan, before: built)
    try runner.ledger.keep(built)
    let prepared = Set(built.map(\.partition))
    let kept = partitions.filter { prepared.contains($0) }
    settled.formUnion(kept)
    emit(.kept(kept))
  }

  /// The journal entries of staged units; those whose files changed since they were pinned fail.
  func prepareAll(
    _ units: [WorkUnit], _ store: any OutputLease, _ summary: inout RunSummary
  ) async throws -> [PreparedPublish] {
    guard let run = summary.run else { return [] }
    var lost: [WorkUnitRecord] = []
    var built: [PreparedPublish] = []
    for unit in units {
      guard let (_, result) = staged.removeValue(forKey: unit.partition) else { continue }
      do {
        try await runner.storage.files.checkPins(of: unit)
        built.append(try await prepare(unit, result, run: run, mode: summary.mode, store))
      } catch {
        lost.append(fail(unit.partition, unit.reasonText, "\(error)", &summary))
      }
    }
    if !lost.isEmpty { try runner.ledger.record(lost, run: run) }
    return built
  }

  private func prepare(
    _ unit: WorkUnit, _ staging: StagedUnit, run: RunID, mode: BookmarkMode,
    _ store: any OutputLease
  ) async throws -> PreparedPublish {
    let published = try await store.token(published: unit.partition)
    if published != nil, !unit.isPublished, !adoptsOutput {
      throw PublishError.foreignPartition(
        path: job.output.location.file(unit.partition.path))
    }
    if let place = foreignEntries[unit.partition] {
      throw PublishError.foreignCatalogEntry(partition: unit.partition.path, place: place)
    }
    let action: PublishAction? =
      if staging.isUnchanged { nil } else if let folder = staging.folder {
        .publish(staged: folder, replaced: published)
      } else {
        published.map { .remove(published: $0) }
      }
    let fingerprint = job.fingerprint
    return PreparedPublish(
      run: run, partition: unit.partition, action: action,
      state: staging.isUnchanged ? .unchanged : staging.rows.rows == 0 ? .removed : .committed,
      definition: fingerprint, inputs: staging.versions,
      position: mode == .enable
        ? PositionMove(
          partition: unit.partition, definition: fingerprint, inputs: staging.versions) : nil,
      content: staging.content, rows: staging.rows.rows,
      bytes: staging.isUnchanged ? staging.content?.bytes ?? 0 : staging.rows.bytes,
      reason: unit.reasonText, matches: staging.rows.matches, rowDigests: staging.rowDigests,
      types: staging.types, isRemovalAllowed: unit.isRemovalAllowed)
  }

  /// Writes the journal and swaps; what was carried out is to be committed.
  func carryOut(
    _ publishes: [PreparedPublish], _ store: any OutputLease, _ summary: inout RunSummary
  ) async throws {
    guard !publishes.isEmpty, let run = summary.run else { return }
    if !hasClaimed { try await claim(store, for: run) }
    try runner.ledger.prepare(publishes)
    var lost: [WorkUnitRecord] = []
    var done: [Partition] = []
    for (publish, error) in await swap(publishes, of: run, store) {
      if let error {
        lost.append(fail(publish.partition, publish.reason, "\(error)", &summary))
      } else {
        published[publish.partition] = publish
        done.append(publish.partition)
      }
    }
    try await store.flush(done)
    if !lost.isEmpty { try runner.ledger.record(lost, run: run) }
  }

  /// Carries out the actions of journal entries.
  ///
  /// - Returns: Each with what it failed with.
  private func swap(
    _ publishes: [PreparedPublish], of run: RunID, _ store: any OutputLease
  ) async -> [(PreparedPublish, (any Error)?)] {
    let actions = publishes.compactMap { publish in
      publish.action.map { PartitionAction($0, on: publish.partition) }
    }
    var errors = await store.publish(actions, run: run)[...]
    var ended: [(PreparedPublish, (any Error)?)] = []
    for publish in publishes {
      do {
        if let action = publish.action, let error = errors.popFirst() ?? nil {
          try await settle(publish, action, after: error, store)
        }
        tell(publish)
        ended.append((publish, nil))
      } catch {
        ended.append((publish, error))
      }
    }
    return ended
  }

  /// Finds out what became of an action: the error may have come before or after it was carried out.
  ///
  /// - Throws: The error, unless the action was carried out.
  private func settle(
    _ publish: PreparedPublish, _ action: PublishAction, after error: PublishError,
    _ store: any OutputLease
  ) async throws {
    switch try await store.recover(action, run: publish.run, partition: publish.partition) {
    case .done: break
    case .notDone:
      try runner.ledger.rollBack([publish])
      throw error
    case .unknown: throw error
    }
  }

  private func tell(_ publish: PreparedPublish) {
    switch publish.state {
    case .unchanged: emit(.unchanged(publish.partition))
    case .removed: emit(.removed(publish.partition))
    default: emit(.published(publish.partition))
    }
  }

  /// Commits what was carried out of these partitions.
  func commit(_ partitions: [Partition], _ summary: inout RunSummary) throws {
    let committed = partitions.filter { published[$0] != nil }
    let publishes = committed.compactMap { published.removeValue(forKey: $0) }
    guard !publishes.isEmpty else { return }
    try runner.ledger.commit(publishes)
    let written = publishes.filter { $0.state == .committed }
    summary.committed += publishes.count
    summary.removed += publishes.count { $0.state == .removed }
    summary.unchanged += publishes.count { $0.state == .unchanged }
    summary.rows += written.reduce(0) { $0 + $1.rows }
    summary.bytesWritten += written.reduce(0) { $0 + $1.bytes }
    settled.formUnion(committed)
    emit(.committed(committed))
  }

  /// Pins the columns of tables that are read for the first time, before anything built from them is published or kept.
  ///
  /// A run in which every partition fails may have examined the wrong files, and pins nothing; neither does one that
  /// has read no rows.
  func pinColumns(of plan: Plan?, before publishes: [PreparedPublish]) throws {
    guard let plan else { return }
    let empty = Set(plan.units.filter(\.isSurelyEmpty).map(\.partition))
    guard !hasPinned, let run = publishes.first(where: { !empty.contains($0.partition) })?.run
    else { return }
    let origin = PinOrigin(run: run, user: runner.holder.user, at: Date())
    for (table, seen) in plan.seenColumns.sorted(by: { $0.key < $1.key }) {
      try runner.ledger.pin(columns: seen.columns, table: table, by: origin)
    }
    hasPinned = true
  }
}
