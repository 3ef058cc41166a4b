import Foundation
public import IncrementalJoin
public import PartitionPredicate

/// Outputs in an object store: each partition is one object, replaced by one conditional request.
///
/// Engines write into a folder of this machine. From there it is uploaded, and nothing of it can be seen before
/// it is published. Who opens a partition sees the old object or the new one; who reads it in pieces while it is replaced
/// has to compare the tags of the answers, as DuckDB does.
///
/// The hidden folder beside the output has the lease that one writer at a time holds, the marker that says whose the
/// output is, and the replaced objects. A store is tried before the first run: one that does not look at the
/// conditions of requests is refused. Where it looks at all but those of removals, a removal looks itself right before,
/// and an object that somebody who does not hold the lease writes at that moment is lost.
public struct ObjectOutputs: OutputStore {
  package let requests: OutputRequests
  private let scratch: String
  private let terms: LeaseTerms
  private let partSizes: PartSizes

  /// Gives access to outputs.
  ///
  /// - Parameters:
  ///   - client: Sends the requests.
  ///   - scratch: The folder in which engines write what is to be published.
  ///   - leaseDuration: How long a writer that ended without a word keeps others out.
  ///   - pause: After which time a lease is renewed; nil for a third of its duration.
  ///   - skew: How much longer others wait for a lease that has expired, since what its holder has asked for before
  ///     may be carried out so much later.
  public init(
    _ client: any ObjectClient, scratch: String, leaseDuration: Duration = .seconds(60),
    renewedAfter pause: Duration? = nil, takenOverAfter skew: Duration = .zero
  ) {
    self.init(
      client, scratch, leaseDuration, pause ?? leaseDuration / 3, skew, partSizes: PartSizes())
  }

  /// Uploads and copies what is larger in parts of these sizes.
  init(
    _ client: any ObjectClient, _ scratch: String, _ duration: Duration, _ pause: Duration,
    _ skew: Duration = .zero, partSizes: PartSizes
  ) {
    requests = OutputRequests(client)
    self.scratch = scratch
    terms = LeaseTerms(duration: duration, pause: pause, skew: skew)
    self.partSizes = partSizes
  }

  /// Takes the lease of an output, from a writer that did not give it up once it has expired or its process has ended.
  ///
  /// - Throws: `PublishError`: `.locked` when somebody else holds it, `.system` when the store refuses, or does not do
  ///   what publishing relies on.
  public func open(
    _ output: OutputDefinition, as holder: LockHolder
  ) async throws(PublishError) -> any OutputLease {
    let held = try await take(output, as: holder)
    let lease = ObjectLease(held, partSizes)
    if !held.wasReleased {
      do throws(PublishError) {
        try await lease.abortUploads()
      } catch {
        // Not given up: who comes next has to abort them.
        await held.lock.release(isSettled: false)
        throw error
      }
    }
    return lease
  }

  /// Takes the lease and nothing else.
  package func take(
    _ output: OutputDefinition, as holder: LockHolder
  ) async throws(PublishError) -> HeldOutput {
    let places = try ObjectLocations(output)
    let scratch = ScratchFolder(scratch, of: output.location)
    let (lock, wasReleased) = try await ObjectLock.take(places, as: holder, terms, requests) {
      () async throws(PublishError) in
      if let (_, clock) = try await WriteProbe.read(places, requests) { return clock }
      return try await WriteProbe(places, requests, scratch).run()
    }
    return HeldOutput(
      places: places, requests: requests, scratch: scratch, lock: lock,
      hidden: HiddenObjects(places, requests, lock), wasReleased: wasReleased)
  }
}

/// An output whose lease was taken, and what its holder works with.
package struct HeldOutput: Sendable {
  package let places: ObjectLocations
  package let requests: OutputRequests
  package let scratch: ScratchFolder
  package let lock: ObjectLock
  package let hidden: HiddenObjects
  /// Whether the holder before had given it up, so that nothing of it is under way.
  package let wasReleased: Bool
}

