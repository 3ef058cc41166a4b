public import IncrementalJoin

/// Why a workspace cannot be loaded, found or created, or a predicate be saved.
public enum WorkspaceError: CategorizedError, Hashable, Sendable {
  /// What is wrong in `dovetail.yaml`, sorted by position; at most `Mistake.limit`, and how many
  /// more there are.
  case invalid([Mistake], more: Int)
  /// No `dovetail.yaml` in the folder, nor (when searched upwards) in any folder above it.
  case notFound(folder: String, upwards: Bool)
  /// The folder from which a workspace was to be searched does not exist.
  case noFolder(String)
  case unreadable(path: String, reason: String)
  /// `create` found a file and left it alone.
  case exists(path: String)
  case unwritable(path: String, reason: String)
  /// No job was named, and the workspace has none or several.
  case jobNotNamed(jobs: [String])
  /// There is a saved predicate of that name, which was not to be replaced.
  case predicateExists(name: String, path: String)
  /// A predicate cannot be saved under such a name.
  case predicateName(String)

  /// The workspace's files and what is named in them are the operator's.
  public var category: ErrorCategory { .usage }
}
