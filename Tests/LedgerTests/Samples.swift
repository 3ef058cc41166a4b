import Foundation
import IncrementalJoin
import Ledger

let holder = LockHolder(
  user: "ada", host: "mill", process: 4711, workspace: "/data/flights",
  since: Date(timeIntervalSince1970: 1_700_000_000.25))
let listedAt = Date(timeIntervalSince1970: 1_700_000_001.123456)

extension LedgerWriter {
  /// A run of the sample job.
  func begin(job: String = "joined", kind: RunKind = .run) throws -> RunID {
    try beginRun(job: job, kind: kind, plan: "plan-1", listedAt: listedAt, holder: holder)
  }

  /// A run that publishes partitions and ends well.
  @discardableResult
  func build(
    _ partitions: [String], job: String = "joined", content: Int = 1, rows: Int64 = 10
  ) throws -> RunID {
    let run = try begin(job: job)
    let publishes = partitions.map { publish($0, run: run, content: content, rows: rows) }
    try prepare(publishes)
    try commit(publishes)
    try finishRun(run, state: .succeeded, bytesRead: 100, filesRead: 2)
    return run
  }
}

/// A version of a partition of an input; `content` tells versions apart.
func version(
  _ input: String, _ partition: String, content: Int = 1, fileCount: Int = 2
) -> PartitionVersion {
  PartitionVersion(
    files: (0..<fileCount).map { index in
      DataFile(
        path: "\(partition)/\(input)-\(index).parquet", size: Int64(100 * content + index),
        modified: 1_700_000_000_123_456_789 + Int64(content), inode: .max - UInt64(index),
        changed: 1_700_000_000_987_654_321, digest: SHA256.hash("\(input) \(content) \(index)"))
    })
}

/// A publish that replaces a folder whose numbers need all 64 bits.
func publish(
  _ partition: String, run: RunID, content: Int = 1, rows: Int64 = 10
) -> PreparedPublish {
  PreparedPublish(
    run: run, partition: partition,
    action: rows == 0
      ? .remove(published: FolderID(device: .max, inode: 1 << 63))
      : .publish(
        staged: FolderID(device: 7, inode: .max - 1),
        replaced: content == 1 ? nil : FolderID(device: 7, inode: 42)),
    definition: "definition-1",
    inputs: [
      "flights": version("flights", partition, content: content),
      "weather": version("weather", partition, content: content, fileCount: 1),
    ],
    rows: rows, bytes: rows * 8, reason: "flights: \(content) added")
}

extension PreparedPublish {
  var references: [String: VersionReference] { inputs.mapValues { VersionReference($0) } }
  var position: Position { Position(run: run, definition: definition, inputs: references) }
  var lineage: Lineage {
    Lineage(run: run, definition: definition, inputs: references, rows: rows, bytes: bytes)
  }
}
