import Foundation
import IncrementalJoin
import PartitionPredicate

extension ObjectLease {
  func token(published partition: Partition) async throws(PublishError) -> StoreToken? {
    try await known(partition).token(at: places.published(partition))
  }

  func files(published partition: Partition) async throws(PublishError) -> [DataFile] {
    switch try await known(partition) {
    case .listed(let objects): return objects.dataFiles(of: partition, places)
    case .written(nil, _): return []
    case .written: return try await look(at: partition).objects.dataFiles(of: partition, places)
    }
  }

  func publish(
    _ action: PublishAction, run: RunID, partition: Partition
  ) async throws(PublishError) {
    try await lock.check()
    let place = places.published(partition)
    let known = try await known(partition)
    guard known.token(at: place) == action.replaced else {
      throw .outputChanged(path: place.description)
    }
    switch action {
    case .publish(let token, let replaced):
      guard let upload = try await staged(run, partition), upload.token == token else {
        throw .outputChanged(path: scratch.folder(of: run, partition))
      }
      let tag = known.tag(at: place)
      if replaced != nil { try await keep(known, run, partition) }
      try await complete(upload, of: run, partition, if: tag.map(WriteCondition.tag) ?? .absent)
    case .remove:
      let tag = try await keep(known, run, partition)
      try await remove(tag, partition)
    }
  }

  /// What was published is durable when the store has answered.
  func flush(_ partitions: [Partition]) {}

  func recover(
    _ action: PublishAction, run: RunID, partition: Partition
  ) async throws(PublishError) -> PublishState {
    try await lock.check()
    let now = try await look(at: partition).token
    let kept = places.kept(run, partition)
    let isKept = try await hidden.entries()[places.hiddenPath(of: kept.key)] != nil
    switch action {
    case .publish(let staged, _) where now == staged:
      try await settle(run, partition)
      return .done
    case .remove where now == nil && isKept: return .done
    case _ where now == action.replaced:
      if isKept { try await hidden.remove(kept) }
      return .notDone
    default: return .unknown
    }
  }
}

extension ObjectLease {
  /// What is published of a partition, from one listing of all of them.
  private func known(_ partition: Partition) async throws(PublishError) -> PublishedObjects {
    if let published { return published[partition.path] ?? .listed([]) }
    var listed: [ExactText: [ObjectSummary]] = [:]
    for object in try await requests.objects(in: places.bucket, prefix: places.prefix)
      .data(below: places.prefix)
    {
      guard let path = places.partition(of: object.key) else { continue }
      listed[path, default: []].append(object)
    }
    // Another task may have listed and published meanwhile.
    let known = published ?? listed.mapValues { .listed($0) }
    published = known
    return known[partition.path] ?? .listed([])
  }

  /// Looks what is published of a partition now.
  private func look(
    at partition: Partition
  ) async throws(PublishError) -> (objects: [ObjectSummary], token: StoreToken?) {
    let folder = places.folder(of: partition)
    let objects = try await requests.objects(in: places.bucket, prefix: folder).data(below: folder)
    published?[partition.path] = .listed(objects)
    return (objects, PublishedObjects.listed(objects).token(at: places.published(partition)))
  }

  /// Copies the published object to where a run keeps what it replaces, within the store.
  ///
  /// - Returns: The object's tag.
  @discardableResult
  private func keep(
    _ known: PublishedObjects, _ run: RunID, _ partition: Partition
  ) async throws(PublishError) -> ExactText {
    let place = places.published(partition)
    guard let tag = known.tag(at: place) else {
      throw .system(
        operation: "replace", path: places.location.file(partition.path),
        reason:
          "it holds other objects than \(ObjectLocations.fileName), which would stay beside the new one (move them to another "
          + "prefix, or give the output a table with `glue:`, where a partition may be several objects)"
      )
    }
    let kept = places.kept(run, partition)
    _ = try await hidden.entries()
    // Also one whose answer is lost may be there.
    await hidden.note(size: known.size, at: kept)
    do throws(ObjectError) {
      let size = known.size
      try await requests.send { [partSizes] client throws(ObjectError) in
        try await client.copy(
          place, tag: tag, size: size, to: kept, partSize: partSizes.copied)
      }
    } catch {
      try await lock.confirm()
      guard error == .unmet || error == .absent else { throw error.cannot("keep", place) }
      throw .outputChanged(path: place.description)
    }
    return tag
  }

  /// Makes a staged upload what readers see.
  private func complete(
    _ staged: StagedUpload, of run: RunID, _ partition: Partition, if condition: WriteCondition
  ) async throws(PublishError) {
    let upload = upload(staged)
    try await confirm(upload)
    do throws(ObjectError) {
      _ = try await requests.send { client throws(ObjectError) in
        try await client.complete(upload, parts: staged.uploadedParts, if: condition)
      }
    } catch {
      try await settle(error, upload, staged.token, run, partition)
    }
    published?[partition.path] = .written(staged.tag, size: staged.size)
    try await settle(run, partition)
  }

  /// Finds out what became of a completion that failed, or was not answered.
  ///
  /// - Throws: Unless it was carried out.
  private func settle(
    _ error: ObjectError, _ upload: ObjectUpload, _ staged: StoreToken, _ run: RunID,
    _ partition: Partition
  ) async throws(PublishError) {
    if error != .unmet {
      // Else it might still be carried out after the look.
      doubts += 1
      try await abort(upload)
      doubts -= 1
      drop(run, partition)
    }
    if try await look(at: partition).token == staged { return }
    try await lock.confirm()
    guard error == .unmet || error == .noUpload else {
      throw error.cannot("publish", upload.place)
    }
    throw .outputChanged(path: upload.place.description)
  }

  /// Removes the published object; requests that come after the lease's end are not carried out.
  private func remove(_ tag: ExactText, _ partition: Partition) async throws(PublishError) {
    let place = places.published(partition)
    let isConditional = try await removesConditionally()
    for _ in 1...3 {
      if !isConditional, try await look(at: partition).token != StoreToken(tag) {
        throw .outputChanged(path: place.description)
      }
      let validity = try await lock.validity()
      do throws(ObjectError) {
        try await requests.send { client throws(ObjectError) in
          try await client.remove(place, tag: isConditional ? tag : nil, validity: validity)
        }
        published?[partition.path] = .written(nil, size: 0)
        return
      } catch {
        // Nothing is there any more, and what was there is kept.
        if error.isInDoubt, try await look(at: partition).token == nil { return }
        try await lock.confirm()
        switch error {
        case .lost: doubts += 1
        case .unmet: throw .outputChanged(path: place.description)
        default: throw error.cannot("remove", place)
        }
      }
    }
    throw ObjectError.lost(reason: "three times").cannot("remove", place)
  }

  /// Whether the store spares an object in a removal that is not the one that is meant.
  private func removesConditionally() async throws(PublishError) -> Bool {
    if let probed { return probed.removesConditionally }
    probed = try await WriteProbe.read(places, requests)?.result
    return probed?.removesConditionally ?? false
  }

  /// Sees to it that whoever takes the lease from now on finds an upload and aborts it.
  private func confirm(_ upload: ObjectUpload) async throws(PublishError) {
    guard unconfirmed.contains(upload) else { return }
    let begun = unconfirmed
    try await lock.confirm()
    unconfirmed.subtract(begun)
  }

  /// Forgets what was staged of a partition and is published.
  private func settle(_ run: RunID, _ partition: Partition) async throws(PublishError) {
    drop(run, partition)
    try scratch.remove(run, partition)
  }
}
