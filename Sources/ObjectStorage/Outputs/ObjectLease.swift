import Foundation
import IncrementalJoin
import PartitionPredicate

/// An output in an object store, held by one writer.
///
/// What is staged is an upload at the place of the published object that was not completed yet: nobody sees it, and
/// publishing is one small request. Whoever takes the lease from a writer that did not give it up aborts all uploads
/// first, so that an overtaken writer can complete none; and no upload is completed that was begun after the lease was
/// last seen to be held. A removal, which has no upload, is only valid until the lease ends.
actor ObjectLease: OutputLease {
  let places: ObjectPlaces
  let requests: OutputRequests
  let scratch: ScratchFolder
  let lock: ObjectLock
  let partSize: Int64
  /// What is staged, by run and path of the partition.
  var staged: [RunID: [ExactText: StagedUpload]] = [:]
  /// Runs whose manifest does not say what they have staged.
  var changedRuns: Set<RunID> = []
  /// Uploads that a writer who takes the lease now may not know of.
  var unconfirmed: Set<ObjectUpload> = []
  /// What is published, by path of the partition; nil before it was listed.
  var published: [ExactText: PublishedObjects]?
  /// What lies in the hidden folder, by the path below it; nil before it was listed.
  private var hiddenObjects: [ExactText: HiddenObject]?
  /// What is known of the store; nil before it was read.
  var probed: WriteProbe.Result?
  /// How many requests whose answers did not come may still be carried out.
  var doubts = 0

  /// An object of the hidden folder.
  struct HiddenObject {
    let size: Int64
    /// nil where the store did not say it.
    let tag: ExactText?
  }

  init(
    _ places: ObjectPlaces, _ requests: OutputRequests, _ scratch: ScratchFolder,
    _ lock: ObjectLock,
    partSize: Int64
  ) {
    self.places = places
    self.requests = requests
    self.scratch = scratch
    self.lock = lock
    self.partSize = partSize
  }

  /// Aborts everything that an earlier holder could still publish, and what is left of a trial of the store.
  func abortUploads() async throws(PublishError) {
    for prefix in [places.prefix, places.hidden] {
      for upload in try await openUploads(below: prefix) { try await abort(upload) }
    }
  }

  func release() async {
    for run in changedRuns.sorted() { try? await writeManifest(of: run) }
    changedRuns = []
    await lock.release(isSettled: doubts == 0)
  }

  func claim(_ owner: OutputOwner) async throws(PublishError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let content = (try? encoder.encode(owner)) ?? Data()
    try await write(content, to: places.owner, "write the marker")
  }

  /// Uploads of this output that were begun and neither completed nor aborted.
  func openUploads() async throws(PublishError) -> [ObjectUpload] {
    try await openUploads(below: places.prefix)
  }

  private func openUploads(below prefix: ExactText) async throws(PublishError) -> [ObjectUpload] {
    try await requests.send(to: "list the uploads of", places.location) {
      [places] client throws(ObjectError) in
      try await client.uploads(in: places.bucket, prefix: prefix)
    }
  }

  func abort(_ upload: ObjectUpload) async throws(PublishError) {
    try await requests.send(to: "abort the upload of", upload.place) {
      client throws(ObjectError) in try await client.abort(upload)
    }
  }
}

extension ObjectLease {
  /// What lies in the hidden folder, by the path below it.
  func hidden() async throws(PublishError) -> [ExactText: HiddenObject] {
    if let hiddenObjects { return hiddenObjects }
    let objects = try await requests.objects(in: places.bucket, prefix: places.hidden)
    let listed = Dictionary(
      objects.map { object in
        (places.hiddenPath(of: object.key), HiddenObject(size: object.size, tag: object.tag))
      }, uniquingKeysWith: { $1 })
    // Another task may have listed and changed it meanwhile.
    let known = hiddenObjects ?? listed
    hiddenObjects = known
    return known
  }

  /// Notes what lies at a place of the hidden folder.
  func note(_ object: HiddenObject?, at place: ObjectPlace) {
    hiddenObjects?[places.hiddenPath(of: place.key)] = object
  }

  /// Writes an object of the hidden folder in the place of the one that is known.
  func write(
    _ content: Data, to place: ObjectPlace, _ operation: String
  ) async throws(PublishError) {
    let known = try await hidden()[places.hiddenPath(of: place.key)]
    // What is there was seen before: whoever has taken the lease since is told apart by the condition.
    try await lock.confirm()
    let condition = known.map { $0.tag.map(WriteCondition.tag) ?? .always } ?? .absent
    do throws(ObjectError) {
      let facts = try await requests.send { client throws(ObjectError) in
        try await client.write(content, to: place, metadata: [:], if: condition)
      }
      note(HiddenObject(size: facts.size, tag: facts.tag), at: place)
    } catch {
      try await lock.confirm()
      // Also one whose answer is lost may be there.
      let there = try await requests.send(to: operation, place) { client throws(ObjectError) in
        try await client.read(place)
      }
      note(HiddenObject(size: there.facts.size, tag: there.facts.tag), at: place)
      guard there.content == content else { throw error.cannot(operation, place) }
    }
  }

  /// Removes an object of the hidden folder, if it is there.
  func removeHidden(_ place: ObjectPlace) async throws(PublishError) {
    let validity = try await lock.validity()
    try await requests.send(to: "remove", place) { client throws(ObjectError) in
      try await client.remove(place, tag: nil, validity: validity)
    }
    note(nil, at: place)
  }
}
