import Foundation

/// A program in a pseudo terminal of 140 columns and 45 rows, whose answers to keys are timed.
///
/// The answer to a key is over when nothing more has come for a while; its time is that of the last byte, not of
/// the waiting.
final class TerminalProcess {
  private let process: pid_t
  private let far: Int32
  /// What was read last.
  private var lastWords = ""
  /// How long nothing comes before an answer counts as whole, in milliseconds.
  private static let silence: Int32 = 60
  /// `POSIX_SPAWN_SETSID`, which Swift does not see on every platform.
  #if os(Linux)
    private static let newSession: Int16 = 0x80
  #else
    private static let newSession: Int16 = 0x400
  #endif

  /// Starts a program, with its terminal for errors, too.
  ///
  /// - Throws: `BenchError` when there is no terminal, or the program cannot be started.
  init(_ program: String, _ arguments: [String], folder: String) throws {
    var far: Int32 = -1
    var near: Int32 = -1
    var size = winsize(ws_row: 45, ws_col: 140, ws_xpixel: 0, ws_ypixel: 0)
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&far, &near, &name, nil, &size) == 0 else {
      throw BenchError("No pseudo terminal can be opened: \(String(cString: strerror(errno))).")
    }
    _ = fcntl(far, F_SETFD, FD_CLOEXEC)
    _ = fcntl(near, F_SETFD, FD_CLOEXEC)
    defer { close(near) }
    #if os(Linux)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // The first terminal that the leader of a new session opens is the session's own.
    posix_spawnattr_setflags(&attributes, Self.newSession)
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    let call = "cd '\(folder)' && exec \"$0\" \"$@\""
    var words = (["/bin/sh", "-c", call, program] + arguments).map { strdup($0) }
    let settings = ["TERM=xterm-256color", "LC_ALL=C.UTF-8", "LESSHISTFILE=-", "HOME=\(folder)"]
    var environment = (settings + ["PATH=/usr/local/bin:/usr/bin:/bin"]).map { strdup($0) }
    defer { (words + environment).forEach { free($0) } }
    words.append(nil)
    environment.append(nil)
    var process = pid_t()
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, words, environment)
    guard code == 0 else {
      close(far)
      throw BenchError("\(program) cannot be started: \(String(cString: strerror(code))).")
    }
    self.process = process
    self.far = far
  }

  deinit {
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    close(far)
  }

  /// Reads until nothing has come for a while.
  ///
  /// - Returns: how long it took from now to the first and to the last byte; nil when nothing came within a minute.
  /// - Throws: `BenchError` when the program has ended.
  private func answer(_ silence: Int32 = silence) throws -> (first: Duration, last: Duration)? {
    let began = ContinuousClock.now
    var times: (first: Duration, last: Duration)?
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      var wait = pollfd(fd: far, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, times == nil ? 60_000 : silence) > 0 else { return times }
      let count = read(far, &buffer, buffer.count)
      guard count > 0 else { throw BenchError("The program has ended: \(lastWords)") }
      lastWords = String(decoding: buffer[..<count], as: UTF8.self)
      let now = ContinuousClock.now - began
      times = (times?.first ?? now, now)
    }
  }

  /// Presses a key, and tells how long its whole answer took.
  ///
  /// - Throws: `BenchError` when nothing came within a minute.
  func press(_ key: String) throws -> Duration {
    let bytes = Array(key.utf8)
    _ = write(far, bytes, bytes.count)
    guard let answer = try answer() else {
      throw BenchError("There was no answer to the key \(key.debugDescription) within a minute.")
    }
    return answer.last
  }

  /// Waits for the first frame: how long it takes from now to its last byte.
  func firstFrame() throws -> Duration {
    guard let answer = try answer(20) else { throw BenchError("No frame came within a minute.") }
    return answer.last
  }

  /// Reads until the program has neither written nor worked for a second; at most ten minutes.
  func settle() throws {
    for _ in 0..<600 {
      let before = try ticks()
      var wait = pollfd(fd: far, events: Int16(POLLIN), revents: 0)
      if poll(&wait, 1, 1_000) > 0 {
        _ = try answer()
        continue
      }
      if try ticks() == before { return }
    }
    throw BenchError("The program did not come to rest within ten minutes.")
  }

  /// The processor time that is used while nothing happens for some seconds, as a share of one processor.
  func idleLoad(seconds: Int32) throws -> Double {
    let before = try ticks()
    poll(nil, 0, seconds * 1_000)
    return Double(try ticks() - before) / Double(sysconf(Int32(_SC_CLK_TCK))) / Double(seconds)
  }

  /// The processor time so far, in clock ticks.
  private func ticks() throws -> Int {
    let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    // After the name, which may hold anything: the state, and then numbers.
    let words = text.split(separator: ")").last?.split(separator: " ") ?? []
    guard words.count > 12, let user = Int(words[11]), let system = Int(words[12]) else {
      throw BenchError("/proc/\(process)/stat cannot be read.")
    }
    return user + system
  }

  /// The resident set now and its largest extent, in bytes.
  func memory() throws -> (now: Int, peak: Int) {
    let lines = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
      .split(separator: "\n")
    func size(_ name: String) -> Int {
      let line = lines.first { $0.hasPrefix("\(name):") }
      return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first).flatMap { Int($0) }
        ?? 0
    }
    return (size("VmRSS") * 1_024, size("VmHWM") * 1_024)
  }
}
