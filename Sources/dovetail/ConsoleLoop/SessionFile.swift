import Console
import Foundation
import IncrementalJoin
import PartitionPredicate
import Workspace

/// Where the console of one workspace keeps how it was left: below the user's state folder, never below the
/// workspace, so that a workspace which is only looked at keeps it too.
///
/// A session is a comfort: what cannot be read or written is no error.
struct SessionFile {
  private let file: URL

  /// Names the file of a workspace by its path; nil when the state folder lies below the workspace.
  init?(of workspace: Workspace, in state: String = UserFolder.state.path()) {
    let folder = URL(filePath: workspace.folder).resolvingSymlinksInPath().path
    let place = URL(filePath: state).resolvingSymlinksInPath()
    guard !"\(place.path)/".exact.begins(with: "\(folder)/".exact) else { return nil }
    file = place.appending(path: "sessions/\(SHA256.hash(folder).prefix(32)).json")
  }

  /// The session that was kept; nil when there is none that this Dovetail understands.
  func read() -> SavedSession? {
    let facts = try? FileManager.default.attributesOfItem(atPath: file.path)
    // Nothing but a file: reading a pipe would wait for its writer.
    guard facts?[.type] as? FileAttributeType == .typeRegular,
      let size = (facts?[.size] as? NSNumber)?.intValue, size <= SavedSession.sizeLimit
    else { return nil }
    return (try? Data(contentsOf: file)).flatMap { SavedSession($0) }
  }

  /// Keeps a session in the place of the last one, all of it or nothing.
  func write(_ session: SavedSession) {
    guard let data = session.data else { return }
    try? FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try? data.write(to: file, options: .atomic)
  }
}
