import Foundation

/// A process that has ended, with what it cost.
struct MeasuredProcess {
  /// From before the start until the end was seen.
  let elapsed: Duration
  /// Of all its threads, in the process and in the kernel for it.
  let processorTime: Duration
  /// The largest resident set, in bytes.
  let peakMemory: Int
  /// What it printed.
  let output: String

  /// Runs a program to its end.
  ///
  /// What it prints goes into the file `log`, its errors beside it.
  ///
  /// - Throws: `BenchError` when it cannot be started or ends with a status other than 0.
  static func run(_ program: String, _ arguments: [String], log: String) throws -> MeasuredProcess {
    #if os(Linux)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log, flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, log + ".err", flags, 0o600)
    var words = ([program] + arguments).map { strdup($0) }
    defer { words.forEach { free($0) } }
    words.append(nil)

    var process = pid_t()
    var status: Int32 = 0
    var usage = rusage()
    let began = ContinuousClock.now
    let code = posix_spawn(&process, program, &actions, nil, words, environ)
    guard code == 0 else {
      throw BenchError("\(program) cannot be started: \(String(cString: strerror(code))).")
    }
    while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
    let elapsed = ContinuousClock.now - began
    guard status == 0 else {
      let errors = (try? String(contentsOfFile: log + ".err", encoding: .utf8)) ?? ""
      let call = ([program] + arguments).joined(separator: " ")
      throw BenchError("\(call) failed (wait status \(status)):\n\(errors)")
    }
    return MeasuredProcess(
      elapsed: elapsed, processorTime: usage.ru_utime.duration + usage.ru_stime.duration,
      peakMemory: usage.peakMemory,
      output: try String(contentsOfFile: log, encoding: .utf8))
  }
}

extension timeval {
  fileprivate var duration: Duration { .seconds(Int(tv_sec)) + .microseconds(Int(tv_usec)) }
}

extension rusage {
  /// What this process has used so far.
  static var ofThisProcess: rusage {
    #if os(Linux)
      let process = Int32(RUSAGE_SELF.rawValue)
    #else
      let process = RUSAGE_SELF
    #endif
    var usage = rusage()
    getrusage(process, &usage)
    return usage
  }

  /// The largest resident set, in bytes.
  var peakMemory: Int {
    #if os(Linux)
      Int(ru_maxrss) * 1024
    #else
      Int(ru_maxrss)
    #endif
  }
}
