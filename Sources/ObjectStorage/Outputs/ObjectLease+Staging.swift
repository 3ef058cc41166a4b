import Foundation
import IncrementalJoin
import PartitionPredicate

extension ObjectLease {
  func freeSpace() throws(PublishError) -> Int64? { try scratch.freeSpace() }

  func makeStagingFolder(
    run: RunID, partition: Partition
  ) async throws(PublishError) -> String {
    try await lock.check()
    try await forget(run, partition)
    return try scratch.makeFolder(of: run, partition)
  }

  func seal(run: RunID, partition: Partition) async throws(PublishError) -> StoreToken {
    try await lock.check()
    let files = try scratch.files(of: run, partition)
    guard files.count == 1 else {
      throw .system(
        operation: "publish to \(places.published(partition)) the folder",
        path: scratch.folder(of: run, partition),
        reason:
          "it holds \(files.count) files, and a partition of an output in an object store is one")
    }
    return try await upload(files[0], run: run, partition: partition).token
  }

  func token(staged run: RunID, partition: Partition) async throws(PublishError) -> StoreToken? {
    try await staged(run, partition)?.token
  }

  func files(staged run: RunID, partition: Partition) async throws(PublishError) -> [DataFile] {
    let path = ObjectLocations.file(of: partition)
    if let upload = try await known(run, partition) {
      return [
        DataFile(path: path, size: upload.size, modified: upload.modified, tag: upload.tag)
      ]
    }
    let folder = partition.keys.isEmpty ? "" : "\(partition.path)/"
    return try scratch.files(of: run, partition).map { file in
      DataFile(
        path: "\(folder)\(file.path.exact.parts(separatedBy: "/").last ?? "")", size: file.size,
        modified: Int64(file.modified.timeIntervalSince1970 * 1e9))
    }
  }

  func removeStaged(except runs: Set<RunID>) async throws(PublishError) {
    try await lock.check()
    for run in try await manifests() {
      if runs.contains(run) {
        try await readManifest(of: run)
      } else {
        try await hidden.remove(places.manifest(run))
      }
    }
    // What is left of a trial of the store that did not come to its end.
    for path in try await hidden.entries().keys where path.begins(with: "probe/") {
      try await hidden.remove(places.hidden(path))
    }
    for run in staged.keys where !runs.contains(run) { staged[run] = nil }
    changedRuns.formIntersection(runs)
    let spared = Set(staged.values.flatMap { $0.values.map(upload) })
    let strays = try await openUploads().filter { !spared.contains($0) }
    if !strays.isEmpty {
      // A successor's would have been begun later.
      try await lock.confirm()
      for upload in strays { try await abort(upload) }
    }
    for run in scratch.runs() where !runs.contains(run) { try scratch.remove(run) }
  }
}

extension ObjectLease {
  /// What a run has staged of a partition, uploaded anew where only its local file is left: a writer that took the
  /// lease has aborted the upload.
  func staged(_ run: RunID, _ partition: Partition) async throws(PublishError) -> StagedUpload? {
    if let upload = try await known(run, partition) { return upload }
    let files = try scratch.files(of: run, partition)
    guard files.count == 1 else { return nil }
    try await lock.check()
    return try await upload(files[0], run: run, partition: partition)
  }

  /// The upload of a staged partition that is still there; nil without one.
  private func known(
    _ run: RunID, _ partition: Partition
  ) async throws(PublishError) -> StagedUpload? {
    if staged[run] == nil, try await manifests().contains(run) { try await readManifest(of: run) }
    return staged[run]?[partition.path]
  }

  /// Uploads a file to the place of a published partition, without completing it.
  private func upload(
    _ file: ScratchFolder.File, run: RunID, partition: Partition
  ) async throws(PublishError) -> StagedUpload {
    let upload = try await begin(run, partition)
    var parts: [UploadedPart] = []
    let partSize = partSizes.uploaded
    for start in stride(from: 0, to: Swift.max(file.size, 1), by: Int(partSize)) {
      let (number, end) = (parts.count + 1, min(start + partSize, file.size))
      parts.append(
        try await requests.send(to: "upload to \(upload.place) the file", file.path) {
          client throws(ObjectError) in
          try await client.upload(part: number, of: upload, from: file.path, range: start..<end)
        })
    }
    return keep(
      upload, parts, size: file.size, modified: file.modified, run: run, partition: partition)
  }

