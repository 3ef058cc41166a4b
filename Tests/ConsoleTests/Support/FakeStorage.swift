import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport

/// A storage whose listings are what a test says.
struct FakeStorage: TableReader, OutputReader {
  var snapshots: [String: Snapshot] = [:]
  var lockHolder: LockHolder?
  /// The output that is locked; nil for all of them.
  var lockedOutput: OutputDefinition?
  var keptRuns: [KeptRun] = []

  var reader: StorageReader {
    StorageReader(tables: self, files: MemoryFiles(), outputs: self)
  }

  func snapshot(of table: TableDefinition, in scope: PartitionScope) -> Snapshot {
    snapshots[table.name]
      ?? Snapshot(
        table: table, listedAt: .distantPast, partitions: [:],
        problems: [
          ListingProblem(
            table: table.name, path: table.location.description.exact, kind: .locationMissing)
        ])
  }

  func holder(of output: OutputDefinition) -> LockHolder? {
    guard let lockedOutput, lockedOutput.location != output.location else { return lockHolder }
    return nil
  }

  func owner(of output: OutputDefinition) -> OutputOwner? { nil }

  func isOtherFolder(_ path: String, than other: String) -> Bool { false }

  func files(published partition: Partition, of output: OutputDefinition) -> [DataFile] { [] }

  func kept(of output: OutputDefinition) -> [KeptRun] { keptRuns }

  func keptFiles(of output: OutputDefinition, run: RunID, partition: Partition) -> KeptFiles? {
    nil
  }

  func stagedFiles(of output: OutputDefinition, run: RunID, partition: Partition) -> [String] { [] }
}
