import AWSAccess
import Foundation
import ObjectStorage
import PartitionPredicate
import TestSupport

@testable import S3Client

/// A client, and a prefix of a shared store that no other test uses.
struct Bench {
  let client: S3Client
  let prefix: ExactText = "\(UUID().uuidString)/"
  let folder: TemporaryFolder

  /// Opens a place in a store, behind a proxy if there is one.
  init(_ kind: S3Peer.Kind = .seaweedFS) async throws {
    try self.init(endpoint: try await S3Peer.shared(kind).endpoint)
  }

  /// Opens a place behind a proxy.
  init(
    _ proxy: FaultProxy, retries: RetryPolicy = .fast,
    onRetry: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    try self.init(endpoint: proxy.endpoint, retries: retries, onRetry: onRetry)
  }

  /// Opens a place at an endpoint.
  init(
    endpoint: String, retries: RetryPolicy = .fast,
    onRetry: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    client = try S3Client(endpoint: endpoint, retries: retries, onRetry: onRetry)
    folder = try TemporaryFolder()
  }

  /// An object below the prefix.
  func place(_ key: ExactText) -> ObjectPlace {
    ObjectPlace(bucket: S3Peer.bucket.exact, key: "\(prefix)\(key)")
  }

  /// The content of an object; nil where there is none.
  func content(_ key: ExactText) async throws(ObjectError) -> String? {
    do throws(ObjectError) {
      return String(decoding: try await client.read(place(key)).content, as: UTF8.self)
    } catch .absent {
      return nil
    }
  }

  /// Writes text.
  @discardableResult
  func write(
    _ text: String, to key: ExactText, metadata: ObjectMetadata = [:],
    if condition: WriteCondition = .always
  ) async throws(ObjectError) -> ObjectFacts {
    try await client.write(Data(text.utf8), to: place(key), metadata: metadata, if: condition)
  }

  /// Writes a local file of some bytes, in which each block of 4 KiB is another one, and returns its path with them.
  func file(bytes count: Int) throws -> (path: String, content: Data) {
    var content = Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    let block = content
    while content.count < count {
      content += Data("\(content.count)".utf8)
      content += block
    }
    content = content.prefix(count)
    let path = "\(folder.path)/\(UUID().uuidString)"
    try content.write(to: URL(filePath: path))
    return (path, content)
  }

  /// An upload of one part, which is not completed.
  func staged(
    _ text: String, at key: ExactText
  ) async throws -> (upload: ObjectUpload, parts: [UploadedPart]) {
    let path = "\(folder.path)/\(UUID().uuidString)"
    try Data(text.utf8).write(to: URL(filePath: path))
    let upload = try await client.beginUpload(to: place(key), metadata: [:])
    let part = try await client.upload(
      part: 1, of: upload, from: path, range: 0..<Int64(text.utf8.count))
    return (upload, [part])
  }
}

extension S3Client {
  /// A client with the key of the peers.
  convenience init(
    endpoint: String, keyID: String = S3Peer.keyID, secret: String = S3Peer.secret,
    settings: S3Settings = S3Settings(), retries: RetryPolicy = .fast,
    onRetry: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(ObjectError) {
    var settings = settings
    settings.endpoint = endpoint.exact
    let environment = [
      "AWS_ACCESS_KEY_ID": keyID, "AWS_SECRET_ACCESS_KEY": secret, "HOME": "/nowhere",
    ]
    try self.init(
      settings: settings, environment: AWSEnvironment(environment), retries: retries,
      onRetry: onRetry)
  }
}

extension RetryPolicy {
  /// For tests: as often as ever, with pauses of milliseconds.
  ///
  /// A busy machine may take long to connect.
  static let fast = RetryPolicy(
    firstPause: .milliseconds(1), longestPause: .milliseconds(5), connectTime: .seconds(60))
}

/// What a request throws; nil if it throws nothing.
func error<Value>(of body: () async throws(ObjectError) -> Value) async -> ObjectError? {
  do throws(ObjectError) {
    _ = try await body()
    return nil
  } catch {
    return error
  }
}
