/// The readers' half of the seam to where tables live: a local file system, later an object store.
public protocol StorageReader: Sendable {
  /// Lists every partition and data file of a table.
  ///
  /// Hidden files and files that begin with `_` are left out. Whatever cannot be counted as data,
  /// a missing location and missing permissions included, is a problem of the snapshot, not an error.
  func list(_ table: TableDefinition) -> Snapshot

  /// Checks that a pinned file is still the one that the listing saw, by its content tag and its stamp.
  ///
  /// - Throws: `PinError` when it vanished, changed or cannot be read.
  func check(_ file: DataFile, of table: TableDefinition) throws(PinError)

  /// The SHA-256 of a file's content, in hexadecimal.
  ///
  /// - Throws: `PinError` when the file cannot be read.
  func digest(of file: DataFile, in table: TableDefinition) throws(PinError) -> String
}

/// Why a pinned file cannot be read as planned.
public enum PinError: Error, Hashable, Sendable {
  case vanished(path: String)
  case changed(path: String)
  case unreadable(path: String, reason: String)
}

extension PinError: CustomStringConvertible {
  /// The sentence for the operator; in every case the partition stays pending.
  public var description: String {
    switch self {
    case .vanished(let path):
      "\(path) vanished after the plan was made. The partition stays pending; run again."
    case .changed(let path):
      "\(path) changed after the plan was made. The partition stays pending; run again "
        + "(`min_age:` holds back files that are still being written)."
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason). The partition stays pending."
    }
  }
}
