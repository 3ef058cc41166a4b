import PartitionPredicate

/// Where a job's tables and outputs are read; nothing of it writes.
public struct StorageReader: Sendable {
  /// The partitions of its tables.
  public let tables: any TableReader
  /// Their files.
  public let files: any FileStore
  /// What is published, staged and kept.
  public let outputs: any OutputReader

  /// Creates a reader over the three.
  public init(tables: any TableReader, files: any FileStore, outputs: any OutputReader) {
    self.tables = tables
    self.files = files
    self.outputs = outputs
  }
}

extension FileStore {
  /// Whether anything but hidden names and folders lies below an output's location.
  ///
  /// A folder that cannot be listed counts as data: nobody may write over what nobody could see.
  func hasData(_ output: OutputDefinition) async -> Bool {
    var search = DataSearch(keys: output.keys.map(\.name))
    do throws(FileStoreError) {
      try await list(output.location, &search)
    } catch {
      return search.hasFound || error != .absent
    }
    return search.hasFound
  }
}

/// Whether any name is one of data.
private struct DataSearch: FolderVisitor {
  let keys: [String]
  private(set) var hasFound = false

  init(keys: [String]) { self.keys = keys }

  mutating func visit(
    _ entry: FolderEntry, look: () throws(FileStoreError) -> FolderEntry.Target
  ) -> Bool {
    if hasFound || HivePath.isHidden(entry.name, keys: keys) { return false }
    hasFound = !entry.isText || entry.kind != .folder
    return !hasFound
  }

  mutating func fail(_ folder: ExactText, _ error: FileStoreError) { hasFound = true }
}
