package import Foundation
package import IncrementalJoin
package import PartitionPredicate

/// The folder of this machine in which engines write what one output is about to get.
///
/// What was written stays there until it is published or given up: it can be looked at, and uploaded anew.
package struct ScratchFolder: Sendable {
  /// A file that an engine wrote.
  package struct File: Hashable {
    package let path: String
    package let size: Int64
    package let modified: Date
  }

  private let path: String

  /// The folder of one output in a folder that outputs share.
  init(_ folder: String, of location: Location) {
    path =
      "\(folder)/\(SHA256.hash(location.description).utf8.prefix(16).map { String(UnicodeScalar($0)) }.joined())"
  }

  private func folder(of run: RunID) -> String { "\(path)/staging/\(run)" }

  /// Where a run writes what is to become a partition.
  package func folder(of run: RunID, _ partition: Partition) -> String {
    partition.keys.isEmpty ? folder(of: run) : "\(folder(of: run))/\(partition.path)"
  }

  /// Makes that folder, empty.
  package func makeFolder(of run: RunID, _ partition: Partition) throws(PublishError) -> String {
    let folder = folder(of: run, partition)
    try remove(folder)
    try make(folder)
    return folder
  }

  /// Writes a small file.
  ///
  /// - Returns: Its path.
  func write(_ content: Data, to name: String) throws(PublishError) -> String {
    try make(path)
    do {
      try content.write(to: URL(filePath: "\(path)/\(name)"))
    } catch {
      throw Self.error("write", "\(path)/\(name)", error)
    }
    return "\(path)/\(name)"
  }

  /// What a run has written for a partition, in the order of the names; nothing where there is no folder.
  package func files(of run: RunID, _ partition: Partition) throws(PublishError) -> [File] {
    let folder = folder(of: run, partition)
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .map(\.exact).sorted().compactMap { name in
          let path = "\(folder)/\(name)"
          let facts = try FileManager.default.attributesOfItem(atPath: path)
          guard facts[.type] as? FileAttributeType == .typeRegular else { return nil }
          return File(
            path: path, size: (facts[.size] as? NSNumber)?.int64Value ?? 0,
            modified: facts[.modificationDate] as? Date ?? Date())
        }
    } catch {
      throw Self.error("read the folder", folder, error)
    }
  }

  /// The runs that have written something.
  package func runs() -> [RunID] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/staging")) ?? []
    return names.compactMap { Int64($0).map(RunID.init) }
  }

  /// Removes what a run has written.
  package func remove(_ run: RunID) throws(PublishError) { try remove(folder(of: run)) }

  /// Removes what a run has written for a partition.
  package func remove(_ run: RunID, _ partition: Partition) throws(PublishError) {
    try remove(folder(of: run, partition))
  }

  /// Removes a file or a folder with everything in it, if it is there.
  func remove(_ path: String) throws(PublishError) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw Self.error("remove", path, error)
    }
  }

  /// Free bytes of the file system.
  package func freeSpace() throws(PublishError) -> Int64? {
    try make(path)
    do {
      let facts = try FileManager.default.attributesOfFileSystem(forPath: path)
      return (facts[.systemFreeSize] as? NSNumber)?.int64Value
    } catch {
      throw Self.error("read the free space of", path, error)
    }
  }

  private func make(_ folder: String) throws(PublishError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Self.error("create the folder", folder, error)
    }
  }

  private static func error(
    _ operation: String, _ path: String, _ error: any Error
  ) -> PublishError {
    .system(operation: operation, path: path, reason: error.localizedDescription)
  }
}
