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

  /// Starts a program with the environment of the tests, changed by `environment`.
  init(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    input: String? = nil, folder: String? = nil
  ) throws {
    output =
      FileManager.default.temporaryDirectory.appendingPathComponent("command-\(UUID())").path
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: false)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.standardInput = try Self.file("\(output)/in", text: input ?? "")
    process.standardOutput = try Self.file("\(output)/out")
    process.standardError = try Self.file("\(output)/err")
    let (ends, continuation) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { process in
      let code = process.terminationStatus
      continuation.yield(process.terminationReason == .uncaughtSignal ? 128 + code : code)
      continuation.finish()
    }
    try process.run()
    processID = process.processIdentifier
    status = Task {
      for await code in ends { return code }
      return -1
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: output) }

  /// What it has written to standard error so far.
  var errorsSoFar: String { Self.read("\(output)/err") }

  /// Sends it a signal.
  func send(_ signal: Int32) { kill(processID, signal) }

  /// Waits for its end; kills it when it does not come in time.
  func finish(timeout: Duration = .seconds(60)) async -> Finished {
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
    input: String? = nil, folder: String? = nil, timeout: Duration = .seconds(60)
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

  private static func file(_ path: String, text: String = "") throws -> FileHandle {
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return try FileHandle(forUpdating: URL(fileURLWithPath: path))
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
