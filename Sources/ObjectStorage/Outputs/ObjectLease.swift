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
  let places: ObjectLocations
  let requests: OutputRequests
  let scratch: ScratchFolder
  let lock: ObjectLock
  let hidden: HiddenObjects
  let partSizes: PartSizes
  /// What is staged, by run and path of the partition.
  var staged: [RunID: [ExactText: StagedUpload]] = [:]
  /// Runs whose manifest does not say what they have staged.
  var changedRuns: Set<RunID> = []
  /// Uploads that a writer who takes the lease now may not know of.
  var unconfirmed: Set<ObjectUpload> = []
  /// What is published, by path of the partition; nil before it was listed.
  var published: [ExactText: PublishedObjects]?
  /// What is known of the store; nil before it was read.
  var probed: WriteProbe.Result?
  /// How many requests whose answers did not come may still be carried out.
  var doubts = 0

  init(_ held: HeldOutput, _ partSizes: PartSizes) {
    places = held.places
    requests = held.requests
    scratch = held.scratch
    lock = held.lock
    hidden = held.hidden
    self.partSizes = partSizes
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

  func claim(_ owner: OutputOwner) async throws(PublishError) { try await hidden.claim(owner) }

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
