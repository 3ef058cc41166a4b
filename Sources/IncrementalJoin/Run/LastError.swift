public import Foundation
public import PartitionPredicate

/// The newest failure among the last runs of a job.
public struct LastError: Hashable, Sendable {
  /// The run that failed, or some of whose partitions did.
  public let run: RunID
  /// When the run ended; when it began for one that has not.
  public let instant: Date
  /// A partition that failed, see ``LedgerReader/failedUnits(run:keys:limit:)``; nil when the run failed as a whole.
  public let partition: Partition?
  /// The first line of the failure's sentence; nil when none was recorded.
  public let message: String?
  /// The newest build that came after it and failed in nothing; nil when there is none.
  public let succeededSince: RunID?

  /// Looks for the newest run that failed; nil when none of these did.
  ///
  /// - Parameters:
  ///   - runs: The newest runs of the job, newest first.
  ///   - keys: The keys of the job's output.
  ///   - ledger: What the runs recorded.
  /// - Throws: What the ledger throws.
  init?(in runs: [RunRecord], keys: [PartitionKey], _ ledger: any LedgerReader) throws {
    guard let run = runs.first(where: { $0.failed > 0 || $0.state == .failed }) else { return nil }
    let unit = try ledger.failedUnits(run: run.id, keys: keys, limit: 1).first
    let text = try unit?.message ?? ledger.log(run: run.id).last { $0.level == .failure }?.text
    self.run = run.id
    instant = run.finishedAt ?? run.startedAt
    partition = unit?.partition
    message = text?.split(whereSeparator: \.isNewline).first.map(String.init)
    succeededSince = runs.first { $0.kind.isBuild && $0.id > run.id && $0.state == .succeeded }?.id
  }
}
