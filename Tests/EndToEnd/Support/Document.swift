import Foundation

/// A document of the repository with its examples.
struct Document {
  /// A command with what the document says that it prints.
  struct Example {
    let line: Int
    let command: String
    let output: [String]

    /// Runs the command in a shell, in which `dovetail` is the one that was built.
    func run(in folder: String) async throws -> Finished {
      let binaries = (Command.dovetail as NSString).deletingLastPathComponent
      let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
      return try await Command.run(
        "/bin/bash", ["-c", command], environment: ["PATH": "\(binaries):\(path)"], folder: folder)
    }
  }

  /// Relative to the repository.
  let path: String
  let examples: [Example]
  /// The `dovetail.yaml` that it shows first.
  let workspace: String?

  init(_ path: String) throws {
    self.path = path
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../\(path)").standardizedFileURL
    let text = try String(contentsOf: file, encoding: .utf8)
    examples = Self.examples(in: text)
    workspace = text.firstMatch(of: /```yaml\n((?:.|\n)*?)```/).map { String($0.1) }
  }

  /// The commands of a document with their output, which ends at the next command or outdented line.
  ///
  /// Empty lines inside the output are left out.
  private static func examples(in document: String) -> [Example] {
    var examples: [Example] = []
    let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() where line.hasPrefix("    $ ") {
      let output = lines[(number + 1)...]
        .prefix { $0.isEmpty || $0.hasPrefix("    ") && !$0.hasPrefix("    $ ") }
        .filter { !$0.isEmpty }.map { String($0.dropFirst(4)) }
      examples.append(
        Example(line: number + 1, command: String(line.dropFirst(6)), output: output))
    }
    return examples
  }
}
