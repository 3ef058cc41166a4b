import Foundation
import IncrementalJoin

/// A ledger in memory, of one job.
struct FakeLedger: LedgerReader {
  var consumed: [String: Position] = [:]
  var built: [String: Lineage] = [:]
  var versions: [VersionReference: [DataFile]] = [:]
  var pinned: [String: [Column]] = [:]
  var history: [RunRecord] = []
  var unfinished: [String] = []

  /// Moves a partition's position and lineage to what a report saw of it.
  ///
  /// The digests come from the storage as it was when the files were read.
  mutating func commit(
    _ pending: PendingPartition, of job: JobDefinition, run: RunID, rows: Int64 = 10,
    reading storage: FakeStorage
  ) {
    var inputs: [String: VersionReference] = [:]
    for input in pending.inputs {
      guard let version = input.listing?.version else { continue }
      let reference = VersionReference(version)
      inputs[input.input.name] = reference
      versions[reference] = version.files.map { file in
        var file = file
        file.digest = try? storage.digest(of: file, in: input.input.table)
        return file
      }
    }
    let path = pending.partition.path
    consumed[path] = Position(run: run, definition: job.fingerprint, inputs: inputs)
    built[path] = Lineage(
      run: run, definition: job.fingerprint, inputs: inputs, rows: rows, bytes: 1_000)
  }

  func positions(job: String) -> [String: Position] { consumed }
  func lineages(job: String) -> [String: Lineage] { built }
  func files(of references: [VersionReference]) -> [VersionReference: [DataFile]] {
    let wanted = Set(references)
    return versions.filter { wanted.contains($0.key) }
  }
  func pinnedColumns(table: String) -> [Column]? { pinned[table] }
  func runs(job: String?, limit: Int) -> [RunRecord] { Array(history.prefix(limit)) }
  func workUnits(run: RunID) -> [WorkUnitRecord] { [] }
  func unfinishedPartitions(job: String) -> [String] { unfinished }
}
