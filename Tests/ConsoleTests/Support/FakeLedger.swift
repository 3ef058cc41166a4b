import Foundation
import IncrementalJoin
import PartitionPredicate

/// A ledger that knows what a test says.
struct FakeLedger: LedgerReader {
  var positions: [String: [ExactText: IncrementalJoin.Position]] = [:]
  var lineages: [String: [ExactText: Lineage]] = [:]
  var files: [VersionReference: [DataFile]] = [:]
  var records: [RunRecord] = []
  var unfinished: [String: [Partition]] = [:]
  var stagedPublishes: [RunID: [PreparedPublish]] = [:]
  var matchRecords: [MatchRecord] = []
  var accepted: [String: SourceDescription] = [:]
  var bookmarkCounters = BookmarkCounters()
  var units: [RunID: [WorkUnitRecord]] = [:]
  var logs: [RunID: [LogLine]] = [:]
  var batchRecords: [RunID: [BatchRecord]] = [:]
  var kept: [String: [ExactText: WithheldRemoval]] = [:]
  /// The tables whose columns no run has pinned.
  var unseen: Set<String> = []

  func positions(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws
    -> PartitionRecords<IncrementalJoin.Position>
  {
    try records(positions[job], keys) { $0.run <= run ?? .max }
  }
  func lineages(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws
    -> PartitionRecords<Lineage>
  {
    try records(lineages[job], keys) { $0.run <= run ?? .max }
  }
  private func records<Record>(
    _ records: [ExactText: Record]?, _ keys: [PartitionKey]?, where isWanted: (Record) -> Bool
  ) throws -> PartitionRecords<Record> {
    try PartitionRecords(
      (records ?? [:]).filter { isWanted($0.value) }.map { ($0.key, $0.value) }, keys: keys)
  }
  func moved(job: String, keys: [PartitionKey]?, in window: RunWindow) throws -> [Partition] {
    try (positions[job] ?? [:])
      .filter { $0.value.run > window.after && $0.value.run <= window.through }
      .keys.sorted().map { try Partition(recorded: $0, keys: keys) }
  }
  func consumedInputs(
    job: String, of partitions: [ExactText]
  ) throws -> [ExactText: Set<ExactText>] {
    (positions[job] ?? [:]).filter { partitions.contains($0.key) }
      .mapValues { Set($0.inputs.keys.map(\.exact)) }
  }
  func lineages(builtBy run: RunID, keys: [PartitionKey]?) throws -> PartitionRecords<Lineage> {
    try PartitionRecords(
      lineages.values.flatMap { $0 }.filter { $0.value.run == run }.map { ($0.key, $0.value) },
      keys: keys)
  }
  func uses(ofFile file: ExactText, job: String, keys: [PartitionKey]?) throws -> [FileUse] { [] }
  func sameContent(
    as versions: [VersionReference]
  ) throws -> [VersionReference: Set<VersionReference>] { [:] }
  func ledgerID() throws -> String? { nil }
  func outputPlace(job: String) throws -> OutputPlace? { nil }
  func lastLook(table: String) throws -> Date? { nil }
  func hasLease(of run: RunID, since: Date) throws -> Bool { false }
  func rowDigests(of versions: [VersionReference]) throws -> [VersionReference: String] { [:] }
  func sources(job: String) throws -> [String: SourceDescription] { accepted }
  func counters(job: String) throws -> BookmarkCounters { bookmarkCounters }
  func run(_ id: RunID) throws -> RunRecord? { records.first { $0.id == id } }
  func log(run: RunID) throws -> [LogLine] { logs[run] ?? [] }
  func batches(run: RunID) throws -> [BatchRecord] { batchRecords[run] ?? [] }
  func workUnit(of partition: Partition, job: String, run: RunID) -> WorkUnitRecord? {
    (units[run] ?? []).first { $0.partition == partition }
  }
  func failedUnits(run: RunID, keys: [PartitionKey]?, limit: Int) -> [WorkUnitRecord] {
    Array((units[run] ?? []).filter { $0.state == .failed }.prefix(limit))
  }
  func matches(job: String, keys: [PartitionKey]?, run: RunID?) throws -> [MatchRecord] {
    matchRecords.filter { run == nil || $0.run == run }
  }
  func withheld(job: String, keys: [PartitionKey]?) throws -> PartitionRecords<WithheldRemoval> {
    try records(kept[job], keys) { _ in true }
  }
  func acknowledgements(job: String) -> [AlarmAcknowledgement] { [] }
  func strays(job: String, keys: [PartitionKey]?) -> [StrayMatches] { [] }
  func staged(run: RunID, keys: [PartitionKey]?) throws -> [PreparedPublish] {
    stagedPublishes[run] ?? []
  }
  func files(of versions: [VersionReference]) throws -> [VersionReference: [DataFile]] {
    let wanted = Set(versions)
    return files.filter { wanted.contains($0.key) }
  }
  func members(of versions: [VersionReference]) -> [VersionReference: [ExactText: VersionReference]]
  {
    [:]
  }
  func pinnedColumns(table: String) throws -> [PinnedColumn]? {
    unseen.contains(table)
      ? nil
      : [("origin", "VARCHAR"), ("time_hour", "TIMESTAMP")].map {
        PinnedColumn(SeenColumn(name: $0.0, type: $0.1))
      }
  }
  func runs(job: String?, limit: Int) throws -> [RunRecord] {
    Array(records.filter { job == nil || $0.job == job }.prefix(limit))
  }
  func workUnits(run: RunID, keys: [PartitionKey]?) throws -> [WorkUnitRecord] {
    units[run] ?? []
  }
  func unfinishedPartitions(job: String, keys: [PartitionKey]?) throws -> [Partition] {
    unfinished[job] ?? []
  }

  /// Makes a partition count as consumed and built from these files.
  mutating func consume(
    _ partition: Partition, of job: JobDefinition, run: RunID, rows: Int64,
    inputs: [String: [DataFile]]
  ) {
    var references: [String: VersionReference] = [:]
    for (input, list) in inputs where !list.isEmpty {
      let version = PartitionVersion(files: list)
      references[input] = VersionReference(version)
      files[VersionReference(version)] = version.files
    }
    positions[job.name, default: [:]][partition.path] = IncrementalJoin.Position(
      run: run, definition: job.fingerprint, inputs: references)
    lineages[job.name, default: [:]][partition.path] = Lineage(
      run: run, definition: job.fingerprint, inputs: references, rows: rows, bytes: rows * 60)
  }
}

/// An engine that knows every file's columns.
struct FakeSchemas: SchemaReader {
  func columns(ofFiles paths: [String], of table: TableDefinition) async throws -> SeenColumns {
    SeenColumns(columns: [SeenColumn(name: "value", type: "BIGINT")], files: paths)
  }

  func validate(_ unit: JoinUnit) async throws -> ResultColumns {
    ResultColumns(columns: [Column(name: "value", type: "BIGINT")])
  }

  func reads(_ type: String, as wider: String) async throws -> Bool { type == wider }

  func compares(_ type: String, with other: String) async throws -> Bool { type == other }
}
