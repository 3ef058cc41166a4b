import Foundation
import IncrementalJoin
import PartitionPredicate
import Synchronization
import Testing
import TestSupport

@testable import LocalStorage

@Suite("Local storage, and storage in memory, do what every storage does")
struct ConformanceTests {
  @Test(arguments: Conformance<StoredFiles>.fileStore)
  func localFiles(_ conformance: Conformance<StoredFiles>) async throws {
    try await conformance.check(Self.localFiles(in: TemporaryFolder()))
  }

  @Test(arguments: Conformance<StoredFiles>.fileStore)
  func filesInMemory(_ conformance: Conformance<StoredFiles>) async throws {
    try await conformance.check(Self.filesInMemory())
  }

  @Test(arguments: Conformance<StoredTables>.tableReader + Conformance<StoredTables>.hiveReader)
  func localTables(_ conformance: Conformance<StoredTables>) async throws {
    let files = try Self.localFiles(in: TemporaryFolder())
    try await conformance.check(StoredTables(HiveTables(over: LocalStorage()), over: files))
  }

  @Test(arguments: Conformance<StoredTables>.tableReader + Conformance<StoredTables>.hiveReader)
  func tablesInMemory(_ conformance: Conformance<StoredTables>) async throws {
    let memory = MemoryStorage()
    try await conformance.check(
      StoredTables(HiveTables(over: memory), over: Self.files(in: memory)))
  }

  @Test(arguments: Conformance<StoredOutput>.output, [true, false])
  func localOutput(_ conformance: Conformance<StoredOutput>, exchanging: Bool) async throws {
    let folder = try TemporaryFolder()
    let output = OutputDefinition(
      location: "\(folder.path)/out/fw", keys: StoredOutput.keys)
    let aside = Mutex(0)
    let stored = StoredOutput(
      LocalStorage(exchanges: exchanging ? nil : false), output,
      write: { try Data($0.utf8).write(to: URL(filePath: $1)) },
      read: { try? String(contentsOf: URL(filePath: $0), encoding: .utf8) },
      replace: { partition, text in
        let path = output.location.file(partition.path)
        // Moved, not deleted: the next folder must not be given the same inode.
        let number = aside.withLock {
          $0 += 1; return $0
        }
        try? FileManager.default.moveItem(atPath: path, toPath: "\(folder.path)/aside-\(number)")
        guard let text else { return }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: "\(path)/data.parquet"))
      },
      publishAndDie: { action, run, partition, count, lease in
        let lease = try #require(lease as? LocalOutputLease)
        let steps = PublishStep.steps(
          for: action, of: lease.places.places(of: partition, run: run), in: lease.places,
          exchanging: lease.exchanges)
        for step in steps.prefix(count) { try lease.perform(step) }
        lease.release()
        return count <= steps.count
      })
    try await conformance.check(stored)
    withExtendedLifetime(folder) {}
  }

  @Test(arguments: Conformance<StoredOutput>.output)
  func outputInMemory(_ conformance: Conformance<StoredOutput>) async throws {
    let memory = MemoryStorage()
    let output = OutputDefinition(location: "/out/fw", keys: StoredOutput.keys)
    try await conformance.check(
      StoredOutput(
        memory, output, write: { memory.write($0, to: $1) }, read: { memory.text(of: $0) },
        replace: { memory.replace(output.location.folder($0.path), by: $1) },
        publishAndDie: { action, run, partition, count, lease in
          memory.kill(afterSteps: count)
          defer { memory.kill() }
          do {
            try await lease.publish(action, run: run, partition: partition)
            return false
          } catch {
            return true
          }
        }))
  }

  private static func localFiles(in folder: TemporaryFolder) throws -> StoredFiles {
    try folder.makeFolder("t")
    let writes = Mutex<Int64>(0)
    return StoredFiles(
      LocalStorage(), at: "\(folder.path)/t",
      write: { text, path in
        try folder.write(text, to: "t/\(path)")
        // Two writes may come within one tick of the clock.
        let number = writes.withLock {
          $0 += 1
          return $0
        }
        try folder.setModified(1_600_000_000_000_000_000 + number, of: "t/\(path)")
      }, remove: { try folder.remove("t/\($0)") })
  }

  private static func filesInMemory() -> StoredFiles { files(in: MemoryStorage()) }

  private static func files(in memory: MemoryStorage) -> StoredFiles {
    memory.change { $0.makeFolder("/t") }
    return StoredFiles(
      memory, at: "/t", write: { memory.write($0, to: "/t/\($1)") },
      remove: { path in memory.change { $0.remove(path, in: "/t") } })
  }
}
