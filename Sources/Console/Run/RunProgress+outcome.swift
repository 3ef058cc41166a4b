import IncrementalJoin
import PartitionPredicate

/// What became of a run after its last event.
extension RunProgress {
  /// Takes what became of what the run had staged, as the ledger knows it by now.
  ///
  /// - Parameter page: A job as it was loaded; nothing changes unless it is the run's.
  mutating func takeOutcome(from page: JobPage) {
    guard !isActive, page.name == job, (counts[.kept] ?? 0) > 0,
      let record = page.status.runs.first(where: { $0.id == id })
    else { return }
    let staged = Set(page.status.staged[record.id] ?? [])
    for unit in units where unit.state == .kept && !staged.contains(unit.partition) {
      let lineage = page.status.report.lineages[unit.partition]
      let isPublished = lineage?.run == record.id
      change(unit.partition) { $0.state = isPublished ? .committed : .cancelled }
      if isPublished { summary?.bytesWritten += lineage?.bytes ?? 0 }
    }
    isOutdated = !staged.isEmpty && page.status.outdated[record.id]?.count == staged.count
    summary?.state = record.state
    summary?.staged = staged.count
    summary?.committed = record.committed
    summary?.rows = record.rows
    rows = staged.isEmpty ? record.rows : stagedRows
    events += 1
  }
}
