public import Foundation

/// How a run ended.
public enum RunState: String, Hashable, Sendable, Codable {
  case running
  case succeeded
  /// Some partitions failed while others were committed.
  case partial
  case failed
  case cancelled
  /// The process ended before the run did; found by a later run.
  case interrupted
}

/// One run, as the ledger keeps it.
public struct RunRecord: Hashable, Sendable {
  public let id: RunID
  public let job: String
  /// `run` or `rerun`.
  public let kind: RunKind
  public let plan: String
  public let state: RunState
  /// When the plan listed the inputs.
  public let listedAt: Date
  public let startedAt: Date
  public let finishedAt: Date?
  public let user: String
  public let committed: Int
  public let failed: Int
  public let rows: Int64
  public let bytesRead: Int64
  public let filesRead: Int

  /// Creates a record.
  public init(
    id: RunID, job: String, kind: RunKind, plan: String, state: RunState, listedAt: Date,
    startedAt: Date, finishedAt: Date?, user: String, committed: Int, failed: Int, rows: Int64,
    bytesRead: Int64, filesRead: Int
  ) {
    self.id = id
    self.job = job
    self.kind = kind
    self.plan = plan
    self.state = state
    self.listedAt = listedAt
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.user = user
    self.committed = committed
    self.failed = failed
    self.rows = rows
    self.bytesRead = bytesRead
    self.filesRead = filesRead
  }
}

/// What asked for a run.
public enum RunKind: String, Hashable, Sendable, Codable {
  /// The pending partitions.
  case run
  /// Partitions that the operator named, pending or not.
  case rerun
}

/// How far one work unit came.
public enum WorkUnitState: String, Hashable, Sendable, Codable {
  case committed
  /// Committed, and the partition has no rows (any more).
  case removed
  case failed
  case cancelled
}

/// One work unit of a run, as the ledger keeps it.
public struct WorkUnitRecord: Hashable, Sendable {
  /// The output partition's canonical path.
  public let partition: String
  public let state: WorkUnitState
  public let rows: Int64
  /// Bytes written.
  public let bytes: Int64
  /// Why the partition was built: `flights: 1 added`.
  public let reason: String
  /// The sentence of the failure.
  public let message: String?

  /// Creates a record.
  public init(
    partition: String, state: WorkUnitState, rows: Int64, bytes: Int64, reason: String,
    message: String?
  ) {
    self.partition = partition
    self.state = state
    self.rows = rows
    self.bytes = bytes
    self.reason = reason
    self.message = message
  }
}
