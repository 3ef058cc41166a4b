import TestSupport
import Workspace

extension TemporaryFolder {
  /// Writes the workspace's own file.
  func write(_ yaml: String) throws { try write(yaml, to: "dovetail.yaml") }

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

  /// What is wrong with a file, one line a mistake: the sentence and the hint.
  func mistakes(in yaml: String) throws -> [String] {
    let lines = try complaint(about: yaml).split(separator: "\n")
    return zip(
      lines.filter { $0.contains(": error: ") }, lines.filter { $0.hasPrefix("  hint: ") }
    ).map { sentence, hint in
      sentence.split(separator: ": error: ")[1] + " -> " + hint.dropFirst("  hint: ".count)
    }
  }
}
