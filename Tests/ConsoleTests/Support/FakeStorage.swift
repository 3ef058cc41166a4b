import Foundation
import IncrementalJoin
import PartitionPredicate

/// A storage whose listings are what a test says.
struct FakeStorage: Storage {
  var snapshots: [String: Snapshot] = [:]
  var lockHolder: LockHolder?
  var keptRuns: [KeptRun] = []

  func list(_ table: TableDefinition) -> Snapshot {
    snapshots[table.name]
      ?? Snapshot(
        table: table, listedAt: .distantPast, partitions: [:],
        problems: [
          ListingProblem(
            table: table.name, path: table.location.description.exact, kind: .locationMissing)
        ])
  }

  func check(_ file: DataFile, of table: TableDefinition) throws(PinError) {}

  func digest(of file: DataFile, in table: TableDefinition) throws(PinError) -> String {
    throw .vanished(path: file.path.text)
  }

  func holder(of output: OutputDefinition) -> LockHolder? { lockHolder }

  func hasData(_ output: OutputDefinition) -> Bool { false }

  func owner(of output: OutputDefinition) throws(PublishError) -> OutputOwner? { nil }

  func resolved(_ output: OutputDefinition) -> Location { output.location }

  func isOtherFolder(_ path: String, than other: String) -> Bool { false }

  func publishedFiles(of output: OutputDefinition, partition: Partition) throws(PublishError)
    -> [DataFile]
  { [] }

  func kept(of output: OutputDefinition) throws(PublishError) -> [KeptRun] { keptRuns }

  func stagedFiles(of output: OutputDefinition, run: RunID, partition: Partition)
    throws(PublishError) -> [String]
  { [] }

  func open(_ output: OutputDefinition, as holder: LockHolder) throws(PublishError)
    -> any OutputStore
  {
    throw .locked(location: output.location, by: lockHolder)
  }
}
