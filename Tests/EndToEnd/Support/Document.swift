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
  /// Every YAML that it shows.
  let workspaces: [String]
  private let lines: [Substring]
  private let firstLine: Int

  /// The `dovetail.yaml` that it shows first.
  var workspace: String? { workspaces.first }

  init(_ path: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../\(path)").standardizedFileURL
    let text = try String(contentsOf: file, encoding: .utf8)
    self.init(
      path, lines: text.split(separator: "\n", omittingEmptySubsequences: false), firstLine: 1)
  }

  private init(_ path: String, lines: [Substring], firstLine: Int) {
    (self.path, self.lines, self.firstLine) = (path, lines, firstLine)
    examples = Self.examples(in: lines, firstLine: firstLine)
    workspaces = lines.joined(separator: "\n").matches(of: /```yaml\n((?:.|\n)*?)```/)
      .map { String($0.1) }
  }

  /// The part below a heading, such as `### First steps`, up to the next one that is not deeper.
  func section(_ heading: String) -> Document? {
    guard let start = lines.firstIndex(where: { $0 == heading }) else { return nil }
    let depth = heading.prefix { $0 == "#" }.count
    let rest = lines[(start + 1)...].prefix { line in
      let marks = line.prefix { $0 == "#" }.count
      return marks == 0 || marks > depth
    }
    return Document(path, lines: Array(rest), firstLine: firstLine + start + 1)
  }

  /// The commands of a document with their output, which ends at the next command or outdented line.
  ///
  /// Empty lines inside the output are left out.
  private static func examples(in lines: [Substring], firstLine: Int) -> [Example] {
    var examples: [Example] = []
    for (number, line) in lines.enumerated() where line.hasPrefix("    $ ") {
      let output = lines[(number + 1)...]
        .prefix { $0.isEmpty || $0.hasPrefix("    ") && !$0.hasPrefix("    $ ") }
        .filter { !$0.isEmpty }.map { String($0.dropFirst(4)) }
      examples.append(
        Example(line: firstLine + number, command: String(line.dropFirst(6)), output: output))
    }
    return examples
  }
}
