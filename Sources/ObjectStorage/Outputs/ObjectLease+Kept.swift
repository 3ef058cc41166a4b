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
    let parts = try await requests.send(to: "copy to \(upload.place)", kept) {
      [partSizes] client throws(ObjectError) in
      try await client.copiedParts(
        of: upload, from: kept, tag: facts.tag, size: facts.size, partSize: partSizes.copied)
    }
    return keep(
      upload, parts, size: facts.size, modified: facts.answeredAt, run: new, partition: partition
    ).token
  }

  func removeKept(runs: [RunID]) async throws(PublishError) {
    try await lock.check()
    try await hidden.remove(
      try await hidden.entries().keys.filter { path in
        runs.contains { path.begins(with: "kept/\($0)/") }
      })
  }
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
