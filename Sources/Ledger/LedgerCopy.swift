public import Foundation
import GRDB
public import PartitionPredicate

/// A copy on this machine of a ledger that is kept elsewhere: a database like every other ledger's, which also knows
/// which state of the ledger it has.
///
/// All calls block and throw `LedgerError`.
public struct LedgerCopy: Sendable {
  /// What comes after a state.
  public struct Change: Sendable {
    /// The id of the state before.
    public let before: ExactText
    /// The state with it.
    public let state: LedgerState
    /// What a journal was given.
    public let changes: Data

    /// Creates a change.
    public init(before: ExactText, state: LedgerState, changes: Data) {
      self.before = before
      self.state = state
      self.changes = changes
    }
  }

  /// The path of the database.
  public let path: String

  /// Names a copy.
  public init(path: String) { self.path = path }

  /// Whether there is a file.
  public func exists() throws(LedgerError) -> Bool { try LedgerPlace(path).exists() }

  /// Which state the copy has; nil when there is none, and of a ledger that is no copy.
  public func state() throws(LedgerError) -> LedgerState? {
    guard try exists() else { return nil }
    return try attempt { try open().read { try $0.state() } }
  }

  /// Whether an earlier Dovetail made the tables.
  public func isOlder() throws(LedgerError) -> Bool {
    try attempt {
      try open().read { database in
        let migrator = DatabaseMigrator.ledger
        return try migrator.unknownMigration(database) == nil
          && !migrator.hasCompletedMigrations(database)
      }
    }
  }

  /// Says which state the copy has, whatever it said before.
  public func stamp(_ state: LedgerState) throws(LedgerError) {
    try attempt { try open().write { try $0.setState(state) } }
  }

  /// Notes the tag of a state, while the copy has it.
  public func noteTag(of state: LedgerState) throws(LedgerError) {
    try attempt {
      try open().write { database in
        if try database.state()?.id == state.id { try database.setState(state) }
      }
    }
  }

  /// Does what others recorded, in one transaction; what another process has done meanwhile is left out.
  ///
  /// - Returns: Whether the changes fit the state that the copy has; if not, nothing is done.
  public func apply(_ changes: [Change]) throws(LedgerError) -> Bool {
    do {
      try open().write { database in
        var state = try database.state()
        for change in changes where change.state.number > (state?.number ?? -1) {
          guard change.before == state?.id else { throw Misfit() }
          try database.apply(change.changes)
          state = change.state
        }
        if let state { try database.setState(state) }
      }
      return true
    } catch is Misfit {
      return false
    } catch let error as DatabaseError
      where [.SQLITE_ABORT, .SQLITE_CONSTRAINT, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      return false
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  private struct Misfit: Error {}

  /// Takes over what another copy has, whose file is used up.
  ///
  /// Who has this copy open sees the other content from then on. A file that is no copy is removed.
  public func replace(by other: LedgerCopy) throws(LedgerError) {
    if (try? state()) == nil {
      try attempt {
        for end in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + end) {
          try FileManager.default.removeItem(atPath: path + end)
        }
        try FileManager.default.moveItem(atPath: other.path, toPath: path)
        // Readers and a writer do not wait for each other then.
        try open().writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
      }
    } else {
      try attempt {
        try other.open().backup(to: open())
        try FileManager.default.removeItem(atPath: other.path)
      }
    }
  }

  private func open() throws -> DatabaseQueue {
    try DatabaseQueue(path: path, configuration: .ledger)
  }

  private func attempt<Value>(_ body: () throws -> Value) throws(LedgerError) -> Value {
    do {
      return try body()
    } catch {
      throw LedgerError(error, path: path)
    }
  }
}
