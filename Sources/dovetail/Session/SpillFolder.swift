import Foundation
import PartitionPredicate
import Synchronization

/// Folders for temporary data of a process: where an engine spills what does not fit into memory, and copies of
/// objects.
///
/// Each engine has a folder of its own, because DuckDB uses the same file names everywhere and removes all of them when
/// it ends.
enum SpillFolder {
  private static let prefix = "spill-"
  private static let own = Mutex<[String]>([])

  /// A new name in the workspace's state folder; whoever needs the folder creates it.
  static func path(in stateFolder: String) -> String {
    let process = ProcessInfo.processInfo.processIdentifier
    let path = "\(stateFolder)/\(prefix)\(process)-\(UUID().uuidString.exact.lowercased)"
    own.withLock { $0.append(path) }
    return path
  }

  /// Removes this process's folders when it ends.
  static func removeOwn() {
    for path in own.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
  }

  /// Removes what killed processes left behind.
  static func removeOrphans(in stateFolder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: stateFolder)) ?? []
    for name in names where name.exact.begins(with: prefix.exact) {
      let process = name.dropFirst(prefix.count).exact.parts(separatedBy: "-").first
        .flatMap { Int32($0.text) }
      guard let process, kill(process, 0) != 0, errno == ESRCH else { continue }
      try? FileManager.default.removeItem(atPath: "\(stateFolder)/\(name)")
    }
  }
}
