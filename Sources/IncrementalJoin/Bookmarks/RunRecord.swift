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
  /// Rising in the workspace, over all jobs: a newer run has a greater number.
  public let id: RunID
  /// The job's name in `dovetail.yaml`, as it was when the run began.
  public let job: String
  /// `run` or `rerun`.
  public let kind: RunKind
  /// `Plan.id` of the plan that was run: 12 hexadecimal digits.
  public let plan: String
  /// `.running` until the run ends, or until a later run finds that it died.
  public let state: RunState
  /// When the plan listed the inputs.
  public let listedAt: Date
  /// When the ledger recorded the run: after listing and planning.
  public let startedAt: Date
  /// When the run ended; nil while it is running and when it was interrupted.
  public let finishedAt: Date?
  /// The user that ran it, from `LockHolder.user`.
  public let user: String
  /// Work units that were committed, those whose result is empty included.
  public let committed: Int
  /// Work units that failed; their partitions stay pending.
  public let failed: Int
  /// Rows written, summed over the committed work units.
  public let rows: Int64
  /// The size of the data files that were read, in bytes; recorded when the run ends, 0 before.
  public let bytesRead: Int64
  /// The number of data files that were read; recorded when the run ends, 0 before.
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
  /// How the unit ended; the partition stays pending unless it was committed or removed.
  public let state: WorkUnitState
  /// Rows written; 0 unless the unit was committed.
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
