import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing
import TestSupport

@testable import ObjectStorage

/// An output in an object store in memory, and the machines that write it.
struct Lake {
  let objects: MemoryObjects
  let output = OutputDefinition(
    location: Location(scheme: "s3", root: "lake/out/fw"), keys: StoredOutput.keys)
  let folder: TemporaryFolder

  init(pageSize: Int = 1000) throws {
    objects = MemoryObjects(pageSize: pageSize)
    folder = try TemporaryFolder()
  }

  /// The outputs as one machine reaches them, with a lease so long that a busy machine does not renew it.
  func outputs(
    _ machine: String = "one", lasting duration: Duration = .seconds(1800),
    renewedAfter pause: Duration = .seconds(3600), partSizes: PartSizes = PartSizes()
  ) -> ObjectOutputs {
    ObjectOutputs(
      objects, "\(folder.path)/\(machine)", duration, pause, partSizes: partSizes)
  }

  func open(_ machine: String = "one") async throws -> any OutputLease {
    try await outputs(machine).open(output, as: Self.holder(machine))
  }

  /// Opens the output on another machine once the lease of a writer has expired that did not give it up.
  func overtake(_ machine: String = "two") async throws -> any OutputLease {
    objects.now += 3600
    return try await open(machine)
  }

  static func holder(_ machine: String) -> LockHolder {
    LockHolder(
      user: "ann", host: machine, process: 42, workspace: "/srv/flights",
      since: Date(timeIntervalSince1970: 1_700_000_000))
  }

  func day(_ day: Int) -> Partition {
    Partition(keys: StoredOutput.keys, values: [.integer(1), .integer(Int64(day))])
  }

  /// Where a partition is published.
  func place(_ day: Int) -> ObjectPlace {
    ObjectPlace(bucket: "lake", key: "out/fw/\(self.day(day).path)/data.parquet")
  }

  func hidden(_ path: ExactText) -> ObjectPlace {
    ObjectPlace(bucket: "lake", key: "out/.fw.dovetail/\(path)")
  }

  func text(_ place: ObjectPlace) -> String? {
    objects.content(of: place).map { String(decoding: $0, as: UTF8.self) }
  }

  /// What readers find, by key.
  var published: [ExactText: String] {
    var texts: [ExactText: String] = [:]
    for key in objects.keys(in: "lake", prefix: "out/fw/") {
      texts[key] = text(ObjectPlace(bucket: "lake", key: key))
    }
    return texts
  }

  func stage(
    _ text: String, _ day: Int, run: RunID, _ lease: any OutputLease
  ) async throws -> StoreToken {
    let folder = try await lease.makeStagingFolder(run: run, partition: self.day(day))
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/r\(run)-0.parquet"))
    return try await lease.seal(run: run, partition: self.day(day))
  }

  @discardableResult
  func publish(
    _ text: String, _ day: Int, run: RunID, _ lease: any OutputLease
  ) async throws -> StoreToken {
    let staged = try await stage(text, day, run: run, lease)
    let replaced = try await lease.token(published: self.day(day))
    try await lease.publish(
      .publish(staged: staged, replaced: replaced), run: run, partition: self.day(day))
    return staged
  }

  func remove(_ day: Int, run: RunID, _ lease: any OutputLease) async throws {
    let published = try #require(try await lease.token(published: self.day(day)))
    try await lease.publish(.remove(published: published), run: run, partition: self.day(day))
  }

  /// Expects a call to be refused since the writer was overtaken.
  func expectOvertaken(_ call: () async throws -> Void) async {
    let error = await #expect(throws: PublishError.self) { try await call() }
    #expect(
      error?.description
        == "Cannot write to s3://lake/out/fw: this run no longer holds its lock. The partition stays as it was and "
        + "stays pending; put the cause right, then run again.")
  }
}
