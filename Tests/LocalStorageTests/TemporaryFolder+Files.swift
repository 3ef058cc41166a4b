import CPOSIX
import Foundation
import IncrementalJoin
import TestSupport
import Testing

@testable import LocalStorage

extension TemporaryFolder {
  /// Writes a file whose content does not matter, and makes the folders above it.
  func write(to name: String) throws { try write("data", to: name) }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(path)/\(name)")
  }

  func setPermissions(_ mode: Int, of name: String) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
  }

  /// Sets a file's modification time, in nanoseconds since 1970-01-01 UTC.
  func setModified(_ time: Int64, of name: String) throws {
    let time = timespec(tv_sec: Int(time / 1_000_000_000), tv_nsec: Int(time % 1_000_000_000))
    try #require(utimensat(AT_FDCWD, "\(path)/\(name)", [time, time], 0) == 0)
  }

  func text(of name: String) -> String? {
    try? String(contentsOf: URL(filePath: "\(path)/\(name)"), encoding: .utf8)
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(path)/\(name)")
  }

  /// Everything below a folder, sorted; empty when the folder is missing.
  func names(below name: String) -> [String] {
    (FileManager.default.enumerator(atPath: "\(path)/\(name)")?.compactMap { $0 as? String } ?? [])
      .sorted()
  }
}

extension LocalStorage {
  /// Lists a table by the clock of the storage.
  func list(_ table: TableDefinition) async -> Snapshot {
    await HiveTables(over: self, clock: clock).snapshot(of: table)
  }
}

extension DataFile {
  /// 0 of a file that is not local.
  var inode: UInt64 { LocalStamp(self)?.inode ?? 0 }
  var changed: Int64 { LocalStamp(self)?.changed ?? 0 }
}
