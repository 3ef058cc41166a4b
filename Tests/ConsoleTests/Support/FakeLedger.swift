import IncrementalJoin

/// A ledger that knows what a test says.
struct FakeLedger: LedgerReader {
  var positions: [String: [String: IncrementalJoin.Position]] = [:]
  var lineages: [String: [String: Lineage]] = [:]
  var files: [VersionReference: [DataFile]] = [:]
  var records: [RunRecord] = []
  var unfinished: [String: [String]] = [:]

  func positions(job: String) throws -> [String: IncrementalJoin.Position] {
    positions[job] ?? [:]
  }
  func lineages(job: String) throws -> [String: Lineage] { lineages[job] ?? [:] }
  func files(of versions: [VersionReference]) throws -> [VersionReference: [DataFile]] {
    let wanted = Set(versions)
    return files.filter { wanted.contains($0.key) }
  }
  func pinnedColumns(table: String) throws -> [Column]? {
    [Column(name: "origin", type: "VARCHAR"), Column(name: "time_hour", type: "TIMESTAMP")]
  }
  func runs(job: String?, limit: Int) throws -> [RunRecord] {
    Array(records.filter { job == nil || $0.job == job }.prefix(limit))
  }
  func workUnits(run: RunID) throws -> [WorkUnitRecord] { [] }
  func unfinishedPartitions(job: String) throws -> [String] { unfinished[job] ?? [] }

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
  func columns(ofFile path: String, format: DataFormat, keys: [PartitionKey]) async throws
    -> [Column]
  { [Column(name: "value", type: "BIGINT")] }

  func validate(_ unit: JoinUnit) async throws -> [Column] {
    [Column(name: "value", type: "BIGINT")]
  }
}
