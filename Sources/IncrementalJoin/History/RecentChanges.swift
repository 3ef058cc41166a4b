public import Foundation
public import PartitionPredicate

/// What became of a job since an instant: its runs, what they published, and the files that landed.
public struct RecentChanges: Hashable, Sendable {
  /// A partition that was published, replaced or removed.
  public struct Change: Hashable, Sendable {
    /// In the order of the output's keys.
    public let partition: Partition
    /// The newest run that wrote it.
    public let run: RunID
    /// The rows that were published before; nil where nothing was.
    public let rowsBefore: Int64?
    /// The rows that are published now; nil where nothing is.
    public let rowsNow: Int64?
  }

  /// The files of one input that are dated since then.
  public struct Arrivals: Hashable, Sendable {
    /// The input's name in `dovetail.yaml`.
    public let input: String
    /// How many data files.
    public let files: Int
    /// Their size, in bytes.
    public let bytes: Int64
    /// How many partitions of the table they are in.
    public let partitions: Int
    /// When the newest of them was written, in nanoseconds since 1970-01-01 UTC; nil where there is none.
    public let newest: Int64?
  }

  /// The job's name in `dovetail.yaml`.
  public let job: String
  /// The beginning of what is told.
  public let since: Date
  /// The runs and operations that began or ended since then, newest first.
  public let runs: [RunRecord]
  /// In the order of the partitions.
  public let changes: [Change]
  /// In the job's order.
  public let arrivals: [Arrivals]
  /// The partitions that a run would take now, and those that it would leave out.
  public let pending: Int
  /// See `pending`.
  public let held: Int

  /// Whether nothing happened.
  public var isEmpty: Bool {
    runs.isEmpty && changes.isEmpty && arrivals.allSatisfy { $0.files == 0 }
  }

  /// Finds out what became of a job; takes time in proportion to its files and its runs.
  ///
  /// - Parameters:
  ///   - report: What is pending for the job.
  ///   - since: The beginning.
  ///   - ledger: Where its runs are recorded.
  /// - Throws: What the ledger throws.
  public init(_ report: PendingReport, since: Date, ledger: any LedgerReader) throws {
    let all = try ledger.runs(job: report.job.name, limit: .max)
    let recent = all.filter { ($0.finishedAt ?? $0.startedAt) >= since }
    job = report.job.name
    self.since = since
    runs = recent
    changes = try Self.changes(by: recent, of: report, among: all, ledger)
    arrivals = zip(report.job.inputs, report.snapshots).map {
      Self.arrivals(of: $0.name, in: $1, since: since)
    }
    let pending = report.pending
    held = pending.count { $0.hold != nil }
    self.pending = pending.count - held
  }

  private static func changes(
    by recent: [RunRecord], of report: PendingReport, among all: [RunRecord],
    _ ledger: any LedgerReader
  ) throws -> [Change] {
    let ids = Set(recent.map(\.id))
    let now = report.lineages.byPartition.filter { ids.contains($0.value.run) }
    var before: [Partition: Lineage] = [:]
    var open = Set(now.keys)
    // What was staged earlier and is published now has an older number than runs that ended before.
    for (run, next) in zip(all, all.dropFirst().map(Optional.some) + [nil])
    where ids.contains(run.id) && next.map({ !ids.contains($0.id) }) ?? true && !open.isEmpty {
      let older = try ledger.lineages(of: report.job, asOf: run.id.previous)
      for partition in open {
        guard let lineage = older[partition], !ids.contains(lineage.run) else { continue }
        before[partition] = lineage
        open.remove(partition)
      }
    }
    return now.map { partition, lineage in
      let earlier = before[partition].flatMap { $0.isPublished ? $0.rows : nil }
      return Change(
        partition: partition, run: lineage.run, rowsBefore: earlier,
        rowsNow: lineage.isPublished ? lineage.rows : nil)
    }.filter { $0.rowsBefore != nil || $0.rowsNow != nil }.sorted { $0.partition < $1.partition }
  }

  private static func arrivals(of input: String, in snapshot: Snapshot, since: Date) -> Arrivals {
    let seconds = since.timeIntervalSince1970
    // A date that no file can have is before or after all of them.
    let start =
      seconds.magnitude < 9e9 ? Int64(seconds * 1e9) : seconds < 0 ? Int64.min : Int64.max
    var (files, bytes, partitions) = (0, Int64(0), 0)
    var newest: Int64?
    for listing in snapshot.partitions.values {
      let landed = listing.version.files.filter { $0.modified >= start }
      guard !landed.isEmpty else { continue }
      partitions += 1
      files += landed.count
      bytes += landed.reduce(0) { $0 + $1.size }
      newest = landed.reduce(newest) { max($0 ?? .min, $1.modified) }
    }
    return Arrivals(
      input: input, files: files, bytes: bytes, partitions: partitions, newest: newest)
  }
}
