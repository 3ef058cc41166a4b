import PartitionPredicate

/// A name in a folder that shows that the folder belongs to a table of Delta, Iceberg or Hudi.
///
/// - Delta: the folder `_delta_log` at the root.
/// - Iceberg: the folder `metadata` at the root, with a file `version-hint.text`, `v1.metadata.json` or
///   `00001-UUID.metadata.json` in it; the rows lie in the folder `data` beside it.
/// - Hudi: the folder `.hoodie` at the root, and the file `.hoodie_partition_metadata` in every partition.
struct OpenTableSign: Equatable {
  let format: OpenTableFormat
  /// Relative to the folder.
  let name: String

  private init(_ format: OpenTableFormat, _ name: ExactText) {
    self.format = format
    self.name = name.text
  }

  /// The folder in which Iceberg's metadata lies.
  static let icebergMetadata: ExactText = "metadata"
  private static let deltaLog: ExactText = "_delta_log"
  private static let hudiTimeline: ExactText = ".hoodie"

  /// The sign that a folder of this name, or a link to one, is; nil for any other name.
  init?(folder name: ExactText) {
    switch name {
    case Self.deltaLog: self.init(.delta, name)
    case Self.hudiTimeline: self.init(.hudi, name)
    default: return nil
    }
  }

  /// The sign that this name in a partition's folder is; nil for any other name.
  init?(inPartition name: ExactText) {
    guard name == ".hoodie_partition_metadata" || name == ".hoodie_partition_metadata.parquet"
    else { return nil }
    self.init(.hudi, name)
  }

  /// The sign that this name in the folder `metadata` is: one of those that Iceberg's specification gives to the
  /// metadata of a version (`v3.metadata.json`, `00003-UUID.metadata.json`, also compressed), or the hint that points
  /// to the newest one.
  ///
  /// Other names, such as `orders.metadata.json`, may describe any set of files.
  init?(inMetadata name: ExactText) {
    if name != "version-hint.text" {
      let bytes = name.text.utf8
      let version = bytes.first == UInt8(ascii: "v") ? bytes.dropFirst() : bytes[...]
      guard let digit = version.first, (48...57).contains(digit),
        name.ends(with: ".metadata.json") || name.ends(with: ".metadata.json.gz")
      else { return nil }
    }
    self.init(.iceberg, "\(Self.icebergMetadata)/\(name)")
  }

  /// Looks for the sign of any format in a folder, by name.
  init?(in folder: Location, _ files: any FileStore) async {
    for name in [Self.deltaLog, Self.hudiTimeline] {
      guard await Names(of: folder.folder(name), files) != nil else { continue }
      self.init(folder: name)
      return
    }
    await self.init(icebergIn: folder, files)
  }

  /// Looks for Iceberg's metadata in a folder.
  init?(icebergIn folder: Location, _ files: any FileStore) async {
    let metadata = await Names(of: folder.folder(Self.icebergMetadata), files)
    guard let sign = metadata?.names.lazy.compactMap({ Self(inMetadata: $0) }).first else {
      return nil
    }
    self = sign
  }
}

extension OpenTableSign {
  /// The table above a location that is a part of it, and its folder.
  ///
  /// The search only goes up through folders that certainly belong together: from `key=value` to the folder above, and
  /// from Iceberg's `data` to the table's root. A workspace that happens to be somewhere below a Delta table is not
  /// part of it.
  static func above(
    _ location: Location, _ files: any FileStore
  ) async -> (folder: Location, sign: OpenTableSign)? {
    for start in [location, await files.resolved(location)] {
      var place = start
      while HivePath.split(place.name.text) != nil {
        place = place.parent
        if let sign = await OpenTableSign(in: place, files) { return (place, sign) }
      }
      guard place.name == "data" else { continue }
      if let sign = await OpenTableSign(icebergIn: place.parent, files) {
        return (place.parent, sign)
      }
    }
    return nil
  }
}

/// The names in one folder.
private struct Names: FolderVisitor {
  private(set) var names: [ExactText] = []
  let prunes = true

  /// nil when there is no such folder, or it cannot be listed.
  init?(of folder: Location, _ files: any FileStore) async {
    do {
      try await files.list(folder, &self)
    } catch {
      return nil
    }
  }

  mutating func visit(
    _ entry: FolderEntry, look: () throws(FileStoreError) -> FolderEntry.Target
  ) -> Bool {
    names.append(entry.path)
    return false
  }

  mutating func fail(_ folder: ExactText, _ error: FileStoreError) {}
}
