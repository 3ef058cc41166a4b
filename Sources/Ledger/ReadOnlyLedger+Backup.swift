import Foundation
import GRDB

extension ReadOnlyLedger {
  /// Copies the ledger into a new file, as it is at one instant, while others may write it.
  ///
  /// The copy is one file without a log beside it. It gets its name once it is complete and on disk.
  ///
  /// - Parameter path: Where the copy goes; there must be no file of this name.
  /// - Throws: `LedgerError`: `.absent` when there is no ledger yet, `.backupExists`, and what SQLite answers
  ///   to reading the one file or writing the other.
  public func backUp(to path: String) throws(LedgerError) {
    let files = FileManager.default
    guard try LedgerPlace(self.path).exists() else { throw .absent(path: self.path) }
    guard !files.fileExists(atPath: path) else { throw .backupExists(path: path) }
    let unfinished = "\(path).unfinished"
    try? files.removeItem(atPath: unfinished)
    defer { try? files.removeItem(atPath: unfinished) }
    do {
      var configuration = Configuration.ledger
      configuration.readonly = true
      let ledger = try DatabaseQueue(path: self.path, configuration: configuration)
      Self.note(ledger, at: self.path)
      try ledger.copy(to: unfinished)
    } catch {
      let isOfCopy = (error as? DatabaseError)?.resultCode == .SQLITE_CANTOPEN
      throw LedgerError(error, path: isOfCopy ? path : self.path)
    }
    do {
      try files.moveItem(atPath: unfinished, toPath: path)
    } catch {
      throw .backupExists(path: path)
    }
  }
}

extension DatabaseMigrator {
  /// Copies a ledger whose tables are about to change into a file beside it, unless there is a copy already.
  func backUp(_ ledger: DatabasePool) throws {
    let applied = try ledger.read(appliedIdentifiers)
    guard let schema = migrations.last(where: applied.contains), schema != migrations.last else {
      return
    }
    let files = FileManager.default
    let path = "\(ledger.path).\(schema)"
    let unfinished = "\(path).\(UUID().uuidString)"
    guard !files.fileExists(atPath: path) else { return }
    defer { try? files.removeItem(atPath: unfinished) }
    try ledger.copy(to: unfinished)
    // Another process may have changed the tables meanwhile, and has made a copy before.
    guard !files.fileExists(atPath: path) else { return }
    do {
      try files.moveItem(atPath: unfinished, toPath: path)
    } catch {
      guard files.fileExists(atPath: path) else { throw error }
    }
  }
}

extension DatabaseReader {
  /// Copies a database into a new file, as it is at one instant.
  fileprivate func copy(to path: String) throws {
    let copy = try DatabaseQueue(path: path, configuration: .ledger)
    try backup(to: copy)
    // The copy says, as the ledger does, that it has a log; without one it is a single file.
    try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    try copy.close()
  }
}
