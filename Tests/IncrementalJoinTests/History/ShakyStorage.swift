import IncrementalJoin
import PartitionPredicate

/// Tables whose files may go between a listing and a check.
struct ShakyStorage: StorageReader {
  var storage: FakeStorage
  /// Those that are gone, as `table path`.
  let gone = CallLog()

  func list(_ table: TableDefinition) -> Snapshot { storage.list(table) }

  func check(_ file: DataFile, of table: TableDefinition) throws(PinError) {
    if gone.entries.contains("\(table.name) \(file.path)") { throw .vanished(path: file.path.text) }
    try storage.check(file, of: table)
  }

  func digest(of file: DataFile, in table: TableDefinition) throws(PinError) -> String {
    try storage.digest(of: file, in: table)
  }
}
