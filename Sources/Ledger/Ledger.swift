import Foundation
import GRDB
public import IncrementalJoin

/// The ledger of a workspace: what was consumed, built, published and run, in one SQLite database.
///
/// Any number of processes may read it while one writes. Every write is one transaction that is on disk
/// when the call returns; a write that throws changes nothing. All calls block.
public final class Ledger: Sendable {
  /// The path of the database.
  public let path: String
  let pool: DatabasePool

  /// Opens the ledger for writing.
  ///
  /// The folder and the database are created when they are absent, and a ledger of an earlier Dovetail
  /// is brought up to date.
  ///
  /// - Parameter path: The database file, by convention `.dovetail/ledger.sqlite` beside `dovetail.yaml`.
  /// - Throws: `LedgerError`: `.cannotOpen` when folder or file cannot be opened or created,
  ///   `.notADatabase`, `.corrupt`, `.newer`, `.readOnly` or `.full`.
  public init(path: String) throws(LedgerError) {
    self.path = path
    do {
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    } catch {
      throw .cannotOpen(path: path, reason: "its folder cannot be created")
    }
    do {
      pool = try Self.open(path: path)
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  private static func open(path: String) throws -> DatabasePool {
    let pool = try DatabasePool(path: path, configuration: .ledger)
    try pool.writeWithoutTransaction { database in
      // The pool's default in WAL mode may lose the last transactions with the power; a journal entry
      // has to survive it before the first rename.
      try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON")
    }
    let migrator = DatabaseMigrator.ledger
    if let unknown = try pool.read(migrator.unknownMigration) {
      throw LedgerError.newer(path: path, schema: unknown)
    }
    do {
      try migrator.migrate(pool)
    } catch {
      // Two processes may create the ledger at once; the slower one finds the tables made.
      guard (try? pool.read(migrator.hasCompletedMigrations)) == true else { throw error }
    }
    return pool
  }

  /// Runs one durable transaction, all or nothing.
  func write<Value>(_ updates: (Database) throws -> Value) throws(LedgerError) -> Value {
    do {
      return try pool.write(updates)
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  private func read<Value>(_ query: (Database) throws -> Value) throws(LedgerError) -> Value {
    do {
      return try pool.read(query)
    } catch {
      throw LedgerError(error, path: path)
    }
  }
}

extension Ledger: LedgerReader {
  /// The newest position of every output partition of a job, by path.
  public func positions(job: String) throws -> [String: Position] {
    try read { try $0.positions(job: job) }
  }

  /// The newest lineage of every output partition of a job, by path.
  public func lineages(job: String) throws -> [String: Lineage] {
    try read { try $0.lineages(job: job) }
  }

  /// The files of versions, digests included; versions that are unknown are left out.
  public func files(of versions: [VersionReference]) throws -> [VersionReference: [DataFile]] {
    try read { try $0.files(of: versions) }
  }

  /// The columns that were pinned when a table was first read; nil when it never was.
  public func pinnedColumns(table: String) throws -> [IncrementalJoin.Column]? {
    try read { try $0.pinnedColumns(table: table) }
  }

  /// Runs, newest first; of all jobs when `job` is nil.
  public func runs(job: String?, limit: Int) throws -> [RunRecord] {
    try read { try $0.runs(job: job, limit: limit) }
  }

  /// The work units of a run, in the order of their partitions' paths.
  public func workUnits(run: RunID) throws -> [WorkUnitRecord] {
    try read { try $0.workUnits(run: run) }
  }

  /// The output partitions with an open journal entry, in the order of their paths.
  public func unfinishedPartitions(job: String) throws -> [String] {
    try read { try $0.unfinishedPartitions(job: job) }
  }
}
