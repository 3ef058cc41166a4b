import Foundation
public import IncrementalJoin
public import PartitionPredicate
import Testing

/// An output whose partitions are of month and day, and what a test does to it besides.
public struct StoredOutput: Sendable {
  /// Partitioned by the integers month and day, and empty.
  public static let keys = [
    PartitionKey(name: "month", type: .int), PartitionKey(name: "day", type: .int),
  ]
  static let holder = LockHolder(
    user: "ann", host: "north", process: 42, workspace: "/srv/flights",
    since: Date(timeIntervalSinceReferenceDate: 700_000_000.25))

  let store: any OutputStore
  let output: OutputDefinition
  let write: @Sendable (_ text: String, _ path: String) throws -> Void
  let read: @Sendable (_ path: String) -> String?
  let findPublished: @Sendable (_ partition: Partition) async throws -> String?
  let replace: @Sendable (_ partition: Partition, _ text: String?) async throws -> Void
  let publishAndDie:
    @Sendable (
      _ action: PublishAction, _ run: RunID, _ partition: Partition, _ steps: Int,
      _ lease: any OutputLease
    ) async throws -> Bool

  /// Names a store and an output of it.
  ///
  /// - Parameters:
  ///   - store: Opens the output.
  ///   - output: Of `keys`.
  ///   - write: Writes a text file by its full path.
  ///   - read: Reads one; nil when there is none.
  ///   - published: What readers find in a partition; nil looks for `data.parquet` in its folder.
  ///   - replace: Puts a file `data.parquet` in the place of a published partition, as somebody else would, or
  ///     nothing.
  ///   - publishAndDie: Does so many steps of a publish as a process that is then killed, which ends its lease;
  ///     returns false when there are no more steps than that.
  public init(
    _ store: any OutputStore, _ output: OutputDefinition,
    write: @escaping @Sendable (_ text: String, _ path: String) throws -> Void,
    read: @escaping @Sendable (_ path: String) -> String?,
    published: (@Sendable (_ partition: Partition) async throws -> String?)? = nil,
    replace: @escaping @Sendable (_ partition: Partition, _ text: String?) async throws -> Void,
    publishAndDie:
      @escaping @Sendable (
        _ action: PublishAction, _ run: RunID, _ partition: Partition, _ steps: Int,
        _ lease: any OutputLease
      ) async throws -> Bool
  ) {
    self.store = store
    self.output = output
    self.write = write
    self.read = read
    findPublished = published ?? { read(output.location.file("\($0.path)/data.parquet")) }
    self.replace = replace
    self.publishAndDie = publishAndDie
  }

  func open() async throws -> any OutputLease {
    try await store.open(output, as: Self.holder)
  }

  func day(_ day: Int) -> Partition {
    Partition(keys: Self.keys, values: [.integer(1), .integer(Int64(day))])
  }

  /// What readers find in a partition.
  func published(_ day: Int) async throws -> String? {
    try await findPublished(self.day(day))
  }

  /// Stages a partition with one file of this text.
  func stage(_ text: String, _ day: Int, run: RunID, _ lease: any OutputLease) async throws
    -> StoreToken
  {
    let folder = try await lease.makeStagingFolder(run: run, partition: self.day(day))
    try write(text, "\(folder)/data.parquet")
    return try await lease.seal(run: run, partition: self.day(day))
  }

  @discardableResult
  func publish(_ text: String, _ day: Int, run: RunID, _ lease: any OutputLease) async throws
    -> StoreToken
  {
    let staged = try await stage(text, day, run: run, lease)
    let replaced = try await lease.token(published: self.day(day))
    try await lease.publish(
      .publish(staged: staged, replaced: replaced), run: run, partition: self.day(day))
    try await lease.flush([self.day(day)])
    return staged
  }

  func remove(_ day: Int, run: RunID, _ lease: any OutputLease) async throws {
    let published = try #require(try await lease.token(published: self.day(day)))
    try await lease.publish(.remove(published: published), run: run, partition: self.day(day))
    try await lease.flush([self.day(day)])
  }
}
