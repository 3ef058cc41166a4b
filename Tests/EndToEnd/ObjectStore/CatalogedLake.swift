import AWSAccess
import Foundation
import GlueCatalog
import GlueClient
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

/// A lake whose tables a catalog knows, in a database of moto's Glue that no other test has.
struct CatalogedLake {
  let lake: Lake
  let client: GlueClient
  let database: String

  init(_ tables: (_ database: String) -> String = Self.pair) async throws {
    let peer = try await S3Peer.shared(.glue)
    let database = "t_\(UUID().uuidString.prefix(8).lowercased())"
    lake = try await Lake { place in
      """
      glue: { endpoint: "\(peer.endpoint)" }
      tables:
      \(tables(database))
      jobs:
        j:
          inputs: [a, b]
          join: { type: inner, on: [id] }
          output: { location: "\(place)/out/j" }

      """
    }
    client = try GlueClient(
      settings: GlueSettings(endpoint: ExactText(peer.endpoint)),
      environment: AWSEnvironment(Lake.environment))
    self.database = database
    try await client.create(database: database)
  }

  static func pair(_ database: String) -> String {
    "  a: { glue: \(database).a }\n  b: { glue: \(database).b }"
  }

  func name(_ table: String) -> CatalogName {
    CatalogName(database: database, table: table)
  }

  func storage(_ location: String) -> StorageDescriptor {
    StorageDescriptor(
      location: location,
      inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
      serde: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")
  }

  func create(_ table: String, parameters: [String: String] = [:]) async throws {
    try await client.create(
      CatalogTable(
        name: name(table), keys: [CatalogColumn(name: "k", type: "int")],
        storage: storage("\(lake.place)/data/\(table)/"), parameters: parameters))
  }

  func add(_ table: String, _ key: String, at path: String) async throws {
    let refused = try await client.create(
      [CatalogPartition(values: [key], storage: storage("\(lake.place)/\(path)"))],
      of: name(table), at: nil)
    try #require(refused == [])
  }

  func move(_ table: String, _ key: String, to path: String) async throws {
    let refused = try await client.update(
      [CatalogPartition(values: [key], storage: storage("\(lake.place)/\(path)"))],
      of: name(table), at: nil)
    try #require(refused == [])
  }
}
