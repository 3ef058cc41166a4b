import AWSAccess
import Foundation
import ObjectStorage
import PartitionPredicate
import S3Client
import TestSupport
import Testing

/// A workspace whose tables and outputs lie in a bucket of SeaweedFS, below a prefix that no other test has.
struct Lake: Sendable {
  /// The workspace's folder, and what makes and reads files.
  let bench: Workbench
  /// `s3://lake/t-1a2b3c4d`.
  let place: String
  /// Of the store, as `stores:` has it.
  let endpoint: String
  let client: S3Client
  private let prefix: String

  /// What the program and the client find in their environment.
  static let environment = [
    "AWS_ACCESS_KEY_ID": S3Peer.keyID, "AWS_SECRET_ACCESS_KEY": S3Peer.secret,
    "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/nowhere",
    "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
  ]

  /// Makes the workspace.
  ///
  /// - Parameters:
  ///   - endpoint: Something in front of the store; nil for the store itself.
  ///   - yaml: The `dovetail.yaml` without its stores, of the place below which everything is to lie.
  /// - Throws: What starting the store or making the folder throws.
  init(through endpoint: String? = nil, _ yaml: (String) -> String = Self.pair) async throws {
    let peer = try await S3Peer.shared(.seaweedFS)
    self.endpoint = endpoint ?? peer.endpoint
    prefix = "t-\(UUID().uuidString.prefix(8).lowercased())"
    place = "s3://\(S3Peer.bucket)/\(prefix)"
    bench = try Workbench()
    client = try S3Client(
      settings: S3Settings(endpoint: ExactText(peer.endpoint)),
      environment: AWSEnvironment(Self.environment))
    try bench.write("dovetail.yaml", Self.stores(at: self.endpoint) + yaml(place))
  }

  /// The `stores:` of a file.
  static func stores(at endpoint: String) -> String {
    "stores:\n  weed: { type: s3, endpoint: \"\(endpoint)\" }\n"
  }

  /// Two tables `a` and `b`, partitioned by `k`, and one job `j` that joins them.
  static func pair(_ place: String) -> String {
    """
    tables:
      a: { location: "\(place)/data/a", partitions: { k: int } }
      b: { location: "\(place)/data/b", partitions: { k: int } }
    jobs:
      j:
        inputs: [a, b]
        join: { type: inner, on: [id] }
        output: { location: "\(place)/out/j" }

    """
  }

  /// Runs a subcommand on this workspace, or another one of the same store, to its end.
  func dovetail(
    _ arguments: String..., in folder: String? = nil, environment: [String: String] = [:]
  ) async throws -> Finished {
    try await dovetail(arguments, in: folder, environment: environment)
  }

  /// Runs a subcommand whose words are a list.
  func dovetail(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]
  ) async throws -> Finished {
    try await Command.run(
      Command.dovetail, arguments + ["-C", folder ?? bench.folder],
      environment: Self.environment.merging(environment) { $1 })
  }

  /// Starts a subcommand and does not wait for its end.
  func start(_ arguments: [String], environment: [String: String] = [:]) throws -> Command {
    try Command(
      Command.dovetail, arguments + ["-C", bench.folder],
      environment: Self.environment.merging(environment) { $1 })
  }

  /// The pending partitions with their reasons: `k=1: a: 1 added`.
  func pending(in folder: String? = nil) async throws -> [String] {
    let found = try await dovetail("pending", "--json", in: folder)
    #expect(found.status == 0, Comment(rawValue: found.stderr))
    return try JSONValue(found.stdout).elements.map { pending in
      let reasons = pending["reasons"].elements.compactMap(\.text).joined(separator: "; ")
      return "\(pending["partition"].text ?? "?"): \(reasons)"
    }
  }

  /// The object of a path below the place.
  func object(_ path: String) -> ObjectPlace {
    ObjectPlace(bucket: ExactText(S3Peer.bucket), key: ExactText("\(prefix)/\(path)"))
  }

  /// Puts the rows of a SELECT into one object of a partition below `data`: `a/k=1`.
  func land(_ partition: String, _ select: String, file: String = "part.parquet") async throws {
    let path = bench.path("landing-\(UUID())")
    try await bench.sql("COPY (\(select)) TO '\(path)' (FORMAT parquet)")
    try await put(try Data(contentsOf: URL(filePath: path)), at: "data/\(partition)/\(file)")
    try bench.remove(path)
  }

  /// Puts an object.
  func put(_ content: Data, at path: String) async throws {
    _ = try await client.write(content, to: object(path), metadata: [:], if: .always)
  }

  /// The content of an object.
  func content(_ path: String) async throws -> Data { try await client.read(object(path)).content }

  /// Both tables with one small partition for each key.
  func landPair(_ keys: [String] = ["1", "2", "3"]) async throws {
    for key in keys {
      try await land("a/k=\(key)", Workbench.rows("x"))
      try await land("b/k=\(key)", Workbench.rows("y"))
    }
  }

  /// Removes the objects below a path.
  func remove(_ path: String) async throws {
    for key in try await keys(path) {
      try await client.remove(object("\(path)\(key)"), tag: nil, validity: nil)
    }
  }

  /// What lies below a path, relative to it, in order.
  func keys(_ path: String = "") async throws -> [String] {
    let place = object(path)
    let objects = try await ObjectListing(client, bucket: place.bucket, prefix: place.key).objects()
    return objects.map { String($0.key.text.dropFirst(place.key.text.count)) }
  }

  /// The tags of the objects below a path, by their keys relative to it.
  func tags(_ path: String) async throws -> [ExactText: ExactText] {
    let place = object(path)
    let objects = try await ObjectListing(client, bucket: place.bucket, prefix: place.key).objects()
    return Dictionary(objects.map { ($0.key, $0.tag) }) { $1 }
  }

  /// The uploads below a path that were neither completed nor aborted.
  func openUploads(_ path: String = "") async throws -> [String] {
    let place = object(path)
    return try await client.uploads(in: place.bucket, prefix: place.key).map(\.place.key.text)
  }

  /// Copies what lies below a path into the workspace's folder, under the same path.
  func download(_ path: String) async throws {
    for key in try await keys("\(path)/") {
      let place = object("\(path)/\(key)")
      let target = bench.path("\(path)/\(key)")
      try bench.makeFolder((target as NSString).deletingLastPathComponent)
      try await client.download(place, tag: try await client.head(place).tag, to: target)
    }
  }
}
