import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import LocalStorage

let someHolder = LockHolder(
  user: "ann", host: "north", process: 42, workspace: "/srv/flights",
  since: Date(timeIntervalSinceReferenceDate: 700_000_000.25))

/// The partition `month=1/day=DAY` of the fixture's output.
func day(_ day: Int, month: Int = 1) -> Partition {
  Partition(keys: OutputFixture.keys, values: [.integer(Int64(month)), .integer(Int64(day))])
}

/// The output `out/fw` in a temporary folder, and its store.
struct OutputFixture: Sendable {
  static let keys = [
    PartitionKey(name: "month", type: .int), PartitionKey(name: "day", type: .int),
  ]

  let folder: TemporaryFolder
  let output: OutputDefinition
  let exchanging: Bool
  let store: LocalOutputLease

  init(exchanging: Bool = true) throws {
    folder = try TemporaryFolder()
    output = OutputDefinition(location: "\(folder.path)/out/fw", keys: Self.keys)
    self.exchanging = exchanging
    store = try Self.open(output, exchanging: exchanging)
  }

  /// A store of the next process, after the first gave up its lock.
  func reopened() throws -> LocalOutputLease {
    store.release()
    return try Self.open(output, exchanging: exchanging)
  }

  private static func open(
    _ output: OutputDefinition, exchanging: Bool
  ) throws -> LocalOutputLease {
    let storage = LocalStorage(exchanges: exchanging ? nil : false)
    let store = try storage.lease(output)
    try #require(store.exchanges == exchanging, "the file system of the tests can exchange folders")
    return store
  }

  /// Stages a partition with one file of this text.
  func stage(_ text: String, _ partition: Partition, run: RunID) throws -> StoreToken {
    let staged = try store.makeStagingFolder(run: run, partition: partition)
    try Data(text.utf8).write(to: URL(filePath: "\(staged)/data.parquet"))
    return try store.seal(run: run, partition: partition)
  }

  /// Stages and publishes a partition, and returns its folder.
  @discardableResult
  func publish(_ text: String, _ partition: Partition, run: RunID) throws -> StoreToken {
    let staged = try stage(text, partition, run: run)
    let replaced = try store.token(published: partition)
    try store.publish(
      .publish(staged: staged, replaced: replaced), run: run, partition: partition)
    return staged
  }

  /// The text that readers find in a partition; nil when it is not published.
  func published(_ partition: Partition) -> String? {
    folder.text(of: "out/fw/\(partition.path)/data.parquet")
  }

  func kept(_ partition: Partition, run: RunID) -> String? {
    folder.text(of: "out/.fw.dovetail/kept/\(run)/\(partition.path)/data.parquet")
  }

  /// Publishes a partition twice, so that run 2 has kept "v1" and "v2" is published.
  func publishTwice(_ partition: Partition) throws {
    try publish("v1", partition, run: 1)
    try publish("v2", partition, run: 2)
  }

  func removePublished(_ partition: Partition, run: RunID) throws {
    let published = try #require(try store.token(published: partition))
    try store.publish(.remove(published: published), run: run, partition: partition)
  }
}

extension LocalStorage {
  /// Opens an output for `someHolder`.
  func lease(_ output: OutputDefinition) throws -> LocalOutputLease {
    try #require(try open(output, as: someHolder) as? LocalOutputLease)
  }
}
