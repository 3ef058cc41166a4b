import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing

/// Tables in memory; a copy is a file system that stands still.
struct FakeStorage: StorageReader {
  /// By table name and path.
  var files: [String: [ExactText: DataFile]] = [:]
  /// The digest of a file's content, by table name and path; a file without one cannot be read.
  var digests: [String: [ExactText: String]] = [:]
  var problems: [String: [ListingProblem]] = [:]
  var unreadNames: [String: [UnreadName]] = [:]
  var listedAt = Date(timeIntervalSince1970: 2_000_000_000)
  /// The tables that were listed, in order, through any copy.
  let listed = CallLog()

  func list(_ table: TableDefinition) -> Snapshot {
    listed.add(table.name)
    var found: [Partition: (files: [DataFile], spellings: Set<[ExactText]>)] = [:]
    for file in (files[table.name] ?? [:]).values {
      let folder = file.path.parts(separatedBy: "/").dropLast().joined(separator: "/")
      guard let partition = try? Partition(path: folder, keys: table.keys) else {
        Issue.record("\(file.path) lies in no partition of \(table.name)")
        continue
      }
      let raw = folder.parts(separatedBy: "/").map {
        ExactText(HivePath.split($0.text)?.value ?? "")
      }
      found[partition, default: ([], [])].files.append(file)
      found[partition]?.spellings.insert(raw)
    }
    return Snapshot(
      table: table, listedAt: listedAt,
      partitions: found.mapValues { entry in
        PartitionListing(
          version: PartitionVersion(files: entry.files),
          spellings: entry.spellings.sorted { $0.lexicographicallyPrecedes($1) })
      },
      problems: problems[table.name] ?? [], unreadNames: unreadNames[table.name] ?? [])
  }

  func check(_ file: DataFile, of table: TableDefinition) throws(PinError) {
    guard let now = files[table.name]?[file.path] else { throw .vanished(path: file.path.text) }
    if !now.hasSameStamps(as: file) { throw .changed(path: file.path.text) }
  }

  func digest(of file: DataFile, in table: TableDefinition) throws(PinError) -> String {
    guard let digest = digests[table.name]?[file.path] else {
      throw .unreadable(path: file.path.text, reason: "permission denied")
    }
    return digest
  }
}
