import PartitionPredicate

/// How the newest attempt to build a partition failed.
public struct FailedBuild: Hashable, Sendable {
  /// The run that could not build it.
  public let run: RunID
  /// The sentence of the failure; nil when none was recorded.
  public let message: String?

  /// The partitions that a run would build now, and that the newest run which tried could not build.
  ///
  /// A partition that was published, staged or moved since then has not failed, nor has one that is held.
  ///
  /// - Parameters:
  ///   - report: What is pending.
  ///   - runs: The newest runs of the job, newest first.
  ///   - staged: The partitions that wait to be published, by the run that staged them.
  ///   - ledger: What the runs recorded.
  /// - Returns: Them, each with its failure.
  /// - Throws: What the ledger throws.
  static func all(
    in report: PendingReport, runs: [RunRecord], staged: [RunID: [Partition]],
    _ ledger: any LedgerReader
  ) throws -> [Partition: FailedBuild] {
    guard runs.contains(where: { $0.failed > 0 }) else { return [:] }
    let runnable = Set(report.pending.lazy.filter { $0.hold == nil }.map(\.partition))
    var settled: [Partition: RunID] = [:]
    for (run, partitions) in staged {
      for partition in partitions { settled[partition] = run }
    }
    var failures: [Partition: FailedBuild] = [:]
    for run in runs where run.failed > 0 && failures.count < runnable.count {
      let units = try ledger.failedUnits(run: run.id, keys: report.job.output.keys, limit: .max)
      for unit in units where runnable.contains(unit.partition) {
        let partition = unit.partition
        let last = [
          settled[partition], report.positions[partition]?.run, report.lineages[partition]?.run,
        ].compactMap(\.self).max()
        guard failures[partition] == nil, last.map({ $0 < run.id }) ?? true else { continue }
        failures[partition] = FailedBuild(run: run.id, message: unit.message)
      }
    }
    return failures
  }
}
