import Foundation
import IncrementalJoin

/// The command `on_run_finished`: a line of `/bin/sh` in the workspace's folder.
struct Hook {
  let command: String
  let folder: String

  /// Gives the run's JSON to the hook's standard input and waits for its end.
  ///
  /// - Parameters:
  ///   - summary: The run.
  ///   - output: Where what the hook prints goes.
  /// - Returns: What went wrong, which changes nothing about the run; nil when it ended with status 0.
  func run(_ summary: RunSummary, output: FileHandle) -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = URL(filePath: folder)
    let input = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    do {
      let json = try Report.data(RunShape(summary))
      try process.run()
      // A hook that does not read must not end this process with it.
      let before = signal(SIGPIPE, SIG_IGN)
      try? input.fileHandleForWriting.write(contentsOf: json)
      try? input.fileHandleForWriting.close()
      signal(SIGPIPE, before)
      process.waitUntilExit()
      guard process.terminationStatus != 0 else { return nil }
      return "the hook on_run_finished ended with status \(process.terminationStatus): \(command)"
    } catch {
      return "the hook on_run_finished cannot be started: \(error)"
    }
  }
}
