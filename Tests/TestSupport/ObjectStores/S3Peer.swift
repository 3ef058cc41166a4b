import Foundation

/// An object store, or a catalog, that runs on this machine with the API of AWS: a process of its own that ends with the tests.
///
/// An object store has one bucket. Tests that share a store keep below a prefix of their own.
public final class S3Peer: Sendable {
  /// The stores that there are; `make s3-peers` fetches them.
  public enum Kind: String, Sendable {
    /// Verifies signatures and carries out conditions.
    case seaweedFS = "seaweedfs"
    /// Has STS and Glue too; verifies no signatures, and ignores some conditions.
    case moto
    /// Verifies signatures and ignores all conditions.
    case rclone
    /// Moto's Glue alone, with Glue's limits and pages; verifies signatures.
    case glue
    /// Has Glue too, and ignores the expressions and pages of GetPartitions; verifies no signatures.
    case ministack
  }

  /// Why a store cannot be started.
  public struct StartError: Error, CustomStringConvertible {
    /// What is missing, or what the store said.
    public let description: String
  }

  /// The one bucket.
  public static let bucket = "lake"
  /// The id of the key that the store knows.
  public static let keyID = "test"
  /// The secret of the key.
  public static let secret = "testsecret"

  /// Where it listens on 127.0.0.1.
  public let port: Int
  private let stop: FileHandle

  /// For `endpoint:`.
  public var endpoint: String { "http://127.0.0.1:\(port)" }

  /// The folder of what `make s3-peers` fetches.
  public static let programs: String =
    URL(filePath: #filePath).appending(path: "../../../../.deps/s3peers/bin").standardized.path

  private static let seaweedFS = Task { try await start(.seaweedFS) }
  private static let moto = Task { try await start(.moto) }
  private static let rclone = Task { try await start(.rclone) }
  private static let glue = Task { try await start(.glue) }
  private static let ministack = Task { try await start(.ministack) }

  /// The store that all tests of the process share.
  ///
  /// - Throws: `StartError`.
  public static func shared(_ kind: Kind) async throws -> S3Peer {
    switch kind {
    case .seaweedFS: try await seaweedFS.value
    case .moto: try await moto.value
    case .rclone: try await rclone.value
    case .glue: try await glue.value
    case .ministack: try await ministack.value
    }
  }

  /// Starts a store that takes objects when this returns, and ends with the value.
  ///
  /// - Throws: `StartError`.
  public static func start(_ kind: Kind) async throws -> S3Peer {
    try await withCheckedThrowingContinuation { continuation in
      // Reading its first line blocks.
      Thread.detachNewThread {
        continuation.resume(with: Result { try S3Peer(kind) })
      }
    }
  }

  private init(_ kind: Kind) throws {
    guard FileManager.default.isExecutableFile(atPath: "\(Self.programs)/python") else {
      throw StartError(description: "there is no \(Self.programs)/python: run `make s3-peers`")
    }
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "peer.py")
    let (input, output) = (Pipe(), Pipe())
    // Nothing else may hold the end whose closing ends the store.
    for handle in [input.fileHandleForWriting, output.fileHandleForReading] {
      _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
    }
    try Self.spawn(
      ["\(Self.programs)/python", script.path, kind.rawValue, Self.programs],
      input: input.fileHandleForReading, output: output.fileHandleForWriting)
    try input.fileHandleForReading.close()
    try output.fileHandleForWriting.close()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .newlines)) else {
      throw StartError(description: "\(kind.rawValue) did not start; it says why above")
    }
    self.port = port
    stop = input.fileHandleForWriting
  }

  deinit {
    try? stop.close()
  }

  /// Starts a program and leaves it to itself, in a group of its own, so that Ctrl-C does not reach it first.
  private static func spawn(_ words: [String], input: FileHandle, output: FileHandle) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.fileDescriptor, 0)
    posix_spawn_file_actions_adddup2(&actions, output.fileDescriptor, 1)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    let arguments = words.map { strdup($0) }
    defer { for text in arguments { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, words[0], &actions, &attributes, arguments + [nil], environ)
    guard code == 0 else {
      throw StartError(description: "\(words[0]): \(String(cString: strerror(code)))")
    }
  }
}
