import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate

extension GlueLease {
  func kept() async throws(PublishError) -> [KeptRun] {
    try await keptRecords().values.keptRuns
  }

  func kept(run: RunID, partition: Partition) async throws(PublishError) -> String? {
    try await version(kept: run, partition).map { "\($0.place.token)" }
  }

  /// Names the replaced version where it lies: nothing is copied.
  func restage(
    kept run: RunID, as new: RunID, partition: Partition
  ) async throws(PublishError) -> StoreToken? {
    try await lock.check()
    guard let version = try await version(kept: run, partition) else { return nil }
    let files = try await requests.files(of: version.place, places)
    guard !files.isEmpty else { return nil }
    staged[new, default: [:]][partition.path] = StagedVersion(place: version.place, files: files)
    return version.place.token
  }

  func removeKept(runs: [RunID]) async throws(PublishError) {
    try await lock.check()
    for (path, record) in try await keptRecords() where runs.contains(record.run) {
      guard !record.isExpired else { continue }
      var record = record
      record.isExpired = true
      try await write(record, to: path)
    }
    try await removeExpired()
  }

  /// What is known of replaced versions, by the path of the note.
  func keptRecords() async throws(PublishError) -> [ExactText: KeptRecord] {
    if let records { return records }
    var read: [ExactText: KeptRecord] = [:]
    for path in try await hidden.entries().keys.sorted() where path.begins(with: "kept/") {
      read[path] = try await KeptRecord.read(places.objects.hidden(path), requests)
    }
    // Another task may have read and changed them meanwhile.
    let known = records ?? read
    records = known
    return known
  }

  func version(
    kept run: RunID, _ partition: Partition
  ) async throws(PublishError) -> KeptRecord.Version? {
    try await keptRecords().values.lazy.filter { $0.run == run && !$0.isExpired }
      .compactMap { $0.versions[partition.path] }.first
  }

  /// Notes what a batch is about to replace.
  func keep(_ changes: [PartitionChange], _ run: RunID) async throws(PublishError) {
    var versions: [ExactText: KeptRecord.Version] = [:]
    for change in changes {
      guard let old = change.old else { continue }
      // One that others have published may not say how large it is.
      let bytes =
        if let bytes = old.bytes { bytes } else {
          try await requests.files(of: old.place, places).reduce(0) { $0 + $1.size }
        }
      versions[change.partition.path] = KeptRecord.Version(
        location: old.place.location, bytes: bytes)
    }
    guard !versions.isEmpty else { return }
    _ = try await keptRecords()
    let record = KeptRecord(run: run, date: try await lock.instant(), versions: versions)
    try await write(record, to: "kept/\(run)/\(UUID().uuidString.exact.lowercased).json")
  }

  /// Takes back that a run has replaced the version of a partition.
  func forget(_ run: RunID, _ partition: Partition) async throws(PublishError) {
    for (path, record) in try await keptRecords()
    where record.run == run && record.versions[partition.path] != nil {
      var record = record
      record.versions[partition.path] = nil
      if record.versions.isEmpty {
        try await hidden.remove(places.objects.hidden(path))
        records?[path] = nil
      } else {
        try await write(record, to: path)
      }
    }
  }

  /// Removes the versions that no undo brings back, once no reader can have asked the catalog for them.
  func removeExpired() async throws(PublishError) {
    let expired = try await keptRecords().filter(\.value.isExpired)
    guard !expired.isEmpty else { return }
    let now = try await lock.instant()
    for (path, record) in expired.sorted(by: { $0.key < $1.key })
    where record.date + output.grace / .seconds(1) <= now {
      records?[path] = nil
      let used = try await versionsInUse()
      do throws(PublishError) {
        for version in record.versions.values where !used.contains(version.place) {
          try await remove(version.place)
        }
        try await hidden.remove(places.objects.hidden(path))
      } catch {
        records?[path] = record
        throw error
      }
    }
  }

  private func write(_ record: KeptRecord, to path: ExactText) async throws(PublishError) {
    // Also one whose answer is lost may be there.
    records?[path] = record
    try await hidden.write(record.encoded(), to: places.objects.hidden(path), "write")
  }
}
