/// The number of a run, unique in a workspace and rising.
public typealias RunID = Int64

/// What of one input counts as consumed for one output partition, or was built from.
public struct VersionReference: Hashable, Sendable {
  /// `PartitionVersion.id`.
  public let version: String
  /// `PartitionVersion.identity`.
  public let identity: String

  /// Creates a reference.
  public init(version: String, identity: String) {
    self.version = version
    self.identity = identity
  }

  /// Refers to a version.
  public init(_ version: PartitionVersion) {
    self.init(version: version.id, identity: version.identity)
  }
}

/// The newest position of one output partition: what counts as consumed.
public struct Position: Hashable, Sendable {
  /// The run whose commit moved the position to where it is.
  public let run: RunID
  /// `JobDefinition.fingerprint` at that time.
  public let definition: String
  /// By input name; an input without files in this partition has no entry.
  public let inputs: [String: VersionReference]

  /// Creates a position.
  public init(run: RunID, definition: String, inputs: [String: VersionReference]) {
    self.run = run
    self.definition = definition
    self.inputs = inputs
  }
}

/// What the published content of one output partition was built from.
public struct Lineage: Hashable, Sendable {
  /// The run that built the published content.
  public let run: RunID
  /// `JobDefinition.fingerprint` at that time: a SHA-256 in hexadecimal.
  public let definition: String
  /// By input name; an input without files in this partition has no entry.
  public let inputs: [String: VersionReference]
  /// 0 for a partition whose result is empty and that has no published folder.
  public let rows: Int64
  /// The size of the published files, in bytes; 0 without a published folder.
  public let bytes: Int64

  /// Creates a lineage.
  public init(
    run: RunID, definition: String, inputs: [String: VersionReference], rows: Int64, bytes: Int64
  ) {
    self.run = run
    self.definition = definition
    self.inputs = inputs
    self.rows = rows
    self.bytes = bytes
  }
}

/// The readers' half of the ledger: what was consumed, built and run.
///
/// Output partitions are named by their canonical path. All calls block; any of them throws what
/// the store throws.
public protocol LedgerReader: Sendable {
  /// The newest position of every output partition of a job.
  func positions(job: String) throws -> [String: Position]
  /// The newest lineage of every output partition of a job.
  func lineages(job: String) throws -> [String: Lineage]
  /// The files of versions, digests included; versions that are unknown are left out.
  func files(of versions: [VersionReference]) throws -> [VersionReference: [DataFile]]
  /// The columns that were pinned when a table was first read; nil when it never was.
  func pinnedColumns(table: String) throws -> [Column]?
  /// Runs, newest first; of all jobs when `job` is nil.
  func runs(job: String?, limit: Int) throws -> [RunRecord]
  /// The work units of a run, in the order of their partitions' paths.
  func workUnits(run: RunID) throws -> [WorkUnitRecord]
  /// The output partitions whose publish was prepared and neither committed nor rolled back: an
  /// earlier run was interrupted, and the next one recovers.
  func unfinishedPartitions(job: String) throws -> [String]
}
