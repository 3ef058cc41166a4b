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

/// The rules of every store of outputs, of partitions in moto's Glue with their files in SeaweedFS.
@Suite("Outputs that readers find through a catalog over the network do what every output does")
struct OutputConformanceTests {
  @Test(arguments: Conformance<StoredOutput>.output, [false, true])
  func catalog(
    _ conformance: Conformance<StoredOutput>, isLastRequestCarriedOut: Bool
  ) async throws {
    let lake = try await NetworkLake.make()
    let writer = MortalWriter(
      through: [lake.toStore, lake.toCatalog], isLastCarriedOut: isLastRequestCarriedOut,
      writing: lake.output, lake.store)
    let stored = StoredOutput(
      lake.outputs, lake.output,
      write: { try Data($0.utf8).write(to: URL(filePath: $1)) },
      read: { try? String(contentsOfFile: $0, encoding: .utf8) },
      published: { try await lake.published($0) },
      replace: { try await lake.replace($0, $1) },
      publishAndDie: { action, run, partition, steps, lease in
        try await writer.dies(after: steps) {
          try await lease.publish(action, run: run, partition: partition)
        }
      })
    try await conformance.check(stored)
    withExtendedLifetime(lake.folder) {}
  }
}

/// An output whose writer reaches the store and the catalog through proxies.
private struct NetworkLake: Sendable {
  let bench: GlueBench
  let output: OutputDefinition
  let outputs: GlueOutputs
  let toStore: FaultProxy
  let toCatalog: FaultProxy
  /// Past the proxy.
  let store: S3Client
  let folder: TemporaryFolder
  let prefix: ExactText

  static func make() async throws -> NetworkLake {
    let bench = try await GlueBench()
    let peer = try await S3Peer.shared(.seaweedFS)
    let (toStore, toCatalog) = (try FaultProxy(for: peer), try FaultProxy(for: bench.peer))
    let folder = try TemporaryFolder()
    let prefix = ExactText("t-\(UUID().uuidString)")
    let output = OutputDefinition(
      location: Location(scheme: "s3", root: "lake/\(prefix)/out/fw"), keys: StoredOutput.keys,
      // What is removed goes at once, so that it is not read again by each publish.
      catalog: bench.name("fw"), grace: .zero)
    let outputs = GlueOutputs(
      try GlueClient(endpoint: toCatalog.endpoint), try client(toStore.endpoint),
      scratch: folder.path, renewedAfter: .seconds(3600))
    return NetworkLake(
      bench: bench, output: output, outputs: outputs, toStore: toStore, toCatalog: toCatalog,
      store: try client(peer.endpoint), folder: folder, prefix: prefix)
  }

  private static func client(_ endpoint: String) throws -> S3Client {
    try S3Client(
      settings: S3Settings(endpoint: endpoint.exact),
      environment: AWSEnvironment([
        "AWS_ACCESS_KEY_ID": S3Peer.keyID, "AWS_SECRET_ACCESS_KEY": S3Peer.secret,
        "HOME": "/nowhere",
      ]),
      retries: RetryPolicy(
        firstPause: .milliseconds(1), longestPause: .milliseconds(5), connectTime: .seconds(60)))
  }

  /// What a reader through the catalog finds in a partition; records an issue where it finds no file.
  func published(_ partition: Partition) async throws -> String? {
    let values = partition.values.map(\.text)
    let entries = try await entries(of: values)
    guard let location = entries.first?.storage?.location else { return nil }
    let place = ObjectPlace(try #require(Location(url: location.exact)))
    let texts = try await store.texts(place.bucket, prefix: place.key)
    #expect(texts != nil, "nothing lies at \(location)")
    return texts
  }

  private func entries(
    of values: [String]
  ) async throws(CatalogError) -> [CatalogPartition] {
    do throws(CatalogError) {
      return try await bench.client.partitions(of: bench.name("fw"), values: [values])
    } catch .noTable {
      return []
    }
  }

  /// Puts a partition elsewhere, as somebody else would, or removes it from the catalog.
  func replace(_ partition: Partition, _ text: String?) async throws {
    let (name, values) = (bench.name("fw"), partition.values.map(\.text))
    _ = try await bench.client.delete([values], of: name, at: nil)
    guard let text else { return }
    let place = ObjectPlace(
      bucket: "lake", key: "\(prefix)/by-hand/\(partition.path)/data.parquet")
    _ = try await store.write(Data(text.utf8), to: place, metadata: [:], if: .always)
    let location = "s3://lake/\(prefix)/by-hand/\(partition.path)"
    let refused = try await bench.client.create(
      [CatalogPartition(values: values, storage: StorageDescriptor(location: location))],
      of: name, at: nil)
    #expect(refused == [])
  }
}
