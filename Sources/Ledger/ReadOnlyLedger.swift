import Foundation
import GRDB
import Synchronization

/// The ledger of a workspace for commands that only read: it creates and migrates nothing.
///
/// A ledger that is absent answers as an empty one, until a run creates it; one that an earlier Dovetail
/// made is read through a copy in memory, until a run brings it up to date. All calls block and throw
/// `LedgerError`: `.notADatabase`, `.corrupt`, `.newer` or `.cannotOpen`.
public final class ReadOnlyLedger: Sendable {
  /// The path of the database.
  public let path: String
  private let connection = Mutex<Connection?>(nil)

  private enum Connection {
    case current(DatabasePool)
    case older(OlderLedger)
  }

  /// Names a ledger, which is opened when it is first read.
  public init(path: String) {
    self.path = path
  }

  /// A connection; nil while there is no ledger.
  private func reader() throws -> (any DatabaseReader)? {
    try connection.withLock { open in
      switch open {
      case .current(let pool): return pool
      case .older(let ledger) where try ledger.isUpToDate(): return ledger.copy
      case .older, nil: break
      }
      guard try LedgerPlace(path).exists() else { return nil }
      var configuration = Configuration.ledger
      configuration.readonly = true
      let pool = try DatabasePool(path: path, configuration: configuration)
      Self.note(pool, at: path)
      let migrator = DatabaseMigrator.ledger
      if let unknown = try pool.read(migrator.unknownMigration) {
        throw LedgerError.newer(path: path, schema: unknown)
      }
      // A process that creates the ledger at this moment may not have made the tables yet.
      if try pool.read(migrator.appliedIdentifiers).isEmpty { return nil }
      guard try pool.read(migrator.hasCompletedMigrations) else {
        let ledger = try OlderLedger(path: path)
        open = .older(ledger)
        return ledger.copy
      }
      open = .current(pool)
      return pool
    }
  }

  /// Reads one state of the ledger; `absent` while there is none.
  func read<Value>(
    absent: Value, _ query: (Database) throws -> Value
  ) throws(LedgerError) -> Value {
    do {
      return try reader()?.read(query) ?? absent
    } catch {
      throw LedgerError(error, path: path)
    }
  }
}
