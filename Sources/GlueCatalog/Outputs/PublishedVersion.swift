import IncrementalJoin
import PartitionPredicate

/// What the catalog says of one partition of an output.
struct PublishedVersion: Hashable, Sendable {
  let place: VersionPlace
  /// The size of its files; nil where the catalog does not say it.
  let bytes: Int64?

  init(_ place: VersionPlace, bytes: Int64?) {
    self.place = place
    self.bytes = bytes
  }

  /// Reads where a table or a partition lies; one without a location lies at the empty one.
  init(_ storage: StorageDescriptor?, _ parameters: CatalogParameters) {
    self.init(
      VersionPlace(catalog: storage?.location ?? ""),
      bytes: parameters[Self.size].flatMap { Int64($0) })
  }

  /// Hive's name for the size of the files.
  private static let size = "totalSize"

  /// What the catalog is told beside the location.
  static func parameters(_ version: StagedVersion, run: RunID) -> CatalogParameters {
    [
      "classification": "parquet", "dovetail.run": "\(run)", "numFiles": "\(version.files.count)",
      size: "\(version.bytes)",
    ]
  }
}

/// A version that lies at its place and is not published.
struct StagedVersion: Hashable, Sendable {
  let place: VersionPlace
  let files: [DataFile]

  var bytes: Int64 { files.reduce(0) { $0 + $1.size } }
}

extension Partition {
  /// Its values as the catalog has them.
  var catalogValues: [String] { values.map(\.text) }

  /// Reads the values of a partition; nil where they are not as an output spells its own.
  init?(catalog values: [String], keys: [PartitionKey]) {
    guard values.count == keys.count else { return nil }
    let read = zip(values, keys).compactMap { PartitionValue(raw: $0, type: $1.type) }
    guard read.map(\.text.exact) == values.map(\.exact) else { return nil }
    self.init(keys: keys, values: read)
  }
}
