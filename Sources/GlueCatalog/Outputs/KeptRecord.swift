import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate

/// What a run has replaced or removed with one batch: versions that stay where they are.
struct KeptRecord: Hashable, Sendable, Codable {
  /// One replaced version.
  struct Version: Hashable, Sendable, Codable {
    /// As the catalog had it.
    let location: String
    /// nil where the catalog did not say it.
    let bytes: Int64?

    var place: VersionPlace { VersionPlace(catalog: location) }
  }

  let run: RunID
  /// When they were replaced, by the store's clock.
  let date: Date
  /// By path of the partition.
  var versions: [ExactText: Version]
  /// Whether no undo brings them back any more: they go once no reader can have asked for them.
  var isExpired = false

  func encoded() -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)) ?? Data()
  }

  /// Reads a note of the hidden folder; nil when there is none any more.
  static func read(
    _ place: ObjectPlace, _ requests: OutputRequests
  ) async throws(PublishError) -> KeptRecord? {
    do throws(ObjectError) {
      let (content, _) = try await requests.send { client throws(ObjectError) in
        try await client.read(place)
      }
      if let record = try? JSONDecoder().decode(KeptRecord.self, from: content) { return record }
      throw .unreadable(
        operation: "read \(place)", reason: "it does not say which versions a run has replaced")
    } catch .absent {
      return nil
    } catch {
      throw error.cannot("read", place)
    }
  }
}

extension Collection<KeptRecord> {
  /// What is kept for undo, by run, newest first.
  var keptRuns: [KeptRun] {
    Dictionary(grouping: filter { !$0.isExpired }, by: \.run).map { run, records in
      let versions = records.flatMap(\.versions.values)
      return KeptRun(
        run: run, partitions: versions.count, bytes: versions.reduce(0) { $0 + ($1.bytes ?? 0) })
    }.filter { $0.partitions > 0 }.sorted { $0.run > $1.run }
  }
}