extension ObjectOutputs {
  /// Who holds the lease of an output at this moment; nil when nobody does, or the store does not say.
  public func holder(of output: OutputDefinition) async -> LockHolder? {
    guard let places = try? ObjectLocations(output),
      let seen = try? await ObjectLock.read(places, requests), !seen.isFree(terms)
    else { return nil }
    return seen.record.holder
  }

  /// Whose an output is by the marker in its hidden folder; nil without a marker.
  ///
  /// - Throws: `PublishError.system` when there is one that cannot be read, `.damagedMarker` when it says nothing.
  public func owner(of output: OutputDefinition) async throws(PublishError) -> OutputOwner? {
    let places = try ObjectLocations(output)
    let content: Data
    do throws(ObjectError) {
      (content, _) = try await requests.send { client throws(ObjectError) in
        try await client.read(places.owner)
      }
    } catch .absent {
      return nil
    } catch {
      throw error.cannot("read the marker", places.owner)
    }
    guard let owner = try? JSONDecoder().decode(OutputOwner.self, from: content) else {
      throw .damagedMarker(path: places.owner.description)
    }
    return owner
  }

  /// Whether there is a folder of this path on this machine, and it is another one than the second.
  public func isOtherFolder(_ path: String, than other: String) -> Bool {
    let paths = [path, other].map { URL(filePath: $0).resolvingSymlinksInPath().path.exact }
    return FileManager.default.fileExists(atPath: path) && paths[0] != paths[1]
  }

  /// The published files of a partition, by a listing of it.
  public func files(
    published partition: Partition, of output: OutputDefinition
  ) async throws(PublishError) -> [DataFile] {
    let places = try ObjectLocations(output)
    let folder = places.folder(of: partition)
    return try await requests.objects(in: places.bucket, prefix: folder).data(below: folder)
      .dataFiles(of: partition, places)
  }

  /// A publish is one write of one object: whatever else lies there would stay beside it.
  public func hindrance(toReplacing files: [DataFile], of output: OutputDefinition) -> String? {
    let isOurs =
      files.count == 1
      && files[0].path.parts(separatedBy: "/").last == ObjectLocations.fileName
    return isOurs
      ? nil
      : "holds other objects than \(ObjectLocations.fileName), which would stay beside the new one"
  }

  /// The object of a partition that a run replaced or removed and that is kept for undo; nil when it kept none.
  public func keptFiles(
    of output: OutputDefinition, run: RunID, partition: Partition
  ) async throws(PublishError) -> KeptFiles? {
    let places = try ObjectLocations(output)
    let kept = places.kept(run, partition)
    let found = try await requests.objects(in: places.bucket, prefix: kept.key)
      .first { $0.key == kept.key }
    guard let found else { return nil }
    let file = DataFile(
      path: ObjectLocations.file(of: partition), size: found.size, modified: found.modified,
      tag: found.tag)
    return KeptFiles(
      location: output.location.hiddenFolder.folder("kept/\(run)"), files: [file])
  }

  /// The local files that a run of this machine has staged and not published yet; empty on another one.
  public func stagedFiles(
    of output: OutputDefinition, run: RunID, partition: Partition
  ) throws(PublishError) -> [String] {
    try ScratchFolder(scratch, of: output.location).files(of: run, partition).map(\.path)
  }

  /// The replaced versions of an output that are kept for undo, by run, newest first.
  public func kept(of output: OutputDefinition) async throws(PublishError) -> [KeptRun] {
    let places = try ObjectLocations(output)
    let objects = try await requests.objects(in: places.bucket, prefix: "\(places.hidden)kept/")
    return KeptRun.runs(
      of: Dictionary(
        objects.map { (places.hiddenPath(of: $0.key), $0.size) }, uniquingKeysWith: { $1 }))
  }
}
