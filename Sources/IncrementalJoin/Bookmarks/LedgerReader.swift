public import Foundation
public import PartitionPredicate

/// The readers' half of the ledger: what was consumed, built and run.
///
/// `keys` says how to read the paths in the ledger: the current keys of the job's output, or nil when the job is not at
/// hand, see `Partition.init(recorded:keys:)`. All calls block; any of them throws what the store throws.
public protocol LedgerReader: Sendable {
  /// The newest position of every output partition of a job; with `run`, the newest one that this run or
  /// an earlier one moved.
  func positions(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws -> PartitionRecords<
    Position
  >
  /// The newest lineage of every output partition of a job; with `run`, the newest one that this run or
  /// an earlier one wrote.
  func lineages(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws -> PartitionRecords<
    Lineage
  >
  /// The output partitions whose position moved in a window of a job's runs, in the order of their paths.
  func moved(job: String, keys: [PartitionKey]?, in window: RunWindow) throws -> [Partition]
  /// The inputs of which files of an output partition ever counted as consumed, for partitions named by their paths; one
  /// that the ledger does not know is left out.
  func consumedInputs(job: String, of partitions: [ExactText]) throws -> [ExactText: Set<ExactText>]
  /// What one run built, by output partition.
  func lineages(builtBy run: RunID, keys: [PartitionKey]?) throws -> PartitionRecords<Lineage>
  /// Every build of a job that read a data file, newest first; `file` is relative to the table's location.
  func uses(ofFile file: ExactText, job: String, keys: [PartitionKey]?) throws -> [FileUse]
  /// The files of versions, of all their members, digests included; versions that are unknown are left out.
  func files(of versions: [VersionReference]) throws -> [VersionReference: [DataFile]]
  /// What versions consist of that are read together of several partitions, by the partitions' paths; other
  /// versions are left out.
  func members(of versions: [VersionReference]) throws -> [VersionReference: [ExactText:
    VersionReference]]
  /// The versions that were found to have the same content as these, although their stamps differ.
  func sameContent(as versions: [VersionReference]) throws -> [VersionReference: Set<
    VersionReference
  >]
  /// The digests of the rows of versions, where a run recorded them.
  func rowDigests(of versions: [VersionReference]) throws -> [VersionReference: String]
  /// The columns that were pinned when a table was first read; nil when it never was.
  func pinnedColumns(table: String) throws -> [PinnedColumn]?
  /// What every input of a job was when a run last accepted it, by input name.
  func sources(job: String) throws -> [String: SourceDescription]
  /// The counters of a job's bookmark.
  func counters(job: String) throws -> BookmarkCounters
  /// Runs, newest first; of all jobs when `job` is nil.
  func runs(job: String?, limit: Int) throws -> [RunRecord]
  /// One run of any job; nil when there is none with this number.
  func run(_ id: RunID) throws -> RunRecord?
  /// The work units of a run, in the order of their partitions, see `HivePath.precedes`.
  func workUnits(run: RunID, keys: [PartitionKey]?) throws -> [WorkUnitRecord]
  /// The failed work units of a run, those first whose partitions the ledger has known the longest, and no more than
  /// `limit`. Takes time in proportion to what it returns, however many units there are.
  func failedUnits(run: RunID, keys: [PartitionKey]?, limit: Int) throws -> [WorkUnitRecord]
  /// What a run of a job did with an output partition; nil for nothing. Takes the same time however many units there are.
  func workUnit(of partition: Partition, job: String, run: RunID) throws -> WorkUnitRecord?
  /// How the batches of a run went, in order; empty before it ends, and for runs of an earlier Dovetail.
  func batches(run: RunID) throws -> [BatchRecord]
  /// What a run has staged that has not been published or discarded yet, in the order of the paths.
  func staged(run: RunID, keys: [PartitionKey]?) throws -> [PreparedPublish]
  /// What a run wrote to its log, in order.
  func log(run: RunID) throws -> [LogLine]
  /// How well the inputs matched in the work units of a job that were committed, newest run first, then by
  /// path; of one run when `run` is not nil.
  func matches(job: String, keys: [PartitionKey]?, run: RunID?) throws -> [MatchRecord]
  /// The newest record of a removal that was held back, by output partition.
  func withheld(job: String, keys: [PartitionKey]?) throws -> PartitionRecords<WithheldRemoval>
  /// Which alarms of a job have been acknowledged, oldest first.
  func acknowledgements(job: String) throws -> [AlarmAcknowledgement]
  /// What runs of a job found about rows that match none in their own partition, newest run first.
  func strays(job: String, keys: [PartitionKey]?) throws -> [StrayMatches]
  /// The name of the ledger, the same in each copy of it; nil while there is no ledger.
  func ledgerID() throws -> String?
  /// Where a job published last; nil when it never did, or when an earlier Dovetail published.
  func outputPlace(job: String) throws -> OutputPlace?
  /// Whether the ledger knows a run, and knows that somebody held the output for it since this instant.
  func hasLease(of run: RunID, since: Date) throws -> Bool
  /// When a run last looked at the whole of a table with a `watch:`; nil when none did.
  func lastLook(table: String) throws -> Date?
  /// The output partitions whose publish was prepared and neither committed nor rolled back: an
  /// earlier run was interrupted, and the next one recovers.
  func unfinishedPartitions(job: String, keys: [PartitionKey]?) throws -> [Partition]
}

extension LedgerReader {
  /// The newest position of every output partition of a job, up to a run.
  public func positions(of job: JobDefinition, asOf run: RunID? = nil) throws
    -> PartitionRecords<Position>
  {
    try positions(job: job.name, keys: job.output.keys, asOf: run)
  }

  /// The newest lineage of every output partition of a job, up to a run.
  public func lineages(of job: JobDefinition, asOf run: RunID? = nil) throws
    -> PartitionRecords<Lineage>
  {
    try lineages(job: job.name, keys: job.output.keys, asOf: run)
  }

  /// The partitions of a job's output as it is now whose position moved in a window of its runs.
  func moved(of job: JobDefinition, in window: RunWindow) throws -> Set<Partition> {
    Set(
      try moved(job: job.name, keys: job.output.keys, in: window)
        .filter { $0.keys == job.output.keys })
  }

  /// The work units of a run that are partitions of its job's output now.
  func workUnits(run: RunID, of job: JobDefinition) throws -> [WorkUnitRecord] {
    try workUnits(run: run, keys: job.output.keys).filter { $0.partition.keys == job.output.keys }
  }
}
