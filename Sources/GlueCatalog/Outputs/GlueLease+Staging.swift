import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate

extension GlueLease {
  func freeSpace() throws(PublishError) -> Int64? { try scratch.freeSpace() }

  func describe(run: RunID, columns: [Column]) async throws(PublishError) {
    self.columns[run] = columns
  }

  func makeStagingFolder(run: RunID, partition: Partition) async throws(PublishError) -> String {
    try await lock.check()
    if let before = staged[run]?.removeValue(forKey: partition.path),
      try await !versionsInUse().contains(before.place)
    {
      try await remove(before.place)
    }
    try await begin(run)
    return try scratch.makeFolder(of: run, partition)
  }

  func seal(run: RunID, partition: Partition) async throws(PublishError) -> StoreToken {
    try await lock.check()
    let files = try scratch.files(of: run, partition)
    guard !files.isEmpty else {
      throw .system(
        operation: "publish from", path: scratch.folder(of: run, partition),
        reason: "there are no files in it")
    }
    try await begin(run)
    let place = places.version(of: partition, in: StagedBatch(run: run, id: id))
    var uploaded: [DataFile] = []
    for file in files { uploaded.append(try await upload(file, to: place)) }
    let version = StagedVersion(place: place, files: uploaded)
    staged[run, default: [:]][partition.path] = version
    return place.token
  }

  func token(staged run: RunID, partition: Partition) async throws(PublishError) -> StoreToken? {
    try await version(staged: run, partition)?.place.token
  }

  func files(staged run: RunID, partition: Partition) async throws(PublishError) -> [DataFile] {
    if let version = try await version(staged: run, partition) { return version.files }
    let place = places.version(of: partition, in: StagedBatch(run: run, id: id))
    return try scratch.files(of: run, partition).map { file in
      DataFile(
        path: path(of: file, in: place), size: file.size,
        modified: Int64(file.modified.timeIntervalSince1970 * 1e9))
    }
  }

  func removeStaged(except runs: Set<RunID>) async throws(PublishError) {
    try await lock.check()
    for batch in try await batches() where !runs.contains(batch.run) && batch.id != id {
      try await removeUnused(of: batch)
      try await hidden.remove(places.note(of: batch))
    }
    let left = staged.filter { !runs.contains($0.key) && !$0.value.isEmpty }.keys.sorted()
    if !left.isEmpty {
      // What was published without an answer is known to the catalog alone; what may still be published stays for whoever
      // holds the output next.
      (published, foreign) = (nil, [])
    }
    for run in doubts == 0 ? left : [] {
      let versions = staged.removeValue(forKey: run) ?? [:]
      let used = try await versionsInUse()
      for version in versions.values where !used.contains(version.place) {
        try await remove(version.place)
      }
    }
    // What is left of a trial of the store that did not come to its end.
    for path in try await hidden.entries().keys where path.begins(with: "probe/") {
      try await hidden.remove(places.objects.hidden(path))
    }
    for run in scratch.runs() where !runs.contains(run) { try scratch.remove(run) }
    try await removeExpired()
  }

  /// What a run has staged of a partition and is not published: also what an earlier holder has left.
  func version(
    staged run: RunID, _ partition: Partition
  ) async throws(PublishError) -> StagedVersion? {
    if let version = staged[run]?[partition.path] { return version }
    for batch in try await batches() where batch.run == run && batch.id != id {
      let place = places.version(of: partition, in: batch)
      guard try await known()[partition.path]?.place != place else { continue }
      let files = try await requests.files(of: place, places)
      guard !files.isEmpty else { continue }
      let version = StagedVersion(place: place, files: files)
      staged[run, default: [:]][partition.path] = version
      return version
    }
    return nil
  }

  /// Forgets what was staged of a partition and is published.
  func settle(_ run: RunID, _ partition: Partition) throws(PublishError) {
    staged[run]?[partition.path] = nil
    try scratch.remove(run, partition)
  }

  /// The columns of what a run has staged; nil where nobody said them.
  func stagedColumns(of run: RunID) async throws(PublishError) -> [Column]? {
    if let columns = columns[run] { return columns }
    for batch in try await batches() where batch.run == run {
      let note = places.note(of: batch)
      let (content, _) = try await requests.send(to: "read", note) { client throws(ObjectError) in
        try await client.read(note)
      }
      guard let described = try? JSONDecoder().decode([Column].self, from: content) else {
        throw ObjectError.unreadable(operation: "read", reason: "it is not a list of columns")
          .cannot("read", note)
      }
      columns[run] = described
      return described
    }
    return nil
  }
}

extension GlueLease {
  /// Writes the note by which a later holder finds what a run stages now.
  private func begin(_ run: RunID) async throws(PublishError) {
    guard begun.insert(run).inserted else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do throws(PublishError) {
      let content = (try? encoder.encode(columns[run] ?? [])) ?? Data()
      try await hidden.write(
        content, to: places.note(of: StagedBatch(run: run, id: id)), "write")
    } catch {
      begun.remove(run)
      throw error
    }
  }

  /// What holders have staged, by their notes.
  private func batches() async throws(PublishError) -> [StagedBatch] {
    try await hidden.entries().keys.sorted().compactMap { StagedBatch(path: $0) }
  }

  /// Removes the objects of versions that an earlier holder has staged and nobody needs.
  private func removeUnused(of batch: StagedBatch) async throws(PublishError) {
    let (bucket, folder) = (places.objects.bucket, places.folder(of: batch))
    let uploads = try await requests.send(to: "list the uploads of", "s3://\(bucket)/\(folder)") {
      client throws(ObjectError) in try await client.uploads(in: bucket, prefix: folder)
    }
    for upload in uploads {
      try await requests.send(to: "abort the upload of", upload.place) {
        client throws(ObjectError) in try await client.abort(upload)
      }
    }
    let objects = try await requests.objects(in: bucket, prefix: folder)
    if objects.isEmpty { return }
    let used = try await versionsInUse()
    let unused = objects.map(\.key).filter { key in
      !used.contains(VersionPlace(Location(scheme: "s3", root: "\(bucket)/\(key)").parent))
    }
    try await requests.remove(unused, in: bucket, while: lock)
  }

  private func path(of file: ScratchFolder.File, in version: VersionPlace) -> ExactText {
    "\(version.location)\(file.path.exact.parts(separatedBy: "/").last ?? "")"
  }

  /// Uploads a file, of which nothing is to be seen before the catalog names its version.
  private func upload(
    _ file: ScratchFolder.File, to version: VersionPlace
  ) async throws(PublishError) -> DataFile {
    let path = path(of: file, in: version)
    guard let location = Location(url: path) else {
      throw .system(operation: "upload to", path: path.text, reason: "it is in no bucket")
    }
    let place = ObjectPlace(location)
    let tag = try await requests.send(to: "upload to \(place) the file", file.path) {
      client throws(ObjectError) in
      try await client.upload(file.path, size: file.size, to: place)
    }
    return DataFile(path: path, size: file.size, modified: file.modified, tag: tag)
  }
}
