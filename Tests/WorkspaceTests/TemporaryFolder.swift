import Foundation
import Workspace

/// A folder of its own for one test, removed with the value.
final class TemporaryFolder {
  let path: String

  init() throws {
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    path = "\(base)/dovetail-workspace-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String = "dovetail.yaml") throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(path)/\(name)", withIntermediateDirectories: true)
  }

  /// Loads the folder as a workspace that holds this file.
  func load(_ yaml: String) throws -> Workspace {
    try write(yaml)
    return try Workspace.load(from: path)
  }

  /// What loading says of a file, without the folder's path; empty when there is no mistake.
  func complaint(about yaml: String) throws -> String {
    do {
      _ = try load(yaml)
      return ""
    } catch let error as WorkspaceError {
      return error.description.replacing("\(path)/", with: "")
    }
  }
}
