import Foundation

/// What tells whether anybody touched a file.
struct FileFacts: Hashable {
  let inode: UInt64
  let modified: Date
  let size: UInt64

  init(_ path: String) throws {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    inode = attributes[.systemFileNumber] as? UInt64 ?? 0
    modified = attributes[.modificationDate] as? Date ?? .distantPast
    size = attributes[.size] as? UInt64 ?? 0
  }
}