  /// Begins an upload to the place of a published partition.
  func begin(_ run: RunID, _ partition: Partition) async throws(PublishError) -> ObjectUpload {
    let place = places.published(partition)
    let path =
      partition.path.text.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
    let metadata: ObjectMetadata = [
      "dovetail-run": "\(run)",
      // All metadata together have 2 KB at most.
      "dovetail-partition": String(path.unicodeScalars.prefix(1500)),
      "dovetail-token": "\(await lock.token)",
    ]
    let upload = try await requests.send(to: "begin the upload of", place) {
      client throws(ObjectError) in
      try await client.beginUpload(to: place, metadata: metadata)
    }
    unconfirmed.insert(upload)
    return upload
  }

  /// Takes note of a finished upload.
  func keep(
    _ upload: ObjectUpload, _ parts: [UploadedPart], size: Int64, modified: Date, run: RunID,
    partition: Partition
  ) -> StagedUpload {
    let upload = StagedUpload(
      partition: partition.path, id: upload.id,
      parts: parts.map { StagedUpload.Part(tag: $0.tag, checksum: $0.checksum) },
      tag: requests.tag(of: parts), size: size, modified: modified)
    staged[run, default: [:]][partition.path] = upload
    changedRuns.insert(run)
    return upload
  }

  /// Drops what a run has staged of a partition, and aborts its upload.
  private func forget(_ run: RunID, _ partition: Partition) async throws(PublishError) {
    guard let upload = try await known(run, partition) else { return }
    try await abort(self.upload(upload))
    drop(run, partition)
  }

  /// Forgets an upload that is completed or aborted.
  func drop(_ run: RunID, _ partition: Partition) {
    guard staged[run]?.removeValue(forKey: partition.path) != nil else { return }
    changedRuns.insert(run)
  }

  func upload(_ staged: StagedUpload) -> ObjectUpload {
    staged.upload(to: places.published(staged.partition))
  }
}

extension ObjectLease {
  /// The runs that have staged something, gave up the output and left it for later.
  private func manifests() async throws(PublishError) -> [RunID] {
    try await hidden.entries().keys.compactMap { path in
      guard path.begins(with: "staging/"), path.ends(with: ".json") else { return nil }
      return Int64(path.dropping("staging/").parts(separatedBy: ".")[0].text).map(RunID.init)
    }
  }

  /// Takes over what a run has left, as far as its uploads are still there.
  private func readManifest(of run: RunID) async throws(PublishError) {
    guard staged[run] == nil else { return }
    let place = places.manifest(run)
    let (content, _) = try await requests.send(to: "read", place) { client throws(ObjectError) in
      try await client.read(place)
    }
    guard let uploads = try? JSONDecoder().decode([StagedUpload].self, from: content) else {
      throw ObjectError.unreadable(operation: "read", reason: "it is not a list of uploads")
        .cannot("read", place)
    }
    let open = Set(try await openUploads())
    // Another task may have read it meanwhile.
    guard staged[run] == nil else { return }
    staged[run] = [:]
    for staged in uploads where open.contains(upload(staged)) {
      self.staged[run]?[staged.partition] = staged
    }
  }

  /// Leaves what a run has staged for later.
  func writeManifest(of run: RunID) async throws(PublishError) {
    let uploads = (staged[run] ?? [:]).values.sorted { $0.partition < $1.partition }
    if uploads.isEmpty {
      guard try await manifests().contains(run) else { return }
      return try await hidden.remove(places.manifest(run))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let content = (try? encoder.encode(uploads)) ?? Data()
    try await hidden.write(content, to: places.manifest(run), "write")
  }
}
