import Foundation
import GlueCatalog
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

/// An output in an object store and a catalog in memory, and the machines that write it.
struct PublishedLake {
  static let name = CatalogName(database: "market", table: "fw")

  let objects: MemoryObjects
  let catalog: MemoryCatalog
  let output: OutputDefinition
  let folder: TemporaryFolder

  init(
    pageSize: Int = 1000, keys: [PartitionKey] = StoredOutput.keys, database: String = "market",
    grace: Duration? = nil
  ) throws {
    objects = MemoryObjects(pageSize: pageSize)
    catalog = MemoryCatalog(
      databases: [database], pageSize: pageSize, faults: objects.faults, losses: objects.losses)
    output = OutputDefinition(
      location: Location(scheme: "s3", root: "lake/out/fw"), keys: keys, catalog: Self.name,
      grace: grace ?? OutputDefinition.usualGrace)
    folder = try TemporaryFolder()
  }

  /// The outputs as one machine reaches them.
  func outputs(
    _ machine: String = "one", takenOverAfter skew: Duration = .seconds(300)
  ) -> GlueOutputs {
    GlueOutputs(
      catalog, objects, scratch: "\(folder.path)/\(machine)", renewedAfter: .seconds(3600),
      takenOverAfter: skew)
  }

  func open(_ machine: String = "one") async throws -> any OutputLease {
    try await outputs(machine).open(output, as: Self.holder(machine))
  }

  /// Lets time go by, in the store and in the catalog.
  func wait(_ seconds: Double) {
    objects.now += seconds
    catalog.now += seconds
  }

  static func holder(_ machine: String) -> LockHolder {
    LockHolder(
      user: "ann", host: machine, process: 42, workspace: "/srv/flights",
      since: Date(timeIntervalSince1970: 1_700_000_000))
  }

  func day(_ day: Int) -> Partition {
    Partition(keys: StoredOutput.keys, values: [.integer(1), .integer(Int64(day))])
  }

  /// What a reader through the catalog finds in a partition: the texts of the files where it lies.
  func published(_ partition: Partition) -> String? {
    let values = partition.values.map(\.text)
    guard let location = catalog.locations(of: Self.name)[values.joined(separator: "/").exact]
    else { return nil }
    return texts(at: location)
  }

  /// What lies at a location, as a reader lists it; records an issue where there is nothing.
  func texts(at location: String) -> String? {
    // Empty names count: `a//b` is not `a/b`.
    let names = location.exact.parts(separatedBy: "/", omittingEmpty: false)
    let folder = names.dropFirst(3)
    let key = (folder.last?.text == "" ? folder.dropLast() : folder).joined(separator: "/")
    let keys = objects.keys(in: names[2], prefix: "\(key)/")
    #expect(!keys.isEmpty, "nothing lies at \(location)")
    let texts = keys.compactMap { objects.content(of: ObjectPlace(bucket: names[2], key: $0)) }
    return texts.map { String(decoding: $0, as: UTF8.self).exact }.joined(separator: "+").text
  }

  /// The keys of all versions, relative to where they lie.
  var versions: [String] {
    objects.keys(in: "lake", prefix: "out/versions-of-fw/").map { $0.text }
  }

  /// Puts a partition elsewhere, as somebody else would, or removes it from the catalog.
  func replace(_ partition: Partition, _ text: String?) {
    let values = partition.values.map(\.text)
    guard let text else { return catalog.put(nil, values, of: Self.name) }
    objects.put(
      Data(text.utf8),
      at: ObjectPlace(bucket: "lake", key: "by-hand/\(partition.path)/data.parquet"))
    catalog.put(
      CatalogPartition(
        values: values,
        storage: StorageDescriptor(location: "s3://lake/by-hand/\(partition.path)")),
      values, of: Self.name)
  }

  @discardableResult
  func stage(
    _ text: String, _ day: Int, run: RunID, _ lease: any OutputLease
  ) async throws -> StoreToken {
    try await stage([text], self.day(day), run: run, lease)
  }

  /// Stages a partition of one file for each text.
  @discardableResult
  func stage(
    _ texts: [String], _ partition: Partition, run: RunID, _ lease: any OutputLease
  ) async throws -> StoreToken {
    let folder = try await lease.makeStagingFolder(run: run, partition: partition)
    for (index, text) in texts.enumerated() {
      try Data(text.utf8).write(to: URL(filePath: "\(folder)/r\(run)-\(index).parquet"))
    }
    return try await lease.seal(run: run, partition: partition)
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
}
