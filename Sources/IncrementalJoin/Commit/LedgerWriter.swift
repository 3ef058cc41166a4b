public import Foundation
public import PartitionPredicate

/// What is known about a run when it begins.
public struct RunStart: Hashable, Sendable {
  /// The job's name in `dovetail.yaml`.
  public let job: String
  /// What started the run.
  public let kind: RunKind
  /// How it treats the positions.
  public let mode: BookmarkMode
  /// `Plan.id`; empty for an operation without a plan.
  public let plan: String
  /// When the inputs were listed.
  public let listedAt: Date
  /// The details of the request, in words; empty for an ordinary run.
  public let detail: String
  /// Why, in the operator's words.
  public let note: String?
  /// Whether it ends after staging, and the operator publishes by hand.
  public let stagesOnly: Bool
  /// The run that it undoes; nil unless it is an undo of a run.
  public let undoes: RunID?

  /// Creates the beginning of a run.
  public init(
    job: String, kind: RunKind, mode: BookmarkMode = .enable, plan: String = "", listedAt: Date,
    detail: String = "", note: String? = nil, stagesOnly: Bool = false, undoes: RunID? = nil
  ) {
    self.job = job
    self.kind = kind
    self.mode = mode
    self.plan = plan
    self.listedAt = listedAt
    self.detail = detail
    self.note = note
    self.stagesOnly = stagesOnly
    self.undoes = undoes
  }
}

/// What is known about a run when it ends.
public struct RunEnd: Hashable, Sendable {
  /// How it ended; never `.running`.
  public let state: RunState
  /// The size of the data files that were read, in bytes.
  public let bytesRead: Int64
  /// The number of data files that were read.
  public let filesRead: Int
  /// Where the time went.
  public let timings: RunTimings
  /// How the batches went, in order; they follow those that an interruption or staging had recorded before.
  public let batches: [BatchRecord]

  /// Creates the end of a run.
  public init(
    state: RunState, bytesRead: Int64 = 0, filesRead: Int = 0, timings: RunTimings = RunTimings(),
    batches: [BatchRecord] = []
  ) {
    self.state = state
    self.bytesRead = bytesRead
    self.filesRead = filesRead
    self.timings = timings
    self.batches = batches
  }
}

/// The writer's half of the ledger.
///
/// Each call is one durable transaction.
public protocol LedgerWriter: LedgerReader {
  /// Records a run that begins, and marks earlier runs of the job that never ended as interrupted.
  func beginRun(_ start: RunStart, holder: LockHolder) throws -> RunID
  /// Resumes a run whose staged work units wait, or that ended during a publish: it is running again, under the new
  /// holder.
  func resumeRun(_ run: RunID, holder: LockHolder) throws
  /// Marks runs of a job that never ended as interrupted; the caller holds the output's lock.
  ///
  /// - Returns: Whether there was one.
  func interruptRuns(job: String) throws -> Bool
  /// Pins the columns of a table, and the types of pinned columns that had none yet.
  ///
  /// What is already pinned stays as it is. Without a run, an operator does the pinning.
  func pin(columns: [SeenColumn], table: String, by pin: PinOrigin) throws
  /// Gives a pinned column a wider type, which makes nothing pending.
  ///
  /// - Throws: `LedgerError` when the column is not pinned.
  func widen(column: String, to type: String, table: String, by pin: PinOrigin) throws
  /// Records that versions have the same content as versions that positions or lineages refer to, so they need not be
  /// read again.
  func confirm(_ same: [VersionReference: PartitionVersion]) throws
  /// Records that the whole of some tables was looked at; a look earlier than the recorded one changes nothing.
  func noteLook(tables: [String], at instant: Date) throws
  /// Records where a job publishes from now on.
  ///
  /// Without a run, an output was taken over in which nothing had to be built.
  func claim(_ place: OutputPlace, job: String, run: RunID?) throws
  /// Records what the inputs of a run's job are, where that differs from the last record.
  func accept(_ sources: [String: SourceDescription], run: RunID) throws
  /// Moves positions without building, and records the work units as `.moved` with this reason.
  func move(_ moves: [PositionMove], run: RunID, reason: String) throws
  /// Records what is in the output as published content of unknown origin, and the work units as `.adopted`.
  ///
  /// Positions stay where they are.
  func adopt(_ contents: [AdoptedContent], definition: String, run: RunID) throws
  /// Holds back what a run would remove, and records the work units as `.held`; nothing else changes.
  func withhold(_ units: [WithheldUnit], run: RunID, count: RemovalCount) throws
  /// Releases removals that were held back: an operator allows removing these partitions.
  func release(_ partitions: [Partition], run: RunID) throws
  /// Records that the alarms of a job's runs were seen.
  func acknowledge(_ acknowledgement: AlarmAcknowledgement, job: String) throws
  /// Records what was found about rows that match none in their own partition.
  func record(_ strays: [StrayMatches]) throws
  /// Keeps staged work units for a later publish, and records them as `.staged`.
  func keep(_ staged: [PreparedPublish]) throws
  /// Forgets staged work units that the operator does not want, and records them as `.cancelled` with this
  /// message.
  func discard(_ partitions: [Partition], run: RunID, message: String) throws
  /// Publishes that were prepared and neither committed nor rolled back.
  func unfinishedPublishes(job: String, keys: [PartitionKey]?) throws -> [PreparedPublish]
  /// Writes journal entries, which must be on disk before the first rename.
  ///
  /// A staged work unit of the same run and partition then no longer counts as staged.
  func prepare(_ publishes: [PreparedPublish]) throws
  /// Advances lineage, and position where the entry says so, for prepared publishes that were carried out,
  /// records their work units, matches and digests, and closes their journal entries.
  func commit(_ publishes: [PreparedPublish]) throws
  /// Closes journal entries whose publish was not carried out. Nothing else changes.
  func rollBack(_ publishes: [PreparedPublish]) throws
  /// Records work units that ended without a commit.
  func record(_ units: [WorkUnitRecord], run: RunID) throws
  /// Appends to a run's log.
  func log(_ lines: [LogLine], run: RunID) throws
  /// Records how a run ended.
  func finishRun(_ run: RunID, _ end: RunEnd) throws
}
