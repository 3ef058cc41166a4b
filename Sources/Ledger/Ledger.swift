import Foundation
import GRDB

/// The ledger of a workspace: what was consumed, built, published and run, in one SQLite database.
///
/// Any number of processes may read it while one writes. Every write is one transaction that is on disk
/// when the call returns; a write that throws changes nothing. All calls block.
public final class Ledger: Sendable {
  /// The path of the database.
  public let path: String
  let pool: DatabasePool
  let journal: (any LedgerJournal)?

  /// Opens the ledger for writing.
  ///
  /// The folder and the database are created when they are absent, and a ledger of an earlier Dovetail
  /// is brought up to date, of which a copy stays beside it: of the fifth schema `ledger.sqlite.v5`.
  ///
  /// - Parameters:
  ///   - path: The database file, by convention `.dovetail/ledger.sqlite` beside `dovetail.yaml`.
  ///   - journal: What every change is handed to before it is committed, where the database is a copy (`LedgerCopy`) of
  ///     this version's schema; nil for a ledger that is kept here.
  /// - Throws: `LedgerError`: `.cannotOpen` when folder or file cannot be opened or created,
  ///   `.notADatabase`, `.corrupt`, `.newer`, `.readOnly` or `.full`.
  public init(path: String, journal: (any LedgerJournal)? = nil) throws(LedgerError) {
    self.path = path
    self.journal = journal
    try LedgerPlace(path).makeFolder()
    let isMigrated: Bool
    do {
      (pool, isMigrated) = try Self.open(path: path)
    } catch {
      throw LedgerError(error, path: path)
    }
    // The tables are made of many small steps, whose log is larger than they are.
    if isMigrated { checkpoint() }
  }

  deinit { checkpoint() }

  /// Puts what the log holds into the database's file, so that the file alone is the whole ledger.
  ///
  /// What other processes still read stays in the log too; it is no error.
  func checkpoint() {
    try? pool.writeWithoutTransaction { database in
      guard case let (frames, done) = try database.checkpoint(.passive), frames == done else {
        return
      }
      // To empty the log waits for its readers, and is not worth much of a wait.
      try database.execute(sql: "PRAGMA busy_timeout = 100")
      defer { try? database.execute(sql: "PRAGMA busy_timeout = 10000") }
      _ = try database.checkpoint(.truncate)
    }
  }

  /// Opens the database, and says whether its tables were made or brought up to date.
  private static func open(path: String) throws -> (pool: DatabasePool, isMigrated: Bool) {
    let pool = try DatabasePool(path: path, configuration: .ledger)
    ReadOnlyLedger.note(pool, at: path)
    try pool.writeWithoutTransaction { database in
      // The pool's default in WAL mode may lose the last transactions with the power; a journal entry
      // has to survive it before the first rename.
      try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON")
    }
    let migrator = DatabaseMigrator.ledger
    if let unknown = try pool.read(migrator.unknownMigration) {
      throw LedgerError.newer(path: path, schema: unknown)
    }
    if try pool.read(migrator.hasCompletedMigrations) { return (pool, false) }
    // Nobody copies what another process has half done.
    try LedgerPlace(path).alone {
      try migrator.backUp(pool)
      try migrate(pool, migrator)
    }
    return (pool, true)
  }

  /// Brings the tables up to date.
  ///
  /// Two processes may do so at once where nothing locks: the slower one finds that a migration was made meanwhile, and goes
  /// on with the next one.
  private static func migrate(_ pool: DatabasePool, _ migrator: DatabaseMigrator) throws {
    while true {
      let applied = try pool.read(migrator.appliedIdentifiers)
      do {
        return try migrator.migrate(pool)
      } catch {
        guard try pool.read(migrator.appliedIdentifiers) != applied else { throw error }
      }
    }
  }

  /// Runs one durable transaction, all or nothing.
  ///
  /// Where a machine that writes the same ledger was faster, the transaction is made anew after what it has committed, as two
  /// processes take turns at one database: what no longer holds is refused by the transaction itself.
  ///
  /// - Parameters:
  ///   - job: The job of which the transaction relies on being the only writer: with another run of it since, it is not
  ///     made anew.
  ///   - updates: What is changed.
  /// - Returns: What `updates` returns.
  /// - Throws: `LedgerError.overtaken` where others are faster again and again, or have run the job.
  func write<Value>(
    aloneFor job: String? = nil, _ updates: (Database) throws -> Value
  ) throws(LedgerError) -> Value {
    for _ in 1..<Self.tries {
      do throws(LedgerError) {
        return try writeOnce(updates)
      } catch .overtaken(let place) {
        let before = try job.map { job throws(LedgerError) in try lastRun(of: job) }
        try journal?.follow()
        let after = try job.map { job throws(LedgerError) in try lastRun(of: job) }
        if before != after { throw .overtaken(place: place) }
      }
    }
    return try writeOnce(updates)
  }

  /// How often a transaction is made.
  private static let tries = 20

  private func lastRun(of job: String) throws(LedgerError) -> Int64? {
    try read { database in
      try Int64.fetchOne(
        database, sql: "SELECT max(id) FROM run WHERE job = ?", arguments: [job])
    }
  }

  private func writeOnce<Value>(
    _ updates: (Database) throws -> Value
  ) throws(LedgerError) -> Value {
    do {
      return try pool.write { database in
        guard let journal else { return try updates(database) }
        return try database.write(to: journal, path: path, updates)
      }
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  /// Reads one state of the ledger, however long it takes.
  func read<Value>(_ query: (Database) throws -> Value) throws(LedgerError) -> Value {
    do {
      return try pool.read(query)
    } catch {
      throw LedgerError(error, path: path)
    }
  }
}
