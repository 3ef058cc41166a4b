import PartitionPredicate

/// What knows the partitions of tables, and the files of each.
public protocol TableReader: Sendable {
  /// Lists a table.
  ///
  /// Whatever cannot be counted as data, a missing location and missing permissions included, is a problem of the
  /// snapshot, not an error. A listing that failed anywhere is incomplete.
  ///
  /// - Parameters:
  ///   - table: As it is declared.
  ///   - scope: The partitions that are requested. About others the snapshot says nothing: they may be in it or not.
  /// - Returns: What was found, and what could not be counted as data.
  func snapshot(of table: TableDefinition, in scope: PartitionScope) async -> Snapshot
}

extension TableReader {
  /// Lists all partitions of a table.
  public func snapshot(of table: TableDefinition) async -> Snapshot {
    await snapshot(of: table, in: .all)
  }
}

/// Where a job's tables and outputs are read; nothing of it writes.
public struct StorageReader: Sendable {
  /// The partitions of its tables.
  public let tables: any TableReader
  /// Their files.
  public let files: any FileStore
  /// What is published, staged and kept.
  public let outputs: any OutputReader
  /// What files say of the times of their rows; nil where nothing reads it.
  public let times: (any FileTimeReader)?

  /// Creates a reader over these.
  public init(
    tables: any TableReader, files: any FileStore, outputs: any OutputReader,
    times: (any FileTimeReader)? = nil
  ) {
    self.tables = tables
    self.files = files
    self.outputs = outputs
    self.times = times
  }
}

extension StorageReader {
  /// Whether an output has any data, at its location or where a catalog says.
  ///
  /// Whatever cannot be looked at counts as data: nobody may overwrite what could not be seen.
  func hasData(_ output: OutputDefinition) async -> Bool {
    if await outputs.isNamed(output) { return true }
    return await files.hasData(output)
  }
}

extension FileStore {
  /// Whether anything but hidden names and folders is below an output's location.
  ///
  /// A folder that cannot be listed counts as data: nobody may overwrite what could not be seen.
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
  let prunes = true

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
