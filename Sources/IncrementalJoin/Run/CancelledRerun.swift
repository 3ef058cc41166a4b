import PartitionPredicate

/// A rerun that was cancelled before it had built everything that it was to build again.
///
/// What it left is not pending, so that nothing else tells that it was not done.
public struct CancelledRerun: Hashable, Sendable {
  /// The rerun.
  public let run: RunID
  /// How many partitions it left that are not pending.
  public let partitions: Int

  /// Looks at the newest build; nil when it was no rerun, was not cancelled, or left only what is pending.
  ///
  /// - Throws: What the ledger throws.
  init?(in runs: [RunRecord], _ report: PendingReport, _ ledger: any LedgerReader) throws {
    guard let last = runs.first(where: \.kind.isBuild), last.kind == .rerun,
      last.state == .cancelled
    else { return nil }
    let pending = Set(report.pending.map(\.partition))
    run = last.id
    partitions = try ledger.workUnits(run: last.id, of: report.job)
      .count { $0.state == .cancelled && !pending.contains($0.partition) }
    if partitions == 0 { return nil }
  }
}
