public import Foundation
public import PartitionPredicate

/// How a run ended.
public enum RunState: String, Hashable, Sendable, Codable {
  case running
  case succeeded
  /// Some partitions failed, or would have been emptied and were held back, while others were committed.
  case partial
  /// What was staged waits for the operator to publish or discard it.
  case staged
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
  /// What started it.
  public let kind: RunKind
  /// How it treated the positions.
  public let mode: BookmarkMode
  /// `Plan.id` of the plan that was run: 12 hexadecimal digits; empty for an operation without a plan.
  public let plan: String
  /// The details of the request, in words: `to run 3, input weather`; empty for an ordinary run.
  public let detail: String
  /// Why, in the operator's words; nil when nothing was said.
  public let note: String?
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
  /// How many of them had the same rows as the published ones, so the published files stayed.
  public let unchanged: Int
  /// Work units that failed; their partitions stay pending.
  public let failed: Int
  /// Rows written, summed over the committed work units.
  public let rows: Int64
  /// The size of the data files that were read, in bytes; recorded when the run ends, 0 before.
  public let bytesRead: Int64
  /// The number of data files that were read; recorded when the run ends, 0 before.
  public let filesRead: Int
  /// Where the time went; recorded when the run ends, and zero before.
  public let timings: RunTimings
  /// Whether the run ends after staging, and the operator publishes by hand.
  public let stagesOnly: Bool
  /// The run that it undoes; nil unless it is an undo that names a run.
  public let undoes: RunID?

  /// Creates a record.
  public init(
    id: RunID, job: String, kind: RunKind, mode: BookmarkMode = .enable, plan: String,
    detail: String = "", note: String? = nil, state: RunState, listedAt: Date, startedAt: Date,
    finishedAt: Date?, user: String, committed: Int, unchanged: Int = 0, failed: Int, rows: Int64,
    bytesRead: Int64, filesRead: Int, timings: RunTimings = RunTimings(),
    stagesOnly: Bool = false, undoes: RunID? = nil
  ) {
    self.id = id
    self.job = job
    self.kind = kind
    self.mode = mode
    self.plan = plan
    self.detail = detail
    self.note = note
    self.state = state
    self.listedAt = listedAt
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.user = user
    self.committed = committed
    self.unchanged = unchanged
    self.failed = failed
    self.rows = rows
    self.bytesRead = bytesRead
    self.filesRead = filesRead
    self.timings = timings
    self.stagesOnly = stagesOnly
    self.undoes = undoes
  }
}

/// The time that the phases of a run took.
///
/// Partitions are staged in batches, so a phase's time is the sum over them.
public struct RunTimings: Hashable, Sendable {
  /// Listing the inputs, finding what is pending and planning.
  public var plan: Duration
  /// Reading, joining and writing to the staging area.
  public var stage: Duration
  /// Journal and swaps.
  public var publish: Duration
  /// Moving lineage and positions.
  public var commit: Duration

  /// Creates timings.
  public init(
    plan: Duration = .zero, stage: Duration = .zero, publish: Duration = .zero,
    commit: Duration = .zero
  ) {
    self.plan = plan
    self.stage = stage
    self.publish = publish
    self.commit = commit
  }
}

/// What started a run.
///
/// The operations that only move positions are runs too: they are recorded with who, when and why, and can be undone.
public enum RunKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// The pending partitions.
  case run
  /// Partitions that the operator named, pending or not.
  case rerun
  /// Positions moved back to where an earlier run had left them.
  case rewind
  /// Positions were forgotten, so that everything counts as new.
  case reset
  /// Positions moved to the current versions without building: "these are already right".
  case set
  /// Pending partitions were marked as not to be processed, with a note.
  case skip
  /// Partitions that an undo holds were released.
  case release
  /// What an earlier run did was undone.
  case undo
  /// What is in the output was recorded as content of unknown origin.
  case adopt

  /// Whether it builds partitions by a plan, rather than only moves positions or undoes.
  public var isBuild: Bool { self == .run || self == .rerun }
}

/// How far one work unit came.
public enum WorkUnitState: String, Hashable, Sendable, Codable {
  case committed
  /// Committed, and the partition has no rows (any more).
  case removed
  /// Committed, and the published files stayed, since their rows are the staged ones.
  case unchanged
  /// Only its position moved.
  case moved
  /// The published files are known from then on, and their origin is not.
  case adopted
  /// Staged, and neither published nor discarded yet.
  case staged
  /// It would have removed the published partition, and was held back.
  case held
  case failed
  case cancelled
}

/// One work unit of a run, as the ledger keeps it.
public struct WorkUnitRecord: Hashable, Sendable {
  /// The output partition.
  public let partition: Partition
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
    partition: Partition, state: WorkUnitState, rows: Int64, bytes: Int64, reason: String,
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
