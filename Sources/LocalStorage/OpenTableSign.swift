import CSystem
import IncrementalJoin
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

  /// Looks at one entry of a folder that is being listed; other names than these cost nothing.
  init?(_ entry: FolderEntry, in folder: borrowing FolderStream) {
    guard let first = entry.name.utf8.first, "_.m".utf8.contains(first) else { return nil }
    switch entry.name {
    case Self.deltaLog: self.init(.delta, folder: entry.name, in: folder)
    case Self.hudiTimeline: self.init(.hudi, folder: entry.name, in: folder)
    case Self.hudiPartition, Self.hudiPartitionInParquet:
      self.init(format: .hudi, name: entry.name)
    case Self.icebergMetadata where entry.kind != .file:
      self.init(icebergIn: folder.descriptor)
    default: return nil
    }
  }

  /// Looks for the sign of any format in a folder, by name.
  init?(in path: String) {
    guard let folder = try? FolderStream(path) else { return nil }
    guard
      let sign = Self(.delta, folder: Self.deltaLog, in: folder)
        ?? Self(.hudi, folder: Self.hudiTimeline, in: folder)
        ?? Self(icebergIn: folder.descriptor)
    else {
      return nil
    }
    self = sign
  }

  /// Looks for Iceberg's metadata in a folder.
  init?(icebergIn parent: Int32) {
    guard let folder = try? FolderStream(Self.icebergMetadata, in: parent) else { return nil }
    while let entry = try? folder.next() {
      guard Self.isIcebergMetadata(entry.name) else { continue }
      self.init(format: .iceberg, name: "\(Self.icebergMetadata)/\(entry.name)")
      return
    }
    return nil
  }

  private init(format: OpenTableFormat, name: String) {
    self.format = format
    self.name = name
  }

  /// nil unless there is a folder, or a link to one, of this name.
  private init?(_ format: OpenTableFormat, folder name: String, in parent: borrowing FolderStream) {
    guard (try? parent.facts(of: name, following: true))?.kind == .folder else { return nil }
    self.init(format: format, name: name)
  }

  private static let deltaLog = "_delta_log"
  private static let hudiTimeline = ".hoodie"
  private static let hudiPartition = ".hoodie_partition_metadata"
  private static let hudiPartitionInParquet = ".hoodie_partition_metadata.parquet"
  private static let icebergMetadata = "metadata"

  /// Whether a name is one of those that Iceberg's specification gives to the metadata of a version
  /// (`v3.metadata.json`, `00003-UUID.metadata.json`, also compressed), or the hint at the newest one.
  ///
  /// Other names, such as `orders.metadata.json`, may describe any set of files.
  private static func isIcebergMetadata(_ name: String) -> Bool {
    let name = name.utf8
    if name.elementsEqual("version-hint.text".utf8) { return true }
    let version = name.first == UInt8(ascii: "v") ? name.dropFirst() : name[...]
    guard let digit = version.first, (48...57).contains(digit) else { return false }
    return [".metadata.json", ".metadata.json.gz"].contains { ending in
      version.reversed().starts(with: ending.utf8.reversed())
    }
  }
}

extension OpenTableSign {
  /// The table above a location that is a part of it, and its folder.
  ///
  /// Only folders that are certain to belong together are climbed: from `key=value` to the folder above,
  /// and from Iceberg's `data` to the table's root. A workspace that happens to lie somewhere below a Delta
  /// table is not part of it.
  static func above(_ location: String) -> (folder: String, sign: OpenTableSign)? {
    for path in [location, FileSystem.resolved(location)] {
      var path = path
      while HivePath.split(FileSystem.name(of: path)) != nil {
        path = FileSystem.parent(of: path)
        if let sign = OpenTableSign(in: path) { return (path, sign) }
      }
      guard FileSystem.name(of: path) == "data" else { continue }
      let root = FileSystem.parent(of: path)
      if let folder = try? FolderStream(root),
        let sign = OpenTableSign(icebergIn: folder.descriptor)
      {
        return (root, sign)
      }
    }
    return nil
  }
}
