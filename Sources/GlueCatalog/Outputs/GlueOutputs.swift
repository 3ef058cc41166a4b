import Foundation
public import IncrementalJoin
public import ObjectStorage
public import PartitionPredicate

/// Outputs whose partitions readers find through the AWS Glue Data Catalog: a partition is published by its location there.
///
/// Each version of a partition lies under a prefix of its own that never changes, outside of the table's location. So a
/// reader through the catalog sees the old files or the new ones, an undo names the old ones again, and nothing is
/// copied. The lease, the marker and what is known of replaced versions lie in the hidden folder, as of every output
/// in an object store.
///
/// Glue has no condition on partitions. What keeps an overtaken writer out is time: the lease is looked at before each batch, the
/// batch is signed with that instant, and whoever takes over waits for the lease's end and the 5 minutes after which Glue
/// refuses a signature.
public struct GlueOutputs: OutputStore {
  private let catalog: any CatalogClient
  private let objects: ObjectOutputs
  private let client: any ObjectClient

  /// Gives access to outputs.
  ///
  /// - Parameters:
  ///   - catalog: Sends the requests to Glue.
  ///   - client: Sends those to the store.
  ///   - scratch: The folder in which engines write what is to be published.
  ///   - leaseDuration: How long a writer that ended without a word keeps others out.
  ///   - pause: After which time a lease is renewed; nil for a third of its duration.
  ///   - skew: How long after its date Glue takes a request: so long a writer that was killed keeps others out even on its
  ///     own machine, once its lease is over. With 0 nobody waits for a process that has ended.
  public init(
    _ catalog: any CatalogClient, _ client: any ObjectClient, scratch: String,
    leaseDuration: Duration = .seconds(60), renewedAfter pause: Duration? = nil,
    takenOverAfter skew: Duration = .seconds(300)
  ) {
    self.catalog = catalog
    self.client = client
    objects = ObjectOutputs(
      client, scratch: scratch, leaseDuration: leaseDuration, renewedAfter: pause,
      takenOverAfter: skew)
  }

  /// Takes the lease of an output, and looks whether its table can be published through.
  ///
  /// - Throws: `PublishError`: `.locked` when somebody else holds it; `.system` when the store or the catalog refuses, or the
  ///   table is of another kind, has other keys or lies elsewhere.
  public func open(
    _ output: OutputDefinition, as holder: LockHolder
  ) async throws(PublishError) -> any OutputLease {
    let (places, table) = try look(at: output)
    let held = try await objects.take(output, as: holder)
    do throws(PublishError) {
      let description = try await table.table()
      if let reason = description?.obstacle(to: output, places) {
        throw .system(operation: "publish through", path: "\(table.name)", reason: reason)
      }
      return GlueLease(places, table, description, held, client)
    } catch {
      // What the holder before had asked for was carried out or refused before the lease could be taken.
      await held.lock.release(isSettled: true)
      throw error
    }
  }

  private func look(
    at output: OutputDefinition
  ) throws(PublishError) -> (GlueLocations, OutputCatalog) {
    guard let name = output.catalog else {
      throw .system(
        operation: "publish to", path: output.location.description,
        reason: "the output has no name in the catalog")
    }
    return (GlueLocations(try ObjectLocations(output), name), OutputCatalog(catalog, name))
  }
}

extension GlueOutputs {
  /// Who holds the lease of an output at this moment; nil when nobody does, or the store does not say.
  public func holder(of output: OutputDefinition) async -> LockHolder? {
    await objects.holder(of: output)
  }

  /// Whose an output is by the marker in its hidden folder; nil without a marker.
  ///
  /// - Throws: `PublishError.system` when there is one that cannot be read, `.damagedMarker` when it says nothing.
  public func owner(of output: OutputDefinition) async throws(PublishError) -> OutputOwner? {
    try await objects.owner(of: output)
  }

  /// Whether there is a folder of this path on this machine, and it is another one than the second.
  public func isOtherFolder(_ path: String, than other: String) -> Bool {
    objects.isOtherFolder(path, than: other)
  }

  /// Whether the catalog has a partition of the table, or a table without keys lies elsewhere than where nothing is.
  public func isNamed(_ output: OutputDefinition) async -> Bool {
    do throws(PublishError) {
      let (_, table) = try look(at: output)
      guard output.keys.isEmpty else { return try await !table.partitions(any: true).isEmpty }
      let location = try await table.table()?.storage?.location
      return location.map { VersionPlace(catalog: $0) != VersionPlace(output.location) } ?? false
    } catch {
      return true
    }
  }

  /// The files where the catalog says that a partition lies.
  public func files(
    published partition: Partition, of output: OutputDefinition
  ) async throws(PublishError) -> [DataFile] {
    let (places, table) = try look(at: output)
    let location: String? =
      if output.keys.isEmpty {
        try await table.table()?.storage?.location
      } else {
        try await table.partitions([partition.catalogValues]).first?.storage?.location
      }
    guard let location, VersionPlace(catalog: location) != VersionPlace(output.location) else {
      return []
    }
    return try await objects.requests.files(of: VersionPlace(catalog: location), places)
  }

  /// The local files that a run of this machine has staged and not published yet; empty on another one.
  public func stagedFiles(
    of output: OutputDefinition, run: RunID, partition: Partition
  ) async throws(PublishError) -> [String] {
    try objects.stagedFiles(of: output, run: run, partition: partition)
  }

  /// The replaced versions of an output that are kept for undo, by run, newest first.
  public func kept(of output: OutputDefinition) async throws(PublishError) -> [KeptRun] {
    try await records(of: output, below: "kept/").keptRuns
  }

  /// The files of a partition that a run replaced or removed and that are kept for undo; nil when it kept none.
  public func keptFiles(
    of output: OutputDefinition, run: RunID, partition: Partition
  ) async throws(PublishError) -> KeptFiles? {
    let (places, _) = try look(at: output)
    let record = try await records(of: output, below: "kept/\(run)/").first {
      $0.run == run && !$0.isExpired && $0.versions[partition.path] != nil
    }
    guard let version = record?.versions[partition.path] else { return nil }
    let files = try await objects.requests.files(of: version.place, places)
    return files.isEmpty ? nil : KeptFiles(location: output.location, files: files)
  }

  /// What is known of replaced versions, by the notes in the hidden folder.
  private func records(
    of output: OutputDefinition, below path: ExactText
  ) async throws(PublishError) -> [KeptRecord] {
    let places = try ObjectLocations(output)
    let notes = try await objects.requests.objects(
      in: places.bucket, prefix: places.hidden(path).key)
    var records: [KeptRecord] = []
    for note in notes {
      let place = ObjectPlace(bucket: places.bucket, key: note.key)
      // A holder may remove it meanwhile.
      if let record = try await KeptRecord.read(place, objects.requests) { records.append(record) }
    }
    return records
  }
}

extension OutputRequests {
  /// The data files of a version, with paths relative to the table's location where they lie below it.
  func files(
    of version: VersionPlace, _ places: GlueLocations
  ) async throws(PublishError) -> [DataFile] {
    guard let folder = version.folder else { return [] }
    return try await objects(in: folder.bucket, prefix: folder.key).data(below: folder.key)
      .compactMap { object in
        // By any name, as readers of the catalog take them.
        guard !object.key.dropping(folder.key).contains(text: "/") else { return nil }
        let place = Location(scheme: "s3", root: "\(folder.bucket)/\(object.key)")
        return DataFile(
          path: places.objects.location.path(toFile: place), size: object.size,
          modified: object.modified, tag: object.tag)
      }
  }
}
