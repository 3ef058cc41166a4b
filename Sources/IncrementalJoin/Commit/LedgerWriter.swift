public import Foundation
public import PartitionPredicate

/// Where the position of one output partition goes.
public struct PositionMove: Hashable, Sendable {
  /// The output partition's canonical path.
  public let partition: ExactText
  /// `JobDefinition.fingerprint` that counts as consumed: a SHA-256 in hexadecimal.
  public let definition: String
  /// The versions that count as consumed, by input name; none for a partition that counts as new.
  public let inputs: [String: PartitionVersion]
  /// The build that this takes back: it holds the partition until its inputs change.
  public let undone: Undone?

  /// A build that is taken back, with what it had read.
  public struct Undone: Hashable, Sendable {
    /// The run whose build it was.
    public let run: RunID
    /// What the run had read, by input name.
    public let inputs: [String: PartitionVersion]

    /// Creates an undone build.
    public init(run: RunID, inputs: [String: PartitionVersion]) {
      self.run = run
      self.inputs = inputs
    }
  }

  /// Creates a move.
  public init(
    partition: ExactText, definition: String, inputs: [String: PartitionVersion],
    undone: Undone? = nil
  ) {
    self.partition = partition
    self.definition = definition
    self.inputs = inputs
    self.undone = undone
  }
}

/// One publish as the journal names it before the first rename, with all that recovery needs to commit it.
public struct PreparedPublish: Hashable, Sendable {
  /// The run that staged the content.
  public let run: RunID
  /// The output partition's canonical path.
  public let partition: ExactText
  /// nil when there is nothing to rename: an empty result that was never published, or rows equal to the
  /// published ones.
  public var action: PublishAction?
  /// How the work unit is recorded by the commit: `.committed`, `.removed` or `.unchanged`.
  public let state: WorkUnitState
  /// `JobDefinition.fingerprint` at that time: a SHA-256 in hexadecimal.
  public let definition: String
  /// The versions that the content was built from, by input name.
  public let inputs: [String: PartitionVersion]
  /// Where the commit moves the position; nil when it stays, as in a paused run.
  public let position: PositionMove?
  /// The files that are published; nil without rows.
  public let content: PartitionVersion?
  /// Rows staged; 0 when the partition's result is empty.
  public let rows: Int64
  /// The size of the staged files, in bytes.
  public let bytes: Int64
  /// Why the partition was built, as history shows it.
  public let reason: String
  /// How well the inputs matched; empty when nobody counted.
  public let matches: [InputMatch]
  /// Digests of the rows of the versions that were read, by input name; for tables that record them.
  public let rowDigests: [String: String]  // characters: input names are ASCII
  /// `ReadingRules.current` when the content was built.
  public let readingRules: Int
  /// Whose types the columns have; nil where both kinds of types are the same.
  public let types: OutputTypes?
  /// Whether an operator has allowed that the published partition goes; only where `rows` is 0.
  public let isRemovalAllowed: Bool

  /// Creates a journal entry.
  public init(
    run: RunID, partition: ExactText, action: PublishAction?, state: WorkUnitState,
    definition: String,
    inputs: [String: PartitionVersion], position: PositionMove?, content: PartitionVersion?,
    rows: Int64, bytes: Int64, reason: String, matches: [InputMatch] = [],
    // characters: input names are ASCII
    rowDigests: [String: String] = [:], readingRules: Int = ReadingRules.current,
    types: OutputTypes? = nil, isRemovalAllowed: Bool = false
  ) {
    self.run = run
    self.partition = partition
    self.action = action
    self.state = state
    self.definition = definition
    self.inputs = inputs
    self.position = position
    self.content = content
    self.rows = rows
    self.bytes = bytes
    self.reason = reason
    self.matches = matches
    self.rowDigests = rowDigests
    self.readingRules = readingRules
    self.types = types
    self.isRemovalAllowed = isRemovalAllowed && rows == 0
  }
}

/// What is known of a run when it begins.
public struct RunStart: Hashable, Sendable {
  /// The job's name in `dovetail.yaml`.
  public let job: String
  /// What asked for the run.
  public let kind: RunKind
  /// How it treats the positions.
  public let mode: BookmarkMode
  /// `Plan.id`; empty for an operation without a plan.
  public let plan: String
  /// When the inputs were listed.
  public let listedAt: Date
  /// What was asked for, in words; empty for an ordinary run.
  public let detail: String
  /// Why, in the operator's words.
  public let note: String?
  /// Whether it ends after staging, and the operator publishes by hand.
  public let stagesOnly: Bool
  /// The run that it takes back; nil unless it is an undo of a run.
  public let takesBack: RunID?

