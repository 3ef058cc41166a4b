import Foundation
import PartitionPredicate

/// Where an engine spills what does not fit into memory.
///
/// Each engine has a folder of its own: DuckDB names its files alike everywhere, and removes all of them
/// when it ends.
enum SpillFolder {
  private static let prefix = "spill-"

  /// A new name in the workspace's state folder; DuckDB makes the folder when it needs it.
  static func path(in stateFolder: String) -> String {
    let process = ProcessInfo.processInfo.processIdentifier
    return "\(stateFolder)/\(prefix)\(process)-\(UUID().uuidString.exact.lowercased)"
  }

  /// Removes what processes left behind that were killed.
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
