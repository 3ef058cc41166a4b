import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import Testing
import TestSupport

@Suite("Outputs in an object store do what every output does")
struct OutputConformanceTests {
  @Test(arguments: Conformance<StoredOutput>.output, [1, 1000])
  func objects(_ conformance: Conformance<StoredOutput>, pageSize: Int) async throws {
    let objects = MemoryObjects(pageSize: pageSize)
    let scratch = try TemporaryFolder()
    let output = OutputDefinition(
      location: Location(scheme: "s3", root: "lake/out/fw"), keys: StoredOutput.keys)
    let stored = StoredOutput(
      ObjectOutputs(objects, scratch: scratch.path), output,
      write: { try Data($0.utf8).write(to: URL(filePath: $1)) },
      read: { objects.text(at: $0) ?? (try? String(contentsOfFile: $0, encoding: .utf8)) },
      replace: { partition, text in
        let place = ObjectPlace(bucket: "lake", key: "out/fw/\(partition.path)/data.parquet")
        objects.put(text.map { Data($0.utf8) }, at: place)
      },
      publishAndDie: { action, run, partition, count, lease in
        objects.faults.fail(at: count, isLast: true)
        defer {
          objects.faults.stop()
          // The lease of the dead expires.
          objects.now += 3600
        }
        do {
          try await lease.publish(action, run: run, partition: partition)
          return false
        } catch {
          return true
        }
      })
    try await conformance.check(stored)
    withExtendedLifetime(scratch) {}
  }
}

extension MemoryObjects {
  /// The content of `s3://bucket/key`; nil when there is none.
  func text(at location: String) -> String? {
    guard location.exact.begins(with: "s3://") else { return nil }
    let names = location.exact.parts(separatedBy: "/", maxSplits: 2)
    return content(of: ObjectPlace(bucket: names[1], key: names[2])).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
