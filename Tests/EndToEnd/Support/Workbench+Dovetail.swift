import Foundation
import Testing

extension Workbench {
  /// Runs a subcommand on this workspace to its end.
  func dovetail(
    _ arguments: String..., environment: [String: String] = [:]
  ) async throws -> Finished {
    try await Command.run(
      Command.dovetail, arguments + ["-C", folder], environment: environment)
  }

  /// Runs a subcommand on this workspace to its end, with a text on its standard input.
  func dovetail(_ arguments: [String], input: String? = nil) async throws -> Finished {
    try await Command.run(Command.dovetail, arguments + ["-C", folder], input: input)
  }

  /// Runs a subcommand with `--json`, which must end with this status, and reads its answer.
  func json(
    _ arguments: String..., status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> JSONValue {
    let finished = try await Command.run(
      Command.dovetail, arguments + ["--json", "-C", folder])
    #expect(
      finished.status == status, Comment(rawValue: finished.stderr), sourceLocation: sourceLocation)
    return try JSONValue(finished.stdout)
  }

  /// Runs what is pending, which must end with this status; returns the JSON of the runs.
  @discardableResult
  func run(status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation) async throws
    -> JSONValue
  {
    try await json("run", status: status, sourceLocation: sourceLocation)
  }

  /// The pending partitions with their reasons: `k=1: a: 1 added`.
  func pending() async throws -> [String] {
    try await json("pending").elements.map { pending in
      let reasons = pending["reasons"].elements.compactMap(\.text).joined(separator: "; ")
      return "\(pending["partition"].text ?? "?"): \(reasons)"
    }
  }

  /// Runs a shell script with the path of `dovetail` as `$0` and the workspace as `$1`.
  func shell(_ script: String, _ arguments: String...) async throws -> Finished {
    try await Command.run("/bin/bash", ["-c", script, Command.dovetail, folder] + arguments)
  }

  /// Starts a subcommand and does not wait for its end.
  func start(_ arguments: String...) throws -> Command {
    try Command(Command.dovetail, arguments + ["-C", folder])
  }
}
