import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

@Suite("Outputs that readers find through the catalog do what every output does")
struct OutputConformanceTests {
  @Test(arguments: Conformance<StoredOutput>.output, [1, 1000])
  func conformance(_ conformance: Conformance<StoredOutput>, pageSize: Int) async throws {
    let lake = try PublishedLake(pageSize: pageSize)
    let stored = StoredOutput(
      lake.outputs(), lake.output,
      write: { try Data($0.utf8).write(to: URL(filePath: $1)) },
      read: { try? String(contentsOfFile: $0, encoding: .utf8) },
      published: { lake.published($0) },
      replace: { lake.replace($0, $1) },
      publishAndDie: { action, run, partition, count, lease in
        lake.objects.faults.fail(at: count, isLast: true)
        defer {
          lake.objects.faults.stop()
          // The lease of the dead expires.
          lake.wait(3600)
        }
        do {
          try await lease.publish(action, run: run, partition: partition)
          return false
        } catch {
          return true
        }
      })
    try await conformance.check(stored)
    withExtendedLifetime(lake.folder) {}
  }
}
