public import IncrementalJoin

/// Why a workspace cannot be loaded, found or created, why a predicate cannot be saved, or why tables
/// cannot be added.
public enum WorkspaceError: CategorizedError, Hashable, Sendable {
  /// What is wrong in `dovetail.yaml`, sorted by position: at most `Mistake.limit` mistakes, and how many more there
  /// are.
  case invalid([Mistake], more: Int)
  /// No `dovetail.yaml` in the folder, nor (when searched upward) in any folder above it.
  case notFound(folder: String, upwards: Bool)
  /// The folder from which to search for a workspace does not exist.
  case noFolder(String)
  case unreadable(path: String, reason: String)
  /// `create` found a file and left it alone.
  case exists(path: String)
  case unwritable(path: String, reason: String)
  /// No job was named, and the workspace has none or several.
  case jobNotNamed(jobs: [String])
  /// A saved predicate already has that name and must not be replaced.
  case predicateExists(name: String, path: String)
  /// A predicate cannot be saved under that name.
  case predicateName(String)
  /// Tables are not added to the file, which is as it was.
  case notAdded(AdditionObstacle)

  /// The workspace's files and what they name are the operator's; a file that somebody changed has to be looked at again.
  public var category: ErrorCategory { self == .notAdded(.changed) ? .refused : .usage }
}
