import AWSAccess
import Foundation
import GlueCatalog
import GlueClient
import IncrementalJoin
import PartitionPredicate
import TestSupport

/// A client of a peer, and a database of it that no other test uses.
struct GlueBench {
  let client: GlueClient
  let peer: S3Peer
  let database: String

  /// Makes a database.
  init(_ kind: S3Peer.Kind = .glue) async throws {
    peer = try await S3Peer.shared(kind)
    client = try GlueClient(endpoint: peer.endpoint)
    database = "t_\(UUID().uuidString.exact.lowercased.replacing(every: "-", with: ""))"
    try await client.create(database: database)
  }

  /// A table of the database.
  func name(_ table: String = "flights") -> CatalogName {
    CatalogName(database: database, table: table)
  }

  /// Creates a table with the keys `year` and `city`.
  func makeTable(_ table: String = "flights") async throws -> CatalogTable {
    var storage = StorageDescriptor(
      columns: [CatalogColumn(name: "id", type: "bigint", comment: "counts")],
      location: "s3://lake/\(table)/", inputFormat: "in", outputFormat: "out", serde: "serde",
      serdeParameters: ["serialization.format": "1"], parameters: ["k": "v"])
    storage.others = ["SerdeInfo": .object(["Name": .text("mine")])]
    try await client.create(
      CatalogTable(
        name: name(table),
        keys: [
          CatalogColumn(name: "year", type: "int"), CatalogColumn(name: "city", type: "string"),
        ],
        storage: storage, parameters: ["classification": "parquet"],
        others: ["Description": .text("What flew"), "Retention": .integer(7)]))
    return try await client.table(name(table))
  }
}

extension GlueClient {
  /// A client with a key of the peers.
  convenience init(
    endpoint: String, keyID: String = S3Peer.keyID, secret: String = S3Peer.secret,
    onRetry: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    let environment = [
      "AWS_ACCESS_KEY_ID": keyID, "AWS_SECRET_ACCESS_KEY": secret, "HOME": "/nowhere",
    ]
    try self.init(
      settings: GlueSettings(endpoint: endpoint.exact), environment: AWSEnvironment(environment),
      retries: RetryPolicy(
        firstPause: .milliseconds(1), longestPause: .milliseconds(5), connectTime: .seconds(60)),
      onRetry: onRetry)
  }
}

extension CatalogPartition {
  /// A partition below the location of a table.
  init(_ values: [String], in table: CatalogTable, at location: String? = nil) {
    var storage = table.storage
    storage?.location =
      location ?? (table.storage?.location ?? "") + values.joined(separator: "/") + "/"
    self.init(values: values, storage: storage)
  }
}
