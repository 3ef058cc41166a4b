import AWSAccess
import Foundation
import GlueCatalog
import GlueClient
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import S3Client
import TestSupport
import Testing

/// A lake whose outputs readers find through a catalog, a database of moto's Glue that no other test has.
struct GlueLake: Sendable {
  let lake: Lake
  let catalog: GlueClient
  let database: String
  /// Between the program and the catalog.
  let proxy: FaultProxy

  /// Makes the workspace.
  ///
  /// - Parameters:
  ///   - endpoint: Something in front of the object store; nil for the store itself.
  ///   - yaml: The `dovetail.yaml` without its stores, of the place below which everything is to lie and the database.
  /// - Throws: What starting the stores or making the folder throws.
  init(
    through endpoint: String? = nil, _ yaml: (String, String) -> String = Self.pair
  ) async throws {
    let peer = try await S3Peer.shared(.glue)
    let database = "t_\(UUID().uuidString.prefix(8).lowercased())"
    self.database = database
    proxy = try FaultProxy(for: peer)
    catalog = try GlueClient(
      settings: GlueSettings(endpoint: peer.endpoint.exact),
      environment: AWSEnvironment(Lake.environment))
    try await catalog.create(database: database)
    lake = try await Lake(through: endpoint) { yaml($0, database) }
  }

  /// The tables and the job of `Lake.pair`, with a name in the catalog.
  static func pair(_ place: String, _ database: String) -> String {
    Lake.pair(place).exact.replacing(every: "/out/j\" }", with: "/out/j\", glue: \(database).j }")
      .text
  }

  var environment: [String: String] {
    Lake.environment.merging([
      "AWS_ENDPOINT_URL_GLUE": proxy.endpoint,
      // moto has carried out a request once it is answered, or never does.
      "DOVETAIL_GLUE_DELAY_SECONDS": "0",
    ]) { $1 }
  }

  func name(_ table: String) -> CatalogName { CatalogName(database: database, table: table) }

  func dovetail(_ arguments: String...) async throws -> Finished {
    try await lake.dovetail(arguments, environment: environment)
  }

  /// Runs the pending work of the lake; records an issue when it does not succeed.
  @discardableResult
  func run(_ arguments: String...) async throws -> Finished {
    let finished = try await lake.dovetail(
      arguments.isEmpty ? ["run"] : arguments, environment: environment)
    #expect(finished.status == 0, Comment(rawValue: finished.stderr))
    return finished
  }

  /// Where the partitions of a table lie, by their values; empty while there is no table.
  func locations(of table: String) async throws -> [String: String] {
    var locations: [String: String] = [:]  // characters: the values are digits
    var next: String?
    repeat {
      let page: CatalogPage<CatalogPartition>
      do throws(CatalogError) {
        page = try await catalog.partitions(of: name(table), PartitionsRequest(), after: next)
      } catch .noTable {
        return [:]
      }
      for partition in page.entries {
        locations[partition.values.joined(separator: "/")] = partition.storage?.location
      }
      next = page.next
    } while next != nil
    return locations
  }

  /// Copies what a reader through the catalog finds into the workspace's folder: `out/j/k=1/…`.
  func download(_ table: String, keys: [String], to folder: String) async throws {
    for (values, location) in try await locations(of: table) {
      let names = zip(keys, values.exact.parts(separatedBy: "/")).map { "\($0)=\($1)".exact }
      let target = lake.bench.path("\(folder)/\(names.joined(separator: "/"))")
      let folder = try #require(Self.folder(location))
      let listing = ObjectListing(lake.client, bucket: folder.bucket, prefix: folder.key)
      let objects = try await listing.objects()
      #expect(!objects.isEmpty, "nothing lies at \(location)")
      try FileManager.default.createDirectory(
        atPath: target, withIntermediateDirectories: true)
      for object in objects {
        let name = object.key.parts(separatedBy: "/").last ?? ""
        try await lake.client.download(
          ObjectPlace(bucket: folder.bucket, key: object.key), tag: object.tag,
          to: "\(target)/\(name)")
      }
    }
  }

  /// What the keys at a location begin with.
  private static func folder(_ location: String) -> ObjectPlace? {
    guard let place = Location(url: location.exact) else { return nil }
    return ObjectPlace(folder: place.folder("x").parent)
  }
}
