import Foundation
import IncrementalJoin
import Ledger
import PartitionPredicate
import TestSupport

let holder = LockHolder(
  user: "ada", host: "mill", process: 4711, workspace: "/data/flights",
  since: Date(timeIntervalSince1970: 1_700_000_000.25))
let listedAt = Date(timeIntervalSince1970: 1_700_000_001.123456)

let sampleBatch = BatchRecord(
  partitions: 2, failed: 0, rows: 20, begunAt: listedAt, stage: .seconds(3),
  publish: .milliseconds(250), commit: .microseconds(7))

extension LedgerWriter {
  /// A run of the sample job.
  func begin(job: String = "joined", kind: RunKind = .run) throws -> RunID {
    try beginRun(
      RunStart(job: job, kind: kind, plan: "plan-1", listedAt: listedAt), holder: holder)
  }

  /// A run that publishes partitions and ends well.
  @discardableResult
  func build(
    _ partitions: [Partition], job: String = "joined", content: Int = 1, rows: Int64 = 10
  ) throws -> RunID {
    let run = try begin(job: job)
    let publishes = partitions.map { publish($0, run: run, content: content, rows: rows) }
    try prepare(publishes)
    try commit(publishes)
    try finishRun(
      run, RunEnd(state: .succeeded, bytesRead: 100, filesRead: 2, batches: [sampleBatch]))
    return run
  }

  /// An operation that moves positions and ends well.
  @discardableResult
  func move(_ moves: [PositionMove], kind: RunKind = .rewind, job: String = "joined") throws
    -> RunID
  {
    let run = try begin(job: job, kind: kind)
    try move(moves, run: run, reason: "moved by \(kind.rawValue)")
    try finishRun(run, RunEnd(state: .succeeded))
    return run
  }
}

/// A version of a partition of an input; `content` tells versions apart.
func version(
  _ input: String, _ partition: Partition, content: Int = 1, fileCount: Int = 2
) -> PartitionVersion {
  PartitionVersion(
    files: (0..<fileCount).map { index in
      DataFile(
        path: "\(partition)/\(input)-\(index).parquet", size: Int64(100 * content + index),
        modified: 1_700_000_000_123_456_789 + Int64(content), inode: .max - UInt64(index),
        changed: 1_700_000_000_987_654_321, digest: SHA256.hash("\(input) \(content) \(index)"))
    })
}

/// The versions of both inputs of a partition.
func inputs(_ partition: Partition, content: Int = 1) -> [String: PartitionVersion] {
  [
    "flights": version("flights", partition, content: content),
    "weather": version("weather", partition, content: content, fileCount: 1),
  ]
}

/// A position that goes to what was read.
func move(
  _ partition: Partition, content: Int = 1, undone: UndoneBuild<PartitionVersion>? = nil
) -> PositionMove {
  PositionMove(
    partition: partition, definition: "definition-1", inputs: inputs(partition, content: content),
    undone: undone)
}

/// A publish that replaces a folder whose numbers need all 64 bits.
func publish(
  _ partition: Partition, run: RunID, content: Int = 1, rows: Int64 = 10, isPaused: Bool = false,
  matches: [InputMatch] = [], rowDigests: [String: String] = [:],
  readingRules: Int = ReadingRules.current, types: OutputTypes? = nil
) -> PreparedPublish {
  PreparedPublish(
    run: run, partition: partition,
    action: rows == 0
      ? .remove(published: StoreToken("\(UInt64.max) \(UInt64(1) << 63)"))
      : .publish(
        staged: StoreToken("7 \(UInt64.max - 1)"),
        replaced: content == 1 ? nil : StoreToken("7 42")),
    state: rows == 0 ? .removed : .committed, definition: "definition-1",
    inputs: inputs(partition, content: content),
    position: isPaused ? nil : move(partition, content: content),
    content: rows == 0 ? nil : version("joined", partition, content: content), rows: rows,
    bytes: rows * 8, reason: "flights: \(content) added", matches: matches,
    rowDigests: rowDigests, readingRules: readingRules, types: types)
}

/// A publish that leaves the published files, since the rows are the same.
func unchanged(_ partition: Partition, run: RunID, content: Int = 1) -> PreparedPublish {
  PreparedPublish(
    run: run, partition: partition, action: nil, state: .unchanged, definition: "definition-1",
    inputs: inputs(partition, content: content), position: move(partition, content: content),
    content: version("joined", partition), rows: 10, bytes: 80, reason: "flights: 1 rewritten")
}

extension [String: PartitionVersion] {
  var references: [String: VersionReference] { mapValues { VersionReference($0) } }
}

extension PreparedPublish {
  var references: [String: VersionReference] { inputs.references }
  /// Where a commit leaves the position; nil when it stays.
  var committedPosition: Position? { position?.position(movedBy: run) }
  var lineage: Lineage {
    Lineage(
      run: run, definition: definition, inputs: references, rows: rows, bytes: bytes,
      content: content.map { VersionReference($0) }, readingRules: readingRules, types: types)
  }
}

let someToken = StoreToken("7 7")

let sampleMatch = InputMatch(
  left: "flights", right: "weather", leftRows: 100, rightRows: 24, leftMatched: 96,
  rightMatched: 20, pairs: 97, fanOut: 2)

/// An input's source at a location.
func source(_ location: String, columns: [String]? = ["origin VARCHAR"]) -> SourceDescription {
  SourceDescription(
    table: "flights", location: location, format: "parquet", keys: ["month int", "day int"],
    columns: columns)
}

let samplePin = PinOrigin(run: nil, user: "ada", at: Date(timeIntervalSince1970: 1_700_000_000))
