public import Foundation
public import IncrementalJoin
public import PartitionPredicate

extension ReadOnlyLedger: LedgerReader {
  /// The newest position of every output partition of a job, with `run`, up to that run.
  public func positions(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws
    -> PartitionRecords<Position>
  {
    try read(absent: PartitionRecords()) { try $0.positions(job: job, keys: keys, asOf: run) }
  }

  /// The newest lineage of every output partition of a job, with `run`, up to that run.
  public func lineages(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws
    -> PartitionRecords<Lineage>
  {
    try read(absent: PartitionRecords()) { try $0.lineages(job: job, keys: keys, asOf: run) }
  }

  /// The output partitions whose position moved in a window of a job's runs, in the order of their paths.
  public func moved(job: String, keys: [PartitionKey]?, in window: RunWindow) throws -> [Partition]
  {
    try read(absent: []) { try $0.moved(job: job, keys: keys, in: window) }
  }

  /// The inputs of which files of output partitions ever counted as consumed.
  public func consumedInputs(
    job: String, of partitions: [ExactText]
  ) throws -> [ExactText: Set<ExactText>] {
    try read(absent: [:]) { try $0.consumedInputs(job: job, of: partitions) }
  }

  /// What one run built.
  public func lineages(builtBy run: RunID, keys: [PartitionKey]?) throws
    -> PartitionRecords<Lineage>
  {
    try read(absent: PartitionRecords()) { try $0.lineages(builtBy: run, keys: keys) }
  }

  /// Every build of a job that read a data file, newest first; an undo that put one back counts as one.
  public func uses(ofFile file: ExactText, job: String, keys: [PartitionKey]?) throws -> [FileUse] {
    try read(absent: []) { try $0.uses(ofFile: file, job: job, keys: keys) }
  }

  /// The files of versions, digests included; versions that are unknown are left out.
  public func files(of versions: [VersionReference]) throws -> [VersionReference: [DataFile]] {
    try read(absent: [:]) { try $0.files(of: versions) }
  }

  /// What versions consist of that are read together of several partitions, by the partitions' paths.
  public func members(
    of versions: [VersionReference]
  ) throws -> [VersionReference: [ExactText: VersionReference]] {
    try read(absent: [:]) { try $0.members(of: versions) }
  }

  /// The versions that were found to have the same content as these, though not the same stamps.
  public func sameContent(
    as versions: [VersionReference]
  ) throws -> [VersionReference: Set<VersionReference>] {
    try read(absent: [:]) { try $0.sameContent(as: versions) }
  }

  /// What names the ledger, also in a copy of it.
  public func ledgerID() throws -> String? {
    try read(absent: nil) { try $0.ledgerID() }
  }

  /// Where a job published last; nil when it never did, and for what an earlier Dovetail published.
  public func outputPlace(job: String) throws -> OutputPlace? {
    try read(absent: nil) { try $0.outputPlace(job: job) }
  }

  /// Whether the ledger knows a run, and that somebody held the output for it since this instant.
  public func hasLease(of run: RunID, since: Date) throws -> Bool {
    try read(absent: false) { try $0.hasLease(of: run, since: since) }
  }

  /// The digests of the rows of versions, where a run recorded them.
  public func rowDigests(of versions: [VersionReference]) throws -> [VersionReference: String] {
    try read(absent: [:]) { try $0.rowDigests(of: versions) }
  }

  /// The columns that were pinned when a table was first read; nil when it never was.
  public func pinnedColumns(table: String) throws -> [PinnedColumn]? {
    try read(absent: nil) { try $0.pinnedColumns(table: table) }
  }

  /// What every input of a job was when a run last accepted it, by input name.
  public func sources(job: String) throws -> [String: SourceDescription] {
    try read(absent: [:]) { try $0.sources(job: job) }
  }

  /// The counters of a job's bookmark.
  public func counters(job: String) throws -> BookmarkCounters {
    try read(absent: BookmarkCounters()) { try $0.counters(job: job) }
  }

  /// Runs, newest first; of all jobs when `job` is nil.
  public func runs(job: String?, limit: Int) throws -> [RunRecord] {
    try read(absent: []) { try $0.runs(job: job, limit: limit) }
  }

  /// One run of any job; nil when there is none of this number.
  public func run(_ id: RunID) throws -> RunRecord? {
    try read(absent: nil) { try $0.runRecord(id) }
  }

  /// The work units of a run, in the order of their partitions' paths.
  public func workUnits(run: RunID, keys: [PartitionKey]?) throws -> [WorkUnitRecord] {
    try read(absent: []) { try $0.workUnits(run: run, keys: keys) }
  }

  /// What a run of a job did with an output partition; nil for nothing.
  public func workUnit(of partition: Partition, job: String, run: RunID) throws -> WorkUnitRecord? {
    try read(absent: nil) { try $0.workUnit(of: partition, job: job, run: run) }
  }

  /// The failed work units of a run, see the protocol.
  public func failedUnits(run: RunID, keys: [PartitionKey]?, limit: Int) throws -> [WorkUnitRecord]
  {
    try read(absent: []) { try $0.failedUnits(run: run, keys: keys, limit: limit) }
  }

  /// How the batches of a run went, in order.
  public func batches(run: RunID) throws -> [BatchRecord] {
    try read(absent: []) { try $0.batches(run: run) }
  }

  /// What a run wrote to its log, in order.
  public func log(run: RunID) throws -> [LogLine] {
    try read(absent: []) { try $0.log(run: run) }
  }

  /// How well the inputs matched in what a job committed, newest run first, then by path.
  public func matches(job: String, keys: [PartitionKey]?, run: RunID?) throws -> [MatchRecord] {
    try read(absent: []) { try $0.matches(job: job, keys: keys, run: run) }
  }

  /// What a run has staged and nobody has published or discarded yet, in the order of the paths.
  public func staged(run: RunID, keys: [PartitionKey]?) throws -> [PreparedPublish] {
    try read(absent: []) { try $0.staged(run: run, keys: keys, path: path) }
  }

  /// The newest entry about a removal that was kept back, of each partition.
  public func withheld(job: String, keys: [PartitionKey]?) throws
    -> PartitionRecords<WithheldRemoval>
  {
    try read(absent: PartitionRecords()) { try $0.withheld(job: job, keys: keys) }
  }

  /// Which alarms of a job somebody has seen, oldest first.
  public func acknowledgements(job: String) throws -> [AlarmAcknowledgement] {
    try read(absent: []) { try $0.acknowledgements(job: job) }
  }

  /// What runs of a job found of rows that meet none of their own partition, newest run first.
  public func strays(job: String, keys: [PartitionKey]?) throws -> [StrayMatches] {
    try read(absent: []) { try $0.strays(job: job, keys: keys) }
  }

  /// When a run last looked at all of a table with a `watch:`.
  public func lastLook(table: String) throws -> Date? {
    try read(absent: nil) { try $0.lastLook(table: table) }
  }

  /// The output partitions with an open journal entry, in the order of their paths.
  public func unfinishedPartitions(job: String, keys: [PartitionKey]?) throws -> [Partition] {
    try read(absent: []) { try $0.unfinishedPartitions(job: job, keys: keys) }
  }
}