  /// Creates the beginning of a run.
  public init(
    job: String, kind: RunKind, mode: BookmarkMode = .enable, plan: String = "", listedAt: Date,
    detail: String = "", note: String? = nil, stagesOnly: Bool = false, takesBack: RunID? = nil
  ) {
    self.job = job
    self.kind = kind
    self.mode = mode
    self.plan = plan
    self.listedAt = listedAt
    self.detail = detail
    self.note = note
    self.stagesOnly = stagesOnly
    self.takesBack = takesBack
  }
}

/// What is known of a run when it ends.
public struct RunEnd: Hashable, Sendable {
  /// How it ended; never `.running`.
  public let state: RunState
  /// The size of the data files that were read, in bytes.
  public let bytesRead: Int64
  /// The number of data files that were read.
  public let filesRead: Int
  /// Where the time went.
  public let timings: RunTimings

  /// Creates the end of a run.
  public init(
    state: RunState, bytesRead: Int64 = 0, filesRead: Int = 0, timings: RunTimings = RunTimings()
  ) {
    self.state = state
    self.bytesRead = bytesRead
    self.filesRead = filesRead
    self.timings = timings
  }
}

/// The reader of what waits to be published by hand.
public protocol StagedReader: LedgerReader {
  /// What a run has staged and nobody has published or discarded yet, in the order of the paths.
  func staged(run: RunID) throws -> [PreparedPublish]
}

/// The writer's half of the ledger.
///
/// Each call is one durable transaction.
public protocol LedgerWriter: StagedReader {
  /// Records a run that begins, and marks earlier runs of the job that never ended as interrupted.
  func beginRun(_ start: RunStart, holder: LockHolder) throws -> RunID
  /// Lets a run go on whose staged work units wait: it is running again, under the new holder.
  func resumeRun(_ run: RunID, holder: LockHolder) throws
  /// Marks runs of a job that never ended as interrupted; the caller holds the output's lock.
  ///
  /// - Returns: Whether there was one.
  func interruptRuns(job: String) throws -> Bool
  /// Pins the columns of a table, and the types of pinned columns that had none yet.
  ///
  /// What is pinned already stays as it is. Without a run, an operator pins at once.
  func pin(columns: [SeenColumn], table: String, by pin: PinOrigin) throws
  /// Gives a pinned column a wider type, which makes nothing pending.
  ///
  /// - Throws: `LedgerError` when the column is not pinned.
  func widen(column: String, to type: String, table: String, by pin: PinOrigin) throws
  /// Records that versions have the content of versions that positions or lineages refer to, so that nobody
  /// has to read them again to know.
  func confirm(_ same: [VersionReference: PartitionVersion]) throws
  /// Records where a job publishes from now on.
  ///
  /// Without a run, an output was taken over in which nothing had to be built.
  func claim(_ place: OutputPlace, job: String, run: RunID?) throws
  /// Records what the inputs of a run's job are, where that differs from what was recorded last.
  func accept(_ sources: [String: SourceDescription], run: RunID) throws
  /// Moves positions without building, and records the work units as `.moved` with this reason.
  func move(_ moves: [PositionMove], run: RunID, reason: String) throws
  /// Keeps back what a run would remove, and records the work units as `.held`; nothing else changes.
  func withhold(_ units: [WithheldUnit], run: RunID, count: RemovalCount) throws
  /// Lets go of kept back removals: an operator allows that these partitions go.
  func release(_ partitions: [ExactText], run: RunID) throws
  /// Records that somebody has seen the alarms of a job's runs.
  func acknowledge(_ acknowledgement: AlarmAcknowledgement, job: String) throws
  /// Records what was found of rows that meet none of their own partition.
  func record(_ strays: [StrayMatches]) throws
  /// Keeps staged work units for a later publish, and records them as `.staged`.
  func keep(_ staged: [PreparedPublish]) throws
  /// Forgets staged work units that the operator does not want, and records them as `.cancelled` with this
  /// message.
  func discard(_ partitions: [ExactText], run: RunID, message: String) throws
  /// Publishes that were prepared and neither committed nor rolled back.
  func unfinishedPublishes(job: String) throws -> [PreparedPublish]
  /// Writes journal entries, to be on disk before the first rename.
  ///
  /// A staged work unit of the same run and partition is no longer among the staged ones.
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
