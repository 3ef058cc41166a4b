import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@testable import S3Client

/// The rules of every store of outputs, of objects in SeaweedFS.
@Suite("Outputs in a store over the network do what every output does")
struct OutputConformanceTests {
  @Test(arguments: Conformance<StoredOutput>.output, [false, true])
  func objects(
    _ conformance: Conformance<StoredOutput>, isLastRequestCarriedOut: Bool
  ) async throws {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let (through, past) = (try Bench(proxy), try await Bench())
    let output = OutputDefinition(
      location: Location(scheme: "s3", root: "lake/\(past.prefix)out/fw"), keys: StoredOutput.keys)
    let place = { @Sendable (partition: Partition) in
      past.place("out/fw/\(partition.path)/data.parquet")
    }
    let writer = MortalWriter(
      through: [proxy], isLastCarriedOut: isLastRequestCarriedOut, writing: output, past.client)
    let stored = StoredOutput(
      ObjectOutputs(
        through.client, scratch: through.folder.path, renewedAfter: .seconds(3600)), output,
      write: { try Data($0.utf8).write(to: URL(filePath: $1)) },
      read: { try? String(contentsOfFile: $0, encoding: .utf8) },
      published: { try await past.client.texts("lake", prefix: place($0).key) },
      replace: { partition, text in
        let place = place(partition)
        guard let text else {
          return try await past.client.remove(place, tag: nil, validity: nil)
        }
        _ = try await past.client.write(
          Data(text.utf8), to: place, metadata: [:], if: .always)
      },
      publishAndDie: { action, run, partition, steps, lease in
        try await writer.dies(after: steps) {
          try await lease.publish(action, run: run, partition: partition)
        }
      })
    try await conformance.check(stored)
    withExtendedLifetime(through.folder) {}
  }
}
