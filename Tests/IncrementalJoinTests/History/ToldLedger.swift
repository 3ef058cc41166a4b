import Foundation
import IncrementalJoin
import PartitionPredicate

/// A ledger in memory that also keeps logs, staged work units and who read which file.
struct ToldLedger: LedgerReader {
  var ledger: FakeLedger
  var logs: [RunID: [LogLine]] = [:]
  var kept: [RunID: [PreparedPublish]] = [:]
  /// By job and file.
  var readers: [String: [ExactText: [FileUse]]] = [:]

  func positions(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws
    -> PartitionRecords<Position>
  {
    try ledger.positions(job: job, keys: keys, asOf: run)
  }
  func lineages(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws
    -> PartitionRecords<Lineage>
  {
    try ledger.lineages(job: job, keys: keys, asOf: run)
  }
  func moved(job: String, keys: [PartitionKey]?, in window: RunWindow) throws -> [Partition] {
    try ledger.moved(job: job, keys: keys, in: window)
  }
  func consumedInputs(
    job: String, of partitions: [ExactText]
  ) throws -> [ExactText: Set<ExactText>] {
    try ledger.consumedInputs(job: job, of: partitions)
  }
  func lineages(builtBy run: RunID, keys: [PartitionKey]?) throws -> PartitionRecords<Lineage> {
    try ledger.lineages(builtBy: run, keys: keys)
  }
  func uses(ofFile file: ExactText, job: String, keys: [PartitionKey]?) -> [FileUse] {
    readers[job]?[file] ?? []
  }
  func files(of versions: [VersionReference]) -> [VersionReference: [DataFile]] {
    ledger.files(of: versions)
  }
  func members(of versions: [VersionReference]) -> [VersionReference: [ExactText: VersionReference]]
  {
    ledger.members(of: versions)
  }
  func sameContent(
    as versions: [VersionReference]
  ) -> [VersionReference: Set<VersionReference>] { ledger.sameContent(as: versions) }
  func ledgerID() -> String? { ledger.ledgerID() }
  func outputPlace(job: String) -> OutputPlace? { ledger.outputPlace(job: job) }
  func lastLook(table: String) -> Date? { ledger.lastLook(table: table) }

  func hasLease(of run: RunID, since: Date) -> Bool { ledger.hasLease(of: run, since: since) }
  func rowDigests(of versions: [VersionReference]) -> [VersionReference: String] {
    ledger.rowDigests(of: versions)
  }
  func pinnedColumns(table: String) -> [PinnedColumn]? { ledger.pinnedColumns(table: table) }
  func sources(job: String) -> [String: SourceDescription] { ledger.sources(job: job) }
  func counters(job: String) -> BookmarkCounters { ledger.counters(job: job) }
  func runs(job: String?, limit: Int) -> [RunRecord] { ledger.runs(job: job, limit: limit) }
  func run(_ id: RunID) -> RunRecord? { ledger.run(id) }
  func workUnits(run: RunID, keys: [PartitionKey]?) -> [WorkUnitRecord] {
    ledger.workUnits(run: run, keys: keys)
  }
  func log(run: RunID) -> [LogLine] { logs[run] ?? [] }
  func batches(run: RunID) -> [BatchRecord] { ledger.batches(run: run) }
  func workUnit(of partition: Partition, job: String, run: RunID) -> WorkUnitRecord? {
    ledger.workUnit(of: partition, job: job, run: run)
  }
  func failedUnits(run: RunID, keys: [PartitionKey]?, limit: Int) -> [WorkUnitRecord] {
    ledger.failedUnits(run: run, keys: keys, limit: limit)
  }
  func matches(job: String, keys: [PartitionKey]?, run: RunID?) -> [MatchRecord] {
    ledger.matches(job: job, keys: keys, run: run)
  }
  func withheld(job: String, keys: [PartitionKey]?) throws -> PartitionRecords<WithheldRemoval> {
    try ledger.withheld(job: job, keys: keys)
  }
  func acknowledgements(job: String) -> [AlarmAcknowledgement] { ledger.acknowledgements(job: job) }
  func strays(job: String, keys: [PartitionKey]?) -> [StrayMatches] {
    ledger.strays(job: job, keys: keys)
  }
  func staged(run: RunID, keys: [PartitionKey]?) -> [PreparedPublish] { kept[run] ?? [] }
  func unfinishedPartitions(job: String, keys: [PartitionKey]?) -> [Partition] {
    ledger.unfinishedPartitions(job: job, keys: keys)
  }
}
