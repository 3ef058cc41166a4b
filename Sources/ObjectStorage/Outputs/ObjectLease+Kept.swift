import Foundation
import IncrementalJoin
import PartitionPredicate

extension ObjectLease {
  func kept() async throws(PublishError) -> [KeptRun] {
    KeptRun.runs(of: try await hidden.entries().mapValues(\.size))
  }

  func kept(run: RunID, partition: Partition) async throws(PublishError) -> String? {
    let place = places.kept(run, partition)
    return try await hidden.entries()[places.hiddenPath(of: place.key)] == nil
      ? nil : place.description
  }

  func restage(
    kept run: RunID, as new: RunID, partition: Partition
  ) async throws(PublishError) -> StoreToken? {
    try await lock.check()
    let kept = places.kept(run, partition)
    guard try await self.kept(run: run, partition: partition) != nil else { return nil }
    _ = try await makeStagingFolder(run: new, partition: partition)
    let facts: ObjectFacts
    do throws(ObjectError) {
      facts = try await requests.send { client throws(ObjectError) in try await client.head(kept) }
    } catch .absent {
      return nil
    } catch {
      throw error.cannot("read", kept)
    }
    let upload = try await begin(new, partition)
    var parts: [UploadedPart] = []
    for start in stride(from: 0, to: Swift.max(facts.size, 1), by: Int(Self.copiedPartSize)) {
      let number = parts.count + 1
      let isWhole = facts.size <= Self.copiedPartSize
      let range = isWhole ? nil : start..<min(start + Self.copiedPartSize, facts.size)
      parts.append(
        try await requests.send(to: "copy to \(upload.place)", kept) {
          client throws(ObjectError) in
          try await client.copy(
            part: number, of: upload, from: kept, tag: facts.tag, range: range)
        })
    }
    return keep(
      upload, parts, size: facts.size, modified: facts.answeredAt, run: new, partition: partition
    ).token
  }

  func removeKept(runs: [RunID]) async throws(PublishError) {
    try await lock.check()
    for path in try await hidden.entries().keys.sorted()
    where runs.contains(where: { path.begins(with: "kept/\($0)/") }) {
      try await hidden.remove(places.hidden(path))
    }
  }

  /// No more than 5 GiB are copied by one request.
  private static var copiedPartSize: Int64 { 4 << 30 }
}

extension KeptRun {
  /// The kept runs among the objects of a hidden folder, newest first.
  ///
  /// - Parameter sizes: By the path below the folder.
  /// - Returns: One entry for each run.
  static func runs(of sizes: [ExactText: Int64]) -> [KeptRun] {
    var runs: [RunID: (partitions: Int, bytes: Int64)] = [:]
    for (path, size) in sizes {
      let names = path.parts(separatedBy: "/")
      guard names.count > 2, names[0] == "kept", let run = Int64(names[1].text).map(RunID.init)
      else { continue }
      runs[run, default: (0, 0)].partitions += 1
      runs[run]?.bytes += size
    }
    return runs.map { KeptRun(run: $0, partitions: $1.partitions, bytes: $1.bytes) }
      .sorted { $0.run > $1.run }
  }
}
