import Foundation

extension Workspace {
  /// Finds the workspace that a folder belongs to: the nearest folder with a `dovetail.yaml`,
  /// upwards from the given one, as git finds its repository.
  ///
  /// - Returns: The absolute path of the folder, for `load(from:)`.
  /// - Throws: `WorkspaceError.notFound` when neither the folder nor any above it has one.
  public static func find(from folder: String) throws(WorkspaceError) -> String {
    let start = Location.absolute(folder, in: Location.currentFolder)
    var candidate = start
    while true {
      let path = Location.absolute(fileName, in: candidate)
      if FileManager.default.fileExists(atPath: path) { return candidate }
      guard candidate != "/" else { throw .notFound(folder: start, upwards: true) }
      candidate = Location.parent(of: candidate)
    }
  }
}
