import Foundation
import Synchronization

/// How a process ended and what it wrote.
struct Finished: Sendable {
  /// The exit status; 128 and the signal's number when a signal ended it, as shells say it.
  let status: Int32
  let stdout: String
  let stderr: String
}

/// A process that runs, with its output in files, so that nothing it writes can block it.
final class Command: Sendable {
  /// The built `dovetail`, beside the test bundle.
  static let dovetail: String = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0])
    return bundle.deletingLastPathComponent().appendingPathComponent("dovetail").path
  }()

  let processID: Int32
  private let output: String
  private let status: Task<Int32, Never>
  private let end = End()

  /// Whether the process has ended and been waited for, so that its number may be another one's.
  private final class End: Sendable {
    let isThere = Mutex(false)
  }

  /// Starts a program with the environment of the tests, changed by `environment`.
  ///
  /// Not by Foundation's `Process`: that crashes now and then when the tests start many, lets the child
  /// inherit blocked signals, and takes it for alive while a daemon that it left behind is.
  init(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    input: String? = nil, folder: String? = nil
  ) throws {
    output = "\(NSTemporaryDirectory())command-\(UUID())"
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: false)
    try (input ?? "").write(toFile: "\(output)/in", atomically: false, encoding: .utf8)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "\(output)/in", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "\(output)/out", O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "\(output)/err", O_WRONLY | O_CREAT, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let command = (folder.map { ["/usr/bin/env", "--chdir=\($0)"] } ?? []) + [program] + arguments
    let words = command.map { strdup($0) }
    let entries = variables.map { strdup("\($0)=\($1)") }
    defer { for text in words + entries { free(text) } }
    var started: pid_t = 0
    let code = posix_spawn(
      &started, command[0], &actions, &attributes, words + [nil], entries + [nil])
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
    processID = started
    let (ends, continuation) = AsyncStream.makeStream(of: Int32.self)
    Thread.detachNewThread { [started, end] in
      var status: Int32 = 0
      // Looked at before it is waited for: until then the number is its own.
      var information = siginfo_t()
      while waitid(P_PID, id_t(started), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
      end.isThere.withLock {
        while waitpid(started, &status, 0) < 0, errno == EINTR {}
        $0 = true
      }
      let signal = status & 0x7F
      continuation.yield(signal == 0 ? status >> 8 & 0xFF : 128 + signal)
      continuation.finish()
    }
    status = Task {
      for await code in ends { return code }
      return -1
    }
  }

  /// A test that fails leaves nothing running, which would slow down all others.
  deinit {
    end.isThere.withLock { if !$0 { _ = kill(processID, SIGKILL) } }
    try? FileManager.default.removeItem(atPath: output)
  }

  /// What it has written to standard error so far.
  var errorsSoFar: String { Self.read("\(output)/err") }

  /// Whether it has not ended yet.
  var isRunning: Bool { kill(processID, 0) == 0 }

  /// Sends it a signal.
  func send(_ signal: Int32) { kill(processID, signal) }

  /// Waits for its end; kills it when it does not come in time.
  func finish(timeout: Duration = .seconds(300)) async -> Finished {
    let watchdog = Task {
      try await Task.sleep(for: timeout)
      self.send(SIGKILL)
    }
    let status = await status.value
    watchdog.cancel()
    return Finished(
      status: status, stdout: Self.read("\(output)/out"), stderr: Self.read("\(output)/err"))
  }

  /// Runs a program to its end; at most a few at the same time, so that each of them stays fast.
  static func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    input: String? = nil, folder: String? = nil, timeout: Duration = .seconds(300)
  ) async throws -> Finished {
    try await ProcessSlots.shared.withSlot {
      try await Command(
        program, arguments, environment: environment, input: input, folder: folder
      ).finish(timeout: timeout)
    }
  }

  private static func read(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }
}

/// How many processes the tests run at the same time.
actor ProcessSlots {
  static let shared = ProcessSlots(count: 3)

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(count: Int) { free = count }

  func withSlot<Value: Sendable>(_ body: @Sendable () async throws -> Value) async rethrows
    -> Value
  {
    if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    defer { if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() } }
    return try await body()
  }
}
