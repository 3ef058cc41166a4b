public import Foundation

/// One publish as the journal names it before the first rename, with all that recovery needs to commit it.
public struct PreparedPublish: Hashable, Sendable {
  /// The run that staged the content.
  public let run: RunID
  /// The output partition's canonical path.
  public let partition: String
  /// nil when there is nothing to rename: an empty result that was never published.
  public let action: PublishAction?
  /// `JobDefinition.fingerprint` at that time: a SHA-256 in hexadecimal.
  public let definition: String
  /// The versions that the content was built from, by input name.
  public let inputs: [String: PartitionVersion]
  /// Rows staged; 0 when the partition's result is empty.
  public let rows: Int64
  /// The size of the staged files, in bytes.
  public let bytes: Int64
  /// Why the partition was built, as history shows it.
  public let reason: String

  /// Creates a journal entry.
  public init(
    run: RunID, partition: String, action: PublishAction?, definition: String,
    inputs: [String: PartitionVersion], rows: Int64, bytes: Int64, reason: String
  ) {
    self.run = run
    self.partition = partition
    self.action = action
    self.definition = definition
    self.inputs = inputs
    self.rows = rows
    self.bytes = bytes
    self.reason = reason
  }
}

/// The writer's half of the ledger.
///
/// Each call is one durable transaction.
public protocol LedgerWriter: LedgerReader {
  /// Records a run that begins, and marks earlier runs of the job that never ended as interrupted.
  func beginRun(job: String, kind: RunKind, plan: String, listedAt: Date, holder: LockHolder) throws
    -> RunID
  /// Marks runs of a job that never ended as interrupted; the caller holds the output's lock.
  ///
  /// - Returns: Whether there was one.
  func interruptRuns(job: String) throws -> Bool
  /// Pins the columns of a table that has none pinned yet.
  func pin(columns: [Column], table: String) throws
  /// Publishes that were prepared and neither committed nor rolled back.
  func unfinishedPublishes(job: String) throws -> [PreparedPublish]
  /// Writes journal entries, to be on disk before the first rename.
  func prepare(_ publishes: [PreparedPublish]) throws
  /// Advances lineage and position for prepared publishes that were carried out, records their work
  /// units, and closes their journal entries.
  func commit(_ publishes: [PreparedPublish]) throws
  /// Closes journal entries whose publish was not carried out. Nothing else changes.
  func rollBack(_ publishes: [PreparedPublish]) throws
  /// Records work units that ended without a commit.
  func record(_ units: [WorkUnitRecord], run: RunID) throws
  /// Records how a run ended.
  func finishRun(_ run: RunID, state: RunState, bytesRead: Int64, filesRead: Int) throws
}
