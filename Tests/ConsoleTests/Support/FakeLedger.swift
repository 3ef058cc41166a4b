import Foundation
import IncrementalJoin
import PartitionPredicate

/// A ledger that knows what a test says.
struct FakeLedger: LedgerReader {
  var positions: [String: [ExactText: IncrementalJoin.Position]] = [:]
  var lineages: [String: [ExactText: Lineage]] = [:]
  var files: [VersionReference: [DataFile]] = [:]
  var records: [RunRecord] = []
  var unfinished: [String: [ExactText]] = [:]
  var stagedPublishes: [RunID: [PreparedPublish]] = [:]
  var matchRecords: [MatchRecord] = []
  var accepted: [String: SourceDescription] = [:]
  var bookmarkCounters = BookmarkCounters()
  var units: [RunID: [WorkUnitRecord]] = [:]
  var logs: [RunID: [LogLine]] = [:]
  var kept: [String: [ExactText: WithheldRemoval]] = [:]

  func positions(job: String, asOf run: RunID?) throws -> [ExactText: IncrementalJoin.Position] {
    (positions[job] ?? [:]).filter { $0.value.run <= run ?? .max }
  }
  func lineages(job: String, asOf run: RunID?) throws -> [ExactText: Lineage] {
    (lineages[job] ?? [:]).filter { $0.value.run <= run ?? .max }
  }
  func moved(job: String, in window: RunWindow) throws -> [ExactText] {
    (positions[job] ?? [:]).filter { $0.value.run > window.after && $0.value.run <= window.through }
      .keys.sorted()
  }
  func lineages(builtBy run: RunID) throws -> [ExactText: Lineage] {
    lineages.values.flatMap { $0 }.filter { $0.value.run == run }
      .reduce(into: [:]) { $0[$1.key] = $1.value }
  }
  func uses(ofFile file: ExactText, job: String) throws -> [FileUse] { [] }
  func sameContent(
    as versions: [VersionReference]
  ) throws -> [VersionReference: Set<VersionReference>] { [:] }
  func ledgerID() throws -> String? { nil }
  func outputPlace(job: String) throws -> OutputPlace? { nil }
  func hasLease(of run: RunID, since: Date) throws -> Bool { false }
  func rowDigests(of versions: [VersionReference]) throws -> [VersionReference: String] { [:] }
  func sources(job: String) throws -> [String: SourceDescription] { accepted }
  func counters(job: String) throws -> BookmarkCounters { bookmarkCounters }
  func run(_ id: RunID) throws -> RunRecord? { records.first { $0.id == id } }
  func log(run: RunID) throws -> [LogLine] { logs[run] ?? [] }
  func matches(job: String, run: RunID?) throws -> [MatchRecord] {
    matchRecords.filter { run == nil || $0.run == run }
  }
  func withheld(job: String) -> [ExactText: WithheldRemoval] { kept[job] ?? [:] }
  func acknowledgements(job: String) -> [AlarmAcknowledgement] { [] }
  func strays(job: String) -> [StrayMatches] { [] }
  func staged(run: RunID) throws -> [PreparedPublish] { stagedPublishes[run] ?? [] }
  func files(of versions: [VersionReference]) throws -> [VersionReference: [DataFile]] {
    let wanted = Set(versions)
    return files.filter { wanted.contains($0.key) }
  }
  func pinnedColumns(table: String) throws -> [PinnedColumn]? {
    [("origin", "VARCHAR"), ("time_hour", "TIMESTAMP")].map {
      PinnedColumn(SeenColumn(name: $0.0, type: $0.1))
    }
  }
  func runs(job: String?, limit: Int) throws -> [RunRecord] {
    Array(records.filter { job == nil || $0.job == job }.prefix(limit))
  }
  func workUnits(run: RunID) throws -> [WorkUnitRecord] { units[run] ?? [] }
  func unfinishedPartitions(job: String) throws -> [ExactText] { unfinished[job] ?? [] }

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
