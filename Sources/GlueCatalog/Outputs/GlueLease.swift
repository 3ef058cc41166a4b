import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate

/// An output that readers find through the catalog, held by one writer.
actor GlueLease: OutputLease {
  let places: GlueLocations
  let catalog: OutputCatalog
  let requests: OutputRequests
  let client: any ObjectClient
  let scratch: ScratchFolder
  let lock: ObjectLock
  let hidden: HiddenObjects
  /// Names what this holder stages.
  let id: ExactText
  /// nil while there is none.
  var table: CatalogTable?
  /// What the catalog has, by path of the partition; nil before it was asked.
  var published: [ExactText: PublishedVersion]?
  /// Partitions of the catalog with values that no partition of the output is spelled by.
  var foreign: [CatalogPartition] = []
  /// What is staged, by run and path of the partition.
  var staged: [RunID: [ExactText: StagedVersion]] = [:]
  /// The runs of which a note says that this holder stages something.
  var begun: Set<RunID> = []
  /// The columns of what runs stage.
  var columns: [RunID: [Column]] = [:]
  /// What is known of replaced versions, by the path of the note; nil before they were read.
  var records: [ExactText: KeptRecord]?
  /// How many requests whose answers did not come may still be carried out.
  var doubts = 0
  /// The partitions that they are about, by path.
  var doubtful: Set<ExactText> = []

  init(
    _ places: GlueLocations, _ catalog: OutputCatalog, _ table: CatalogTable?, _ held: HeldOutput,
    _ client: any ObjectClient
  ) {
    self.places = places
    self.catalog = catalog
    self.table = table
    self.client = client
    requests = held.requests
    scratch = held.scratch
    lock = held.lock
    hidden = held.hidden
    id = UUID().uuidString.prefix(8).exact.lowercased
  }

  var output: OutputDefinition { places.objects.output }

  func release() async {
    for run in begun.sorted() where staged[run]?.isEmpty ?? true {
      try? await hidden.remove(places.note(of: StagedBatch(run: run, id: id)))
    }
    begun = []
    await lock.release(isSettled: doubts == 0)
  }

  func claim(_ owner: OutputOwner) async throws(PublishError) { try await hidden.claim(owner) }

  /// The versions that must not be removed: the catalog names them, an undo can bring them back, or they are staged.
  func versionsInUse() async throws(PublishError) -> Set<VersionPlace> {
    let published = try await known().values.map(\.place)
    let foreign = foreign.map { PublishedVersion($0.storage, $0.parameters).place }
    let kept = try await keptRecords().values.flatMap { $0.versions.values.map(\.place) }
    let staged = staged.values.flatMap { $0.values.map(\.place) }
    return Set(published + foreign + kept + staged)
  }

  /// Removes the objects of a version of this output.
  func remove(_ version: VersionPlace) async throws(PublishError) {
    guard places.isOwn(version), let folder = version.folder else { return }
    let objects = try await requests.objects(in: folder.bucket, prefix: folder.key)
    try await requests.remove(
      objects.map(\.key).filter { !$0.dropping(folder.key).contains(text: "/") },
      in: folder.bucket, while: lock)
  }
}
