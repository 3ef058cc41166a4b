package import IncrementalJoin
package import PartitionPredicate

/// The places that belong to one output in an object store.
///
/// A partition is the object `<location>/<partition>/data.parquet`; all else lies below the hidden folder beside the
/// location.
package struct ObjectLocations: Hashable, Sendable {
  package let output: OutputDefinition
  package let bucket: ExactText
  /// What the keys of all published partitions begin with.
  package let prefix: ExactText
  /// What all other keys begin with.
  package let hidden: ExactText

  /// Throws `PublishError.system` for a location that is a whole bucket, or none of an object store.
  package init(_ output: OutputDefinition) throws(PublishError) {
    self.output = output
    let location = output.location
    let place = ObjectPlace(folder: location)
    guard location.scheme == "s3", !place.key.isEmpty else {
      throw .system(
        operation: "publish to", path: location.description,
        reason: "an output needs a name inside its bucket, such as s3://bucket/flights")
    }
    bucket = place.bucket
    prefix = place.key
    hidden = ObjectPlace(folder: location.hiddenFolder).key
  }

  package var location: Location { output.location }
  var lease: ObjectPlace { hidden("lease.json") }
  var owner: ObjectPlace { hidden("owner.json") }
  var probe: ObjectPlace { hidden("probe.json") }

  /// What a run has staged and not published when it gave up the output.
  func manifest(_ run: RunID) -> ObjectPlace { hidden("staging/\(run).json") }

  /// What the keys of a published partition begin with.
  func folder(of partition: Partition) -> ExactText {
    partition.keys.isEmpty ? prefix : "\(prefix)\(partition.path)/"
  }

  /// The object that is a published partition, by its path.
  func published(_ path: ExactText) -> ObjectPlace {
    ObjectPlace(bucket: bucket, key: "\(prefix)\(path == "." ? "" : "\(path)/")\(Self.fileName)")
  }

  /// The path of the partition to which a published object belongs; nil where it lies above all partitions.
  func partition(of key: ExactText) -> ExactText? {
    let names = key.dropping(prefix).parts(separatedBy: "/", omittingEmpty: false)
    guard names.count > output.keys.count else { return nil }
    return output.keys.isEmpty ? "." : names.prefix(output.keys.count).joined(separator: "/")
  }

  /// The object that is a published partition.
  func published(_ partition: Partition) -> ObjectPlace {
    published(partition.path)
  }

  /// Where a run keeps the object that it replaced or removed.
  func kept(_ run: RunID, _ partition: Partition) -> ObjectPlace {
    hidden("kept/\(run)/\(Self.file(of: partition))")
  }

  /// A place below the hidden folder.
  package func hidden(_ path: ExactText) -> ObjectPlace {
    ObjectPlace(bucket: bucket, key: "\(hidden)\(path)")
  }

  /// The path below the hidden folder of a key in it.
  package func hiddenPath(of key: ExactText) -> ExactText { key.dropping(hidden) }

  /// The name of the one object of a partition.
  static let fileName: ExactText = "data.parquet"

  /// The path of a published partition's file, relative to the output's location.
  static func file(of partition: Partition) -> ExactText {
    partition.keys.isEmpty ? fileName : "\(partition.path)/\(fileName)"
  }
}

extension ExactText {
  /// What follows a prefix.
  package func dropping(_ prefix: ExactText) -> ExactText {
    ExactText(String(decoding: text.utf8.dropFirst(prefix.text.utf8.count), as: UTF8.self))
  }
}
