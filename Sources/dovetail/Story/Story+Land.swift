import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate

extension Story {
  /// Creates tables in a bucket that exist before their first object, as an empty folder does.
  func makeTables() async throws {
    for table in tables where table.location.scheme == "s3" {
      let place = ObjectPlace(folder: table.location)
      _ = try await clients.client(of: place.bucket).write(
        Data(), to: place, metadata: [:], if: .always)
    }
  }

  /// Puts every file of an arrival in its place, by a rename or as one object, so that no reader sees half a file.
  ///
  /// - Parameters:
  ///   - source: The folder with the files.
  ///   - location: The table's.
  ///   - instant: When the files count as landed; an object has the time of its upload.
  /// - Throws: What the file system or the store throws.
  func land(_ source: String, in location: Location, at instant: Date) async throws {
    let files =
      FileManager.default.enumerator(atPath: source)?.allObjects.compactMap { $0 as? String } ?? []
    for path in files where path.exact.ends(with: ".parquet") {
      guard location.scheme != "s3" else {
        try await upload("\(source)/\(path)", to: ObjectPlace(location.folder(path.exact)))
        continue
      }
      let target = location.file(path.exact)
      try FileManager.default.createDirectory(
        atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try FileManager.default.setAttributes(
        [.modificationDate: instant], ofItemAtPath: "\(source)/\(path)")
      guard rename("\(source)/\(path)", target) == 0 else {
        throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: target])
      }
    }
  }

  /// Removes every file of a partition.
  func withdraw(_ partition: ExactText, of location: Location) async throws {
    let place = location.folder(partition)
    guard location.scheme == "s3" else {
      return try FileManager.default.removeItem(atPath: place.description)
    }
    let folder = ObjectPlace(folder: place)
    let client = try clients.client(of: folder.bucket)
    for object in try await ObjectListing(client, bucket: folder.bucket, prefix: folder.key)
      .objects()
    {
      try await client.remove(
        ObjectPlace(bucket: folder.bucket, key: object.key), tag: nil, validity: nil)
    }
  }

  private func upload(_ file: String, to place: ObjectPlace) async throws {
    let content = try Data(contentsOf: URL(filePath: file))
    _ = try await clients.client(of: place.bucket).write(
      content, to: place, metadata: [:], if: .always)
  }
}
