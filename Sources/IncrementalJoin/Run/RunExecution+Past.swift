import Foundation

extension RunExecution {
  /// Moves positions as a preview said; refused when that would now be something else.
  func apply(_ change: BookmarkChange, expected: String?) async throws -> RunSummary {
    let (_, began) = try await enter()
    let preview = try await BookmarkPlanner(storage: runner.storage, ledger: runner.ledger)
      .preview(change, of: job)
    if let expected, expected != preview.id {
      throw BookmarkChangeError.outOfDate(job: job.name)
    }
    guard !preview.isEmpty else { return RunSummary(job: job.name) }
    let run = try runner.ledger.beginRun(
      RunStart(
        job: job.name, kind: change.runKind, plan: preview.id, listedAt: began,
        detail: change.detail, note: change.note), holder: runner.holder)
    var summary = RunSummary(job: job.name, run: run, plan: preview.id)
    do {
      try runner.ledger.accept(
        job.sources.filter { preview.sourceChanges[$0.key] != nil }, run: run)
      try await runner.ledger.move(
        digested(preview.moves), run: run, reason: "\(change.runKind.rawValue) \(change.detail)")
      let allowed = preview.allowedRemovals.map(\.partition)
      try runner.ledger.release(allowed.map(\.path), run: run)
      summary.moved = preview.moves.count
      summary.released = allowed.count
      emit(.moved(try partitions(preview.moves.map(\.partition))))
    } catch {
      try? finish(run, &summary, state: .failed)
      throw error
    }
    try finish(run, &summary, state: .succeeded)
    return summary
  }

  /// Takes back what a preview said; refused when that would now be something else.
  func undo(_ request: UndoRequest, expected: String?, note: String?) async throws
    -> RunSummary
  {
    let (store, began) = try await enter()
    let plan = try await UndoPlanner(storage: runner.storage, ledger: runner.ledger)
      .plan(request, of: job)
    if let expected, expected != plan.id { throw UndoError.outOfDate(job: job.name) }
    try await check(plan, in: store)
    let run = try runner.ledger.beginRun(
      RunStart(
        job: job.name, kind: .undo, plan: plan.id, listedAt: began, detail: plan.detail,
        note: note, takesBack: request.run), holder: runner.holder)
    emit(.started(run))
    var summary = RunSummary(job: job.name, run: run, plan: plan.id)
    do {
      let moves = plan.units.filter { !$0.isBuild }.map(\.position)
      if !moves.isEmpty {
        try await runner.ledger.move(digested(moves), run: run, reason: "undo of \(plan.detail)")
        summary.moved = moves.count
        settled.formUnion(try partitions(moves.map(\.partition)))
      }
      let builds = plan.units.filter(\.isBuild)
      let size = plan.switchesTypes ? max(1, builds.count) : Plan.batchSize
      for start in stride(from: 0, to: builds.count, by: size) {
        // What is left can be taken back by the same undo later.
        guard !Task.isCancelled else {
          summary.cancelled = builds.count - start
          break
        }
        let batch = builds[start..<min(start + size, builds.count)]
        var ready: [PreparedPublish] = []
        for unit in batch { ready.append(try await takeBack(unit, run: run, store: store)) }
        try await carryOut(ready, store: store, summary: &summary)
        try commit(batch.map(\.partition), summary: &summary)
      }
      try? await sweep(store)
    } catch  where settled.isEmpty {
      try? finish(run, &summary, state: .failed)
      throw error
    } catch {
      summary.warnings.append("\(error)")
      try finish(run, &summary, state: .partial)
      return summary
    }
    try finish(run, &summary, state: summary.outcome)
    return summary
  }

  /// Refuses to remove what somebody else has put in the output, before the run or since.
  private func check(_ plan: UndoPlan, in store: any OutputLease) async throws {
    for unit in plan.units where unit.action != .stay {
      let path = unit.partition.path
      if let expected = unit.published {
        let files = try await store.files(published: unit.partition)
        guard expected.files.areCopied(in: files) else {
          throw UndoError.publishedChanged(job: job.name, partition: path)
        }
      }
      if unit.lineage == nil,
        let kept = try await store.kept(run: unit.run, partition: unit.partition)
      {
        throw UndoError.adopted(job: job.name, run: unit.run, partition: path, kept: kept)
      }
    }
  }

