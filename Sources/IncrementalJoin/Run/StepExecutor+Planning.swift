import Foundation
import PartitionPredicate

extension StepExecutor {
  /// Decides what an operation does, under the output's lock: recovers first, then plans and consults the guards.
  ///
  /// - Throws: Whatever refuses the operation; none of it was carried out.
  func plan(_ request: OperationRequest, in store: any OutputLease) async throws
    -> PlannedOperation
  {
    // An output that a run takes over is examined as it is, before recovery writes to it.
    let takeover = try await request.adoptsOutput ? takeover() : nil
    try await recover(in: store)
    switch request {
    case .run(let request): return try await plan(request, takeover, in: store)
    case .undo(let request, let expected, let note):
      let plan = try await UndoPlanner(storage: runner.storage, ledger: runner.ledger)
        .plan(request, of: job)
      if let expected, expected != plan.id { throw UndoError.outOfDate(job: job.name) }
      try await check(plan, in: store)
      return PlannedOperation(plan, note: note, at: beganAt)
    case .moveBookmark(let change, let expected):
      let preview = try await BookmarkPlanner(storage: runner.storage, ledger: runner.ledger)
        .preview(change, of: job)
      if let expected, expected != preview.id {
        throw BookmarkChangeError.outOfDate(job: job.name)
      }
      return PlannedOperation(preview, at: beganAt)
    case .publish(let run, let partitions, let allowsRemovals):
      return PlannedOperation(
        try StagedPlan(
          of: run, of: job, partitions: partitions, for: .publish, allowsRemovals: allowsRemovals,
          in: runner.ledger))
    case .discard(let run, let partitions):
      return PlannedOperation(
        try StagedPlan(
          of: run, of: job, partitions: partitions, for: .discard, in: runner.ledger))
    case .adopt(let expected, let note):
      return try await adoption(takeover, expected: expected, note: note, in: store)
    case .sweep: return PlannedOperation(sweeping: job)
    }
  }

  /// Plans a run, which may take the output over.
  private func plan(
    _ request: RunRequest, _ takeover: OutputTakeover?, in store: any OutputLease
  ) async throws -> PlannedOperation {
    let start = ContinuousClock.now
    let planner = Planner(
      storage: runner.storage, ledger: runner.ledger, schemas: runner.engine, rows: runner.engine)
    let report =
      if let takeover { try await takeover.report(of: job, runner) } else {
        try await planner.report(job, for: request)
      }
    let plan = try await planner.plan(report, request)
    listed = report.known
    try await check(plan, against: report, request)
    if !report.confirmed.isEmpty { try runner.ledger.confirm(report.confirmed) }
    if !report.newLooks.isEmpty {
      try runner.ledger.noteLook(tables: report.newLooks, at: report.listedAt)
    }
    let planning = ContinuousClock.now - start
    if let takeover {
      try await takeOver(takeover, listedAt: plan.listedAt, note: request.note, store: store)
    }
    if request.adoptsOutput { try await adoptOutput(note: request.note, store) }
    emit(.planned(plan))
    var operation = PlannedOperation(plan, request, planning: planning)
    if job.output.catalog != nil, takeover == nil {
      operation.summary.warnings += try await checkForeignEntries(in: store, of: plan)
    }
    return operation
  }

  /// Compares what a catalog says about the output with the ledger, and records what a run must not replace.
  ///
  /// - Returns: A sentence for each partition that is not where a run has put it.
  private func checkForeignEntries(
    in store: any OutputLease, of plan: Plan
  ) async throws -> [String] {
    let built = try runner.ledger.lineages(of: job).byPartition.filter(\.value.isPublished)
    let files = try runner.ledger.files(of: built.values.compactMap(\.content))
    let published = built.compactMapValues { $0.content.flatMap { files[$0] } }
    let found = try await store.foreignEntries(among: published)
    if plan.kind == .run, !adoptsOutput {
      for entry in found {
        if let partition = entry.partition { foreignEntries[partition] = entry.place }
      }
    }
    return found.map { entry in
      let isPublished = entry.partition.map { published[$0] != nil } ?? false
      return entry.sentence(of: job, isPublished: isPublished)
    }
  }

  /// Refuses a run before anything is written.
  private func check(_ plan: Plan, against report: PendingReport, _ request: RunRequest)
    async throws
  {
    if let expected = request.expectedPlan, expected.id != plan.id {
      throw PlanError.outOfDate(
        expected: expected.id, actual: plan.id, changes: expected.changes(in: plan))
    }
    if report.lineages.all.isEmpty, !request.adoptsOutput,
      await runner.storage.hasData(job.output)
    {
      throw PlanError.notOurs(job: job.name, location: job.output.location)
    }
    try plan.check(request)
  }

  /// Refuses to remove what somebody else has put in the output, before the undone run or since.
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
}
