import PartitionPredicate

extension StepExecutor {
  /// Takes out the units whose result has no rows where a partition is published: they are decided at the end of the
  /// run.
  func keepBackRemovals(of units: [WorkUnit]) -> [WorkUnit] {
    let removals = units.filter { $0.isPublished && staged[$0.partition]?.result.rows.rows == 0 }
    emptied += removals
    let paths = Set(removals.map(\.partition))
    return units.filter { !paths.contains($0.partition) }
  }

  /// Removes the published partitions whose results have no rows, all or none: beyond the job's limit, those that were
  /// not allowed stay and are held.
  ///
  /// - Returns: The removals that were carried out and are to be committed.
  func removeEmptied(
    of plan: Plan?, _ store: any OutputLease, _ summary: inout RunSummary
  ) async throws -> [Partition] {
    let units = emptied
    emptied = []
    guard !units.isEmpty else { return [] }
    if Task.isCancelled || summary.cancelled > 0 {
      try cancel(units, &summary)
      return []
    }
    let going = try withholdRemovals(among: units, &summary)
    let built = try await prepareAll(going, store, &summary)
    try pinColumns(of: plan, before: built)
    try await carryOut(built, store, &summary)
    return going.map(\.partition)
  }

  /// Holds the removals that were not allowed, if they are too many.
  ///
  /// - Returns: The units that may be removed.
  func withholdRemovals(among units: [WorkUnit], _ summary: inout RunSummary) throws
    -> [WorkUnit]
  {
    let allowed = units.filter(\.isRemovalAllowed)
    let count = try RemovalCount(
      of: job, removing: Set(units.map(\.partition)), allowed: Set(allowed.map(\.partition)),
      in: runner.ledger)
    guard count.isBeyond, let run = summary.run else { return units }
    let kept = units.filter { !$0.isRemovalAllowed }
    try runner.ledger.withhold(
      kept.map { unit in
        WithheldUnit(
          partition: unit.partition, definition: job.fingerprint,
          inputs: staged[unit.partition]?.result.versions ?? unit.versions, reason: unit.reasonText)
      }, run: run, count: count)
    for unit in kept { staged[unit.partition] = nil }
    let partitions = kept.map(\.partition)
    settled.formUnion(partitions)
    summary.withheld += partitions
    summary.wouldBeEmptied = Set(summary.wouldBeEmptied).union(summary.withheld).sorted()
    summary.removals = count
    summary.held += partitions.count
    emit(.withheld(partitions, count))
    return allowed
  }

  /// Leaves units for a later run, since this one was cancelled.
  private func cancel(_ units: [WorkUnit], _ summary: inout RunSummary) throws {
    for unit in units { staged[unit.partition] = nil }
    summary.cancelled += units.count
    guard let run = summary.run else { return }
    try runner.ledger.record(units.map(\.cancelled), run: run)
  }
}

extension WorkUnit {
  /// The record of a unit that was not built, or not published, since the run was cancelled.
  var cancelled: WorkUnitRecord {
    WorkUnitRecord(
      partition: self.partition, state: .cancelled, rows: 0, bytes: 0, reason: self.reasonText,
      message: nil)
  }
}
