import CPOSIX
import Foundation

/// The command `on_run_finished`: a line for `/bin/sh`, run in the workspace's folder.
struct Hook {
  let command: String
  /// The workspace's folder.
  let folder: String

  /// Gives the JSON of how the work on a job ended to the hook's standard input, and waits for the hook to end, but not
  /// for what it leaves in the background.
  ///
  /// An interruption is passed on to it.
  ///
  /// - Parameters:
  ///   - run: How the work ended.
  ///   - isQuiet: Whether to drop what the hook prints instead of sending it to standard error.
  /// - Returns: What went wrong, which changes nothing about the run; nil when it ended with status 0.
  func run(_ run: RunJSON, isQuiet: Bool = false) -> String? {
    var process: Int32 = 0
    do {
      process = try start(run, isQuiet: isQuiet)
    } catch {
      return "the hook on_run_finished cannot be started: \(error)"
    }
    let before = Interruption.shared.react { [process] in system_signal_session(process, $0) }
    defer { Interruption.shared.react(before) }
    var status: Int32 = 0
    var signal: Int32 = 0
    let code = system_await(process, &status, &signal)
    if code != 0 { return "the end of the hook on_run_finished cannot be seen: \(reason(code))" }
    if signal != 0 {
      return "the hook on_run_finished was ended by signal \(signal): \(command)"
    }
    return status == 0 ? nil : "the hook on_run_finished ended with status \(status): \(command)"
  }

  private func start(_ run: RunJSON, isQuiet: Bool) throws -> Int32 {
    let json = try Report.data(run)
    var input: Int32 = -1
    // A file instead of a pipe, so that a hook that does not read it blocks nothing.
    try check(json.withUnsafeBytes { system_memory_file($0.baseAddress, $0.count, &input) })
    defer { system_close(input) }
    var output = STDERR_FILENO
    if isQuiet || !StandardStream.error.isOpen {
      output = open("/dev/null", O_WRONLY | O_CLOEXEC)
      guard output >= 0 else { throw HookError(description: reason(errno)) }
    }
    defer { if output != STDERR_FILENO { system_close(output) } }
    var variables = ProcessInfo.processInfo.environment
    variables["DOVETAIL_JOB"] = run.job
    variables["DOVETAIL_STATE"] = run.state
    variables["DOVETAIL_WORKSPACE"] = folder
    variables["DOVETAIL_RUN"] = run.run.map { "\($0)" }
    var process: Int32 = 0
    try check(
      ["/bin/sh", "-c", command].withCStrings { arguments in
        variables.map { "\($0)=\($1)" }.withCStrings { variables in
          system_start(arguments, variables, folder, input, output, &process)
        }
      })
    return process
  }

  private func check(_ code: Int32) throws {
    if code != 0 { throw HookError(description: reason(code)) }
  }

  private func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

private struct HookError: Error, CustomStringConvertible {
  let description: String
}
