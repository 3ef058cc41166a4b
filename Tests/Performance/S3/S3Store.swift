import Foundation

/// SeaweedFS on this machine, with a proxy before it that counts requests; both end with the value.
final class S3Store {
  /// For `endpoint:`, without a proxy, with one, and with one that delays each request by `delay`.
  let endpoint, countedEndpoint, slowEndpoint: String
  /// In milliseconds.
  static let delay = 20
  private let processes: [Process]
  private let folder: String

  private static let tests = URL(filePath: #filePath).appending(path: "../../..").standardized
  private static let dependencies = tests.appending(path: "../.deps").standardized.path
  private static let script = tests.appending(path: "Performance/S3/s3.py").path
  /// What `make s3-bench-peers` fetches.
  private static let python = "\(dependencies)/s3bench/bin/python"
  static let awscli = "\(dependencies)/s3bench/bin/aws"

  /// Starts both, and lets everything that this process starts find the store and its key.
  ///
  /// - Parameter folder: For logs.
  /// - Throws: `BenchError` where one does not start.
  init(folder: String) throws {
    self.folder = folder
    let programs = "\(Self.dependencies)/s3peers/bin"
    let peer = Self.tests.appending(path: "TestSupport/ObjectStores/peer.py").path
    let (store, port) = try Self.start("\(programs)/python", [peer, "seaweedfs", programs])
    endpoint = "http://127.0.0.1:\(port)"
    for (name, value) in [
      "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "testsecret",
      "AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL": endpoint,
      "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/nowhere",
      "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
    ] {
      setenv(name, value, 1)
    }
    let (proxy, proxyPort) = try Self.start(Self.python, [Self.script, "count", "\(port)", "0"])
    countedEndpoint = "http://127.0.0.1:\(proxyPort)"
    let (slow, slowPort) = try Self.start(
      Self.python, [Self.script, "count", "\(port)", "\(Self.delay)"])
    slowEndpoint = "http://127.0.0.1:\(slowPort)"
    processes = [proxy, slow, store]
  }

  deinit {
    for process in processes {
      try? (process.standardInput as? Pipe)?.fileHandleForWriting.close()
      process.waitUntilExit()
    }
  }

  /// Does one of the works of `s3.py`, to its end.
  @discardableResult
  func script(_ arguments: String...) throws -> MeasuredProcess {
    try MeasuredProcess.run(
      Self.python, [Self.script] + arguments, log: "\(folder)/s3-\(arguments[0]).log")
  }

  /// What a proxy has passed on since the last time, by kind.
  ///
  /// - Parameter proxy: Its endpoint; nil for the one without a delay.
  /// - Returns: How many requests there were.
  /// - Throws: `BenchError`, or what reading the answer throws.
  func counts(at proxy: String? = nil) throws -> RequestCounts {
    let answer = try script("counts", proxy ?? countedEndpoint).output
    return RequestCounts(
      byKind: try JSONDecoder().decode([String: Int].self, from: Data(answer.utf8)))
  }

  /// Starts a program that says its port and runs until its input ends.
  private static func start(_ program: String, _ arguments: [String]) throws -> (Process, Int) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let output = Pipe()
    process.standardInput = Pipe()
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .newlines)) else {
      throw BenchError("\(arguments[0]) did not start; it says why above.")
    }
    return (process, port)
  }
}

/// How many requests of each kind there were.
struct RequestCounts {
  var byKind: [String: Int] = [:]  // characters: names of HTTP's methods, and fixed words

  var total: Int { byKind.values.reduce(0, +) }

  subscript(_ kind: String) -> Int { byKind[kind] ?? 0 }

  /// `5 LIST, 48 GET`.
  var text: String {
    byKind.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }
}