  /// Brings the version back that a run replaced, into the staging folder, and says what to publish.
  private func takeBack(_ unit: UndoPlan.Unit, run: RunID, store: any OutputLease) async throws
    -> PreparedPublish
  {
    let published = try await store.token(published: unit.partition)
    var action: PublishAction?
    var content: PartitionVersion?
    switch unit.action {
    case .stay:
      let files = unit.rowsBefore > 0 ? try await store.files(published: unit.partition) : []
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
      // Another workspace that writes this output may have put something else in its place.
      guard unit.content?.files.areCopied(in: restored.files) != false else {
        throw UndoError.keptChanged(
          job: job.name, run: unit.run, partition: unit.partition.path)
      }
      content = restored
    }
    return PreparedPublish(
      run: run, partition: unit.partition.path, action: action,
      state: unit.rowsBefore == 0 ? .removed : unit.action == .stay ? .unchanged : .committed,
      definition: unit.lineage?.definition ?? unit.position.definition, inputs: unit.inputs,
      position: try await digested([unit.position]).first, content: content, rows: unit.rowsBefore,
      bytes: unit.lineage?.bytes ?? 0, reason: "undo of run \(unit.run)",
      readingRules: unit.lineage?.readingRules ?? ReadingRules.current, types: unit.lineage?.types,
      isRemovalAllowed: true)
  }

  /// Publishes what a run staged: all of it, or some partitions; what is left stays staged, as do removals
  /// beyond the job's limit.
  func publishStaged(_ run: RunID, partitions chosen: [Partition]?, allowsRemovals: Bool)
    async throws -> RunSummary
  {
    let (store, _) = try await enter()
    let chosen = try runner.ledger.staged(by: run, of: job, partitions: chosen)
    let lineages = try runner.ledger.lineages(job: job.name)
    let record = try runner.ledger.run(run)
    var summary = RunSummary(job: job.name, run: run, plan: record?.plan ?? "")
    let wanted = try removals(
      among: chosen, allowsRemovals: allowsRemovals, beside: lineages, &summary)
    try checkTypes(of: wanted, stagedBy: run, beside: lineages)
    try runner.ledger.resumeRun(run, holder: runner.holder)
    emit(.started(run))
    summary.mode = record?.mode ?? .enable
    do {
      let positions = try runner.ledger.positions(job: job.name)
      for start in stride(from: 0, to: wanted.count, by: Plan.batchSize) {
        // What is left stays staged.
        guard !Task.isCancelled else {
          summary.cancelled = wanted.count - start
          break
        }
        let batch = Array(wanted[start..<min(start + Plan.batchSize, wanted.count)])
        var ready: [PreparedPublish] = []
        for publish in batch {
          let current = try await current(
            publish, lineages[publish.partition], positions[publish.partition], store: store,
            &summary)
          if let current { ready.append(current) }
        }
        let start = ContinuousClock.now
        try await carryOut(ready, store: store, summary: &summary)
        let swapped = ContinuousClock.now
        try commit(try partitions(batch.map(\.partition)), summary: &summary)
        summary.timings.publish += swapped - start
        summary.timings.commit += ContinuousClock.now - swapped
      }
    } catch {
      try? finish(run, &summary, state: settled.isEmpty ? .failed : .partial)
      throw error
    }
    try finish(run, &summary, state: summary.outcome)
    // After the state is recorded: what nobody waits for any more goes.
    try? await sweep(store)
    return summary
  }

  /// Refuses to publish columns of other types than those of published partitions that stay.
  ///
  /// What a later run has published stays too: it is not published over.
  private func checkTypes(
    of wanted: [PreparedPublish], stagedBy run: RunID, beside lineages: [ExactText: Lineage]
  ) throws {
    let paths = Set(wanted.map(\.partition))
    let staying = lineages.filter { !paths.contains($0.key) || $0.value.run > run }
      .compactMapValues(\.outputTypes)
    for types in Set(wanted.compactMap(\.outputTypes)) {
      guard let other = staying.filter({ $0.value != types }).min(by: { $0.key < $1.key })
      else { continue }
      throw StagedRunError.mixedTypes(
        job: job.name, run: run, types: types, partition: other.key, published: other.value)
    }
  }

