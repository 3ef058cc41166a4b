import Foundation
import IncrementalJoin

extension Workspace {
  /// Finds the workspace that a folder belongs to: the nearest folder with a `dovetail.yaml`, going up from the given
  /// one, as git finds its repository.
  ///
  /// - Returns: The absolute path of the folder, for `load(from:)`.
  /// - Throws: `WorkspaceError.notFound` when neither the folder nor any above it has one, `.noFolder` when there is no
  ///   such folder, `.unreadable` when it cannot be determined.
  public static func find(from folder: String) throws(WorkspaceError) -> String {
    let start = DeclaredLocation.absolute(folder, in: DeclaredLocation.currentFolder)
    if try !exists(start) { throw .noFolder(start) }
    var candidate = start
    while true {
      // A file that cannot be read counts as found: its reader says why, and no other is taken instead.
      if try exists(DeclaredLocation.absolute(fileName, in: candidate)) { return candidate }
      guard candidate != "/" else { throw .notFound(folder: start, upwards: true) }
      candidate = Location(candidate).parent.description
    }
  }

  /// Whether anything has this name, including a dangling link.
  private static func exists(_ path: String) throws(WorkspaceError) -> Bool {
    var facts = stat()
    if lstat(path, &facts) == 0 { return true }
    let code = errno
    if code == ENOENT || code == ENOTDIR { return false }
    throw .unreadable(path: path, reason: String(cString: strerror(code)))
  }
}
