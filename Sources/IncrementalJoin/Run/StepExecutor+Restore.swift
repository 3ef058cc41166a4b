import PartitionPredicate

extension StepExecutor {
  /// Brings replaced versions back into the staging area.
  ///
  /// Whatever is left over can be undone later by the same undo.
  func restore(
    _ units: [UndoPlan.Unit], _ store: any OutputLease, _ summary: inout RunSummary
  ) async throws {
    guard let run = summary.run else { return }
    guard !Task.isCancelled else {
      summary.cancelled += units.count
      return
    }
    for unit in units { ready[unit.partition] = try await restore(unit, in: run, store) }
  }

  private func restore(_ unit: UndoPlan.Unit, in run: RunID, _ store: any OutputLease) async throws
    -> PreparedPublish
  {
    let published = try await store.token(published: unit.partition)
    var action: PublishAction?
    var content: PartitionVersion?
    switch unit.action {
    case .stay:
      let files = unit.hasContentBefore ? try await store.files(published: unit.partition) : []
      content = unit.content ?? (files.isEmpty ? nil : PartitionVersion(files: files))
    case .remove: action = published.map { .remove(published: $0) }
    case .restore:
      guard let folder = try await store.restage(kept: unit.run, as: run, partition: unit.partition)
      else {
        throw UndoError.notKept(
          job: job.name, run: unit.run, partition: unit.partition.path,
          kept: try await store.kept().map(\.run).sorted())
      }
      action = .publish(staged: folder, replaced: published)
      let restored = PartitionVersion(
        files: try await store.files(staged: run, partition: unit.partition))
      // Another workspace that writes this output may have put something else there.
      guard unit.content?.files.areCopied(in: restored.files) != false else {
        throw UndoError.keptChanged(
          job: job.name, run: unit.run, partition: unit.partition.path)
      }
      content = restored
    }
    return await PreparedPublish(
      run: run, partition: unit.partition, action: action,
      state: unit.state,
      definition: unit.lineage?.definition ?? unit.position.definition, inputs: unit.inputs,
      position: try digested([unit.position]).first, content: content, rows: unit.rowsBefore,
      bytes: unit.lineage?.bytes ?? 0, reason: unit.reason,
      readingRules: unit.lineage?.readingRules ?? ReadingRules.current, types: unit.lineage?.types,
      isRemovalAllowed: true, adoptedBy: unit.lineage?.adoptedBy)
  }

  /// Takes what an earlier run staged, with what is published now instead of what was published then.
  ///
  /// A unit fails, and is no longer staged, if its files, the job or the output changed since. Whatever is left when
  /// the operation is cancelled stays staged.
  func recheck(
    _ units: [StagedPlan.Unit], _ store: any OutputLease, _ summary: inout RunSummary
  ) async throws {
    guard !Task.isCancelled else {
      summary.cancelled += units.count
      return
    }
    for unit in units {
      do {
        ready[unit.partition] = try await recheck(unit, store)
      } catch {
        let record = fail(unit.partition, unit.publish.reason, "\(error)", &summary)
        let run = unit.publish.run
        try runner.ledger.discard([unit.publish.partition], run: run, message: "\(error)")
        try runner.ledger.record([record], run: run)
      }
    }
  }

  private func recheck(_ unit: StagedPlan.Unit, _ store: any OutputLease) async throws
    -> PreparedPublish
  {
    var publish = unit.publish
    if let lineage = unit.lineage, lineage.run > publish.run {
      throw StagedRunError.published(partition: publish.partition.path, by: lineage.run)
    }
    if let position = unit.position, position.run > publish.run {
      throw StagedRunError.moved(partition: publish.partition.path, by: position.run)
    }
    guard DefinitionFingerprint(job).isSame(as: publish.definition) else {
      throw StagedRunError.definitionChanged(partition: publish.partition.path)
    }
    for input in job.inputs {
      for file in publish.inputs[input.name]?.files ?? [] {
        try await runner.storage.files.check(file, in: input.table.location)
      }
    }
    let published = try await store.token(published: unit.partition)
    // Content that was published without rows in the ledger must be what the run found when it staged.
    if unit.lineage?.isPublished != true, let published,
      published != publish.action?.replaced
    {
      throw PublishError.foreignPartition(path: job.output.location.file(publish.partition.path))
    }
    switch publish.state {
    case .unchanged:
      let files = try await store.files(published: unit.partition)
      guard files.map(\.path) == publish.content?.files.map(\.path) else {
        throw PublishError.outputChanged(path: job.output.location.file(publish.partition.path))
      }
    case .removed: publish.action = published.map { .remove(published: $0) }
    default:
      guard let folder = try await store.token(staged: publish.run, partition: unit.partition)
      else {
        throw StagedRunError.vanished(partition: publish.partition.path)
      }
      publish.action = .publish(staged: folder, replaced: published)
    }
    return publish
  }

  /// Forgets what a run has staged.
  func discard(_ partitions: [Partition], _ summary: inout RunSummary) throws {
    guard let run = summary.run else { return }
    try runner.ledger.discard(
      partitions, run: run, message: "discarded by \(runner.holder.user)")
    settled.formUnion(partitions)
    summary.cancelled += partitions.count
  }
}