  /// Forgets what a run staged: all of it, or some partitions.
  func discardStaged(_ run: RunID, partitions chosen: [Partition]?) async throws -> RunSummary {
    let (store, _) = try await enter()
    let wanted = try runner.ledger.staged(by: run, of: job, partitions: chosen)
    try runner.ledger.resumeRun(run, holder: runner.holder)
    let record = try runner.ledger.run(run)
    var summary = RunSummary(job: job.name, run: run, plan: record?.plan ?? "")
    try runner.ledger.discard(
      wanted.map(\.partition), run: run, message: "discarded by \(runner.holder.user)")
    summary.cancelled = wanted.count
    try finish(run, &summary, state: .cancelled)
    try? await sweep(store)
    return summary
  }

  /// A staged unit with what is published now in the place of what was then; nil when it has failed, since
  /// its files, the job or the output moved after it was staged.
  private func current(
    _ publish: PreparedPublish, _ lineage: Lineage?, _ position: Position?,
    store: any OutputLease, _ summary: inout RunSummary
  ) async throws -> PreparedPublish? {
    let partition = try Partition(path: publish.partition, keys: job.output.keys)
    do {
      return try await check(publish, of: partition, lineage, position, store: store)
    } catch {
      let record = fail(publish.partition, partition, publish.reason, "\(error)", &summary)
      try runner.ledger.discard([publish.partition], run: publish.run, message: "\(error)")
      try runner.ledger.record([record], run: publish.run)
      return nil
    }
  }

  private func check(
    _ publish: PreparedPublish, of partition: Partition, _ lineage: Lineage?,
    _ position: Position?, store: any OutputLease
  ) async throws -> PreparedPublish {
    if let lineage, lineage.run > publish.run {
      throw StagedRunError.published(partition: publish.partition, by: lineage.run)
    }
    if let position, position.run > publish.run {
      throw StagedRunError.moved(partition: publish.partition, by: position.run)
    }
    guard publish.definition == job.fingerprint else {
      throw StagedRunError.definitionChanged(partition: publish.partition)
    }
    for input in job.inputs {
      for file in publish.inputs[input.name]?.files ?? [] {
        try await runner.storage.files.check(file, in: input.table.location)
      }
    }
    var publish = publish
    let published = try await store.token(published: partition)
    // What was published without rows in the ledger must be what the run met when it staged.
    if lineage.map({ $0.rows == 0 }) ?? true, let published, published != publish.action?.replaced {
      throw PublishError.foreignPartition(path: job.output.location.file(partition.path))
    }
    switch publish.state {
    case .unchanged:
      let files = try await store.files(published: partition)
      guard files.map(\.path) == publish.content?.files.map(\.path) else {
        throw PublishError.outputChanged(path: job.output.location.file(partition.path))
      }
    case .removed: publish.action = published.map { .remove(published: $0) }
    default:
      guard let folder = try await store.token(staged: publish.run, partition: partition) else {
        throw StagedRunError.vanished(partition: publish.partition)
      }
      publish.action = .publish(staged: folder, replaced: published)
    }
    return publish
  }

  /// Removes replaced versions that are no longer kept, and says which.
  func collectGarbage() async throws -> [KeptRun] {
    let before = try await runner.storage.outputs.kept(of: job.output)
    let (store, _) = try await enter()
    try await sweep(store)
    let left = Set(try await store.kept().map(\.run))
    return before.filter { !left.contains($0.run) }
  }

  /// Reports the last event; whoever waits for it may write the output then.
  func end(with summary: RunSummary) async {
    await release()
    emit(.finished(summary))
  }

  /// Takes the output's lock and recovers, as every run begins.
  private func enter() async throws -> (any OutputLease, Date) {
    let began = Date()
    let store = try await open()
    try await recover(in: store)
    return (store, began)
  }

  private func partitions(_ paths: [ExactText]) throws -> [Partition] {
    try paths.map { try Partition(path: $0, keys: job.output.keys) }
  }
}
