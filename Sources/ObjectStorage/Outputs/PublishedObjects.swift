package import Foundation
package import IncrementalJoin
package import PartitionPredicate

/// What lies where a partition is published.
enum PublishedObjects: Hashable, Sendable {
  /// As a listing saw it, in the order of the keys.
  case listed([ObjectSummary])
  /// As this lease has left it: an object of this tag, or nothing.
  case written(ExactText?, size: Int64)

  /// What the store calls it: the tag of the one object that a partition is; of anything else a hash over it, which
  /// no upload has.
  func token(at place: ObjectPlace) -> StoreToken? {
    switch self {
    case .written(let tag, _): return tag.map(StoreToken.init)
    case .listed(let objects):
      if objects.isEmpty { return nil }
      if let tag = tag(at: place) { return StoreToken(tag) }
      let names = objects.map { "\($0.key)\0\($0.tag)\0" }.joined()
      return StoreToken("other objects \(SHA256.hash(names))")
    }
  }

  /// In bytes.
  var size: Int64 {
    switch self {
    case .written(_, let size): size
    case .listed(let objects): objects.reduce(0) { $0 + $1.size }
    }
  }

  /// The tag of the one object that a partition is; nil when there is nothing, or something else.
  func tag(at place: ObjectPlace) -> ExactText? {
    switch self {
    case .written(let tag, _): tag
    case .listed(let objects):
      objects.count == 1 && objects[0].key == place.key ? objects[0].tag : nil
    }
  }
}

extension [ObjectSummary] {
  /// Those that readers take for data below a folder: no hidden names, and no names of folders.
  package func data(below folder: ExactText) -> [ObjectSummary] {
    filter { object in
      let names = object.key.dropping(folder)
      return !(object.size == 0 && object.key.ends(with: "/"))
        && !names.parts(separatedBy: "/").contains { HivePath.isHidden($0) }
    }
  }

  /// The data files among the objects of a partition, with their paths relative to the output's location.
  func dataFiles(of partition: Partition, _ places: ObjectLocations) -> [DataFile] {
    let folder = places.folder(of: partition)
    return compactMap { object in
      guard !object.key.dropping(folder).contains(text: "/"),
        DataFormat.parquet.matches(fileName: object.key.text)
      else { return nil }
      return DataFile(
        path: object.key.dropping(places.prefix), size: object.size, modified: object.modified,
        tag: object.tag)
    }
  }
}

extension DataFile {
  /// A file as an object store tells it: its content tag is the object's tag and size.
  package init(path: ExactText, size: Int64, modified: Date, tag: ExactText) {
    self.init(
      path: path, size: size, modified: Int64(modified.timeIntervalSince1970 * 1e9),
      tag: Self.tag(tag, size: size))
  }
}
