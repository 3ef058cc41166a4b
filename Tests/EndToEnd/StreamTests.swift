import Foundation
import Testing

/// I11: a stream that cannot be written never crashes a run; output that could not be written is never a
/// success.
@Suite("Standard streams that cannot be used")
struct StreamTests {
  /// What is wrong with the streams, as redirections of a shell.
  enum Fault: String, CaseIterable {
    case fullOutput = ">/dev/full"
    case closedOutput = ">&-"
    case outputWithoutReader = ">&9"
    case fullErrors = "2>/dev/full"
    case closedErrors = "2>&-"
    case closedInput = "<&-"
    case everythingClosed = "<&- >&- 2>&-"

    var losesAnswer: Bool {
      rawValue.contains(">&-") && self != .closedErrors || self == .fullOutput
        || self == .outputWithoutReader
    }
  }

  @Test("no command crashes, and an answer that is lost is status 1", arguments: Fault.allCases)
  func everyCommand(_ fault: Fault) async throws {
    let bench = try await Workbench.used()
    // Both ends of a pipe are opened, and the reading one is closed.
    let pipe = "mkfifo pipe; exec 8<>pipe 9>pipe 8>&-; "
    for command in EveryCommand.everything {
      let finished = try await bench.restored(
        command, "\(fault == .outputWithoutReader ? pipe : "")\"$@\" \(fault.rawValue)")
      let answersNothing = command == ["console"]
      let needsInput =
        command.starts(with: ["predicate", "debug"]) && fault.rawValue.contains("<&-")
      let expected: Int32 = needsInput ? 2 : fault.losesAnswer || answersNothing ? 1 : 0
      #expect(finished.status == expected, "\(command) \(fault.rawValue): \(finished.stderr)")
      if fault.losesAnswer, fault != .everythingClosed, !answersNothing {
        #expect(
          finished.stderr.hasSuffix(Self.sentence(fault)), "\(command): \(finished.stderr)")
      }
      // Whatever was lost, the run was closed in order, and no file was taken for a stream.
      let states = try bench.runStates(of: "w")
      #expect(!states.isEmpty && !states.contains("running"), "\(command): \(states)")
    }
  }

  private static func sentence(_ fault: Fault) -> String {
    let reason =
      switch fault {
      case .fullOutput: "No space left on device"
      case .outputWithoutReader: "Broken pipe"
      default: "Bad file descriptor"
      }
    return
      "dovetail: The answer could not be written whole to standard output: \(reason). What was done "
      + "stays done; `dovetail history` shows the runs.\n"
  }

  @Test("a run whose reader goes away goes on to its end, with all its jobs")
  func readerGone() async throws {
    let jobs = (1...3).map {
      "  j\($0): { inputs: [a], sql: SELECT id FROM a, output: { location: out/j\($0) } }"
    }
    let bench = try Workbench(
      """
      tables: { a: { location: data/a, partitions: { k: int } } }
      jobs:
      \(jobs.joined(separator: "\n"))
      """)
    try await bench.land("a/k=1", Workbench.rows("x"))
    let finished = try await bench.shell(
      #"set -o pipefail; "$0" run -C "$1" 2>&1 | { read -r line; exec <&-; cat "$1/none" 2>/dev/null; }; "#
        + "exit ${PIPESTATUS[0]}")
    #expect([0, 1].contains(finished.status), Comment(rawValue: finished.stderr))
    #expect(
      try await bench.json("history").elements.map { $0["state"].text }
        == ["succeeded", "succeeded", "succeeded"])
    #expect(try await bench.pending() == [])
  }
}
