import Foundation
import IncrementalJoin
import PartitionPredicate

/// The JSON of one run, as the ledger keeps it.
struct RunRecordJSON: Encodable {
  struct Timings: Encodable {
    let plan: Double
    let stage: Double
    let publish: Double
    let commit: Double
  }

  let run: RunID
  let job: String
  let kind: RunKind
  let mode: BookmarkMode
  let plan: String
  let detail: String
  let note: String?
  let state: RunState
  let listedAt: Date
  let startedAt: Date
  let finishedAt: Date?
  let user: String
  let committed: Int
  let unchanged: Int
  let failed: Int
  let rows: Int64
  let bytesRead: Int64
  let filesRead: Int
  /// In seconds.
  let timings: Timings

  init(_ record: RunRecord) {
    run = record.id
    job = record.job
    kind = record.kind
    mode = record.mode
    plan = record.plan
    detail = record.detail
    note = record.note
    state = record.state
    listedAt = record.listedAt
    startedAt = record.startedAt
    finishedAt = record.finishedAt
    user = record.user
    committed = record.committed
    unchanged = record.unchanged
    failed = record.failed
    rows = record.rows
    bytesRead = record.bytesRead
    filesRead = record.filesRead
    timings = Timings(
      plan: record.timings.plan / .seconds(1), stage: record.timings.stage / .seconds(1),
      publish: record.timings.publish / .seconds(1), commit: record.timings.commit / .seconds(1))
  }
}

/// The JSON of one work unit of a run.
struct WorkUnitJSON: Encodable {
  let partition: ExactText
  let state: WorkUnitState
  let rows: Int64
  let bytes: Int64
  let reason: String
  let message: String?

  init(_ record: WorkUnitRecord) {
    partition = record.partition.path
    state = record.state
    rows = record.rows
    bytes = record.bytes
    reason = record.reason
    message = record.message
  }
}

/// The JSON of everything about one run: its record and what it did.
struct RunAccountJSON: Encodable {
  struct Read: Encodable {
    let partition: ExactText
    let input: String
    let bytes: Int64
    let files: [DataFile]
  }

  struct Write: Encodable {
    let partition: ExactText
    let state: WorkUnitState
    let rows: Int64
    let bytes: Int64
    let files: [DataFile]?
  }

  /// One batch, or several that followed one another; times are in seconds.
  struct Batch: Encodable {
    let batches: Int
    let partitions: Int
    let failed: Int
    let rows: Int64
    let begunAt: Date
    let stage: Double
    let publish: Double
    let commit: Double

    init(_ record: BatchRecord) {
      batches = record.batches
      partitions = record.partitions
      failed = record.failed
      rows = record.rows
      begunAt = record.begunAt
      stage = record.stage / .seconds(1)
      publish = record.publish / .seconds(1)
      commit = record.commit / .seconds(1)
    }
  }

  struct Line: Encodable {
    let instant: Date
    let level: LogLine.Level
    let text: String
  }

  private enum CodingKeys: String, CodingKey {
    case units
    case batches
    case read
    case written
    case matches
    case log
  }

  private let record: RunRecordJSON
  private let units: [WorkUnitJSON]
  private let batches: [Batch]
  private let read: [Read]
  private let written: [Write]
  private let matches: [MatchJSON]
  private let log: [Line]

  init(_ account: RunAccount) {
    record = RunRecordJSON(account.run)
    units = account.units.map(WorkUnitJSON.init)
    batches = account.batches.map(Batch.init)
    read = account.readings.map {
      Read(partition: $0.partition.path, input: $0.input, bytes: $0.bytes, files: $0.files)
    }
    written = account.writings.map {
      Write(
        partition: $0.partition.path, state: $0.state, rows: $0.rows, bytes: $0.bytes,
        files: $0.files)
    }
    matches = account.matches.map { MatchJSON($0) }
    log = account.log.map { Line(instant: $0.instant, level: $0.level, text: $0.text) }
  }

  func encode(to encoder: any Encoder) throws {
    try record.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(units, forKey: .units)
    try container.encode(batches, forKey: .batches)
    try container.encode(read, forKey: .read)
    try container.encode(written, forKey: .written)
    try container.encode(matches, forKey: .matches)
    try container.encode(log, forKey: .log)
  }
}
