import Foundation
import GRDB
public import IncrementalJoin
import Synchronization

/// The ledger of a workspace for commands that only read: it creates and migrates nothing.
///
/// A ledger that is absent answers as an empty one, until a run creates it. All calls block and throw
/// `LedgerError`: `.notADatabase`, `.corrupt`, `.newer` or `.cannotOpen`.
public final class ReadOnlyLedger: Sendable {
  /// The path of the database.
  public let path: String
  private let connection = Mutex<DatabasePool?>(nil)

  /// Names a ledger, which is opened when it is first read.
  public init(path: String) {
    self.path = path
  }

  /// The connections; nil while there is no ledger.
  private func pool() throws -> DatabasePool? {
    try connection.withLock { open in
      if let open { return open }
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      var configuration = Configuration.ledger
      configuration.readonly = true
      let pool = try DatabasePool(path: path, configuration: configuration)
      let migrator = DatabaseMigrator.ledger
      if let unknown = try pool.read(migrator.unknownMigration) {
        throw LedgerError.newer(path: path, schema: unknown)
      }
      // A process that creates the ledger at this moment may not have made the tables yet.
      guard try pool.read(migrator.hasCompletedMigrations) else { return nil }
      open = pool
      return pool
    }
  }

  private func read<Value>(
    absent: Value, _ query: (Database) throws -> Value
  ) throws(LedgerError) -> Value {
    do {
      return try pool()?.read(query) ?? absent
    } catch {
      throw LedgerError(error, path: path)
    }
  }
}

extension ReadOnlyLedger: LedgerReader {
  /// The newest position of every output partition of a job, by path.
  public func positions(job: String) throws -> [String: Position] {
    try read(absent: [:]) { try $0.positions(job: job) }
  }

  /// The newest lineage of every output partition of a job, by path.
  public func lineages(job: String) throws -> [String: Lineage] {
    try read(absent: [:]) { try $0.lineages(job: job) }
  }

  /// The files of versions, digests included; versions that are unknown are left out.
  public func files(of versions: [VersionReference]) throws -> [VersionReference: [DataFile]] {
    try read(absent: [:]) { try $0.files(of: versions) }
  }

  /// The columns that were pinned when a table was first read; nil when it never was.
  public func pinnedColumns(table: String) throws -> [IncrementalJoin.Column]? {
    try read(absent: nil) { try $0.pinnedColumns(table: table) }
  }

  /// Runs, newest first; of all jobs when `job` is nil.
  public func runs(job: String?, limit: Int) throws -> [RunRecord] {
    try read(absent: []) { try $0.runs(job: job, limit: limit) }
  }

  /// The work units of a run, in the order of their partitions' paths.
  public func workUnits(run: RunID) throws -> [WorkUnitRecord] {
    try read(absent: []) { try $0.workUnits(run: run) }
  }

  /// The output partitions with an open journal entry, in the order of their paths.
  public func unfinishedPartitions(job: String) throws -> [String] {
    try read(absent: []) { try $0.unfinishedPartitions(job: job) }
  }
}
