import CSQLiteSession
import Foundation
import GRDB
import PartitionPredicate

extension Database {
  /// Changes the ledger, and hands what changed to a journal before it is committed.
  ///
  /// The state is read within the transaction, so that all processes that write this copy go on from each other's.
  func write<Value>(
    to journal: any LedgerJournal, path: String, _ updates: (Database) throws -> Value
  ) throws -> Value {
    let recorder = try ChangeRecorder(self)
    let value = try updates(self)
    let changes = try recorder.changes()
    guard !changes.isEmpty else { return value }
    guard let state = try state() else {
      throw LedgerError.corrupt(path: path, detail: "it does not say which state it has")
    }
    try setState(try journal.append(changes, after: state))
    return value
  }

  /// Does what another copy recorded; all of it or nothing.
  func apply(_ changes: Data) throws {
    try changes.withUnsafeBytes { bytes in
      try check(session_apply(sqliteConnection, bytes.baseAddress, Int32(bytes.count)))
    }
  }

  /// Which state this copy says that it has; nil of a ledger that is no copy.
  func state() throws -> LedgerState? {
    guard try tableExists("copy_state") else { return nil }
    return try Row.fetchOne(self, sql: "SELECT number, id, tag FROM copy_state").map { row in
      LedgerState(
        number: try row.value(0, "copy_state.number"), id: try row.value(1, "copy_state.id"),
        tag: try row.value(2, "copy_state.tag"))
    }
  }

  /// Notes the state in the same transaction as what leads to it.
  ///
  /// The table belongs to copies, and is none of the schema's.
  func setState(_ state: LedgerState) throws {
    try execute(
      sql: """
        CREATE TABLE IF NOT EXISTS copy_state (
          only INTEGER PRIMARY KEY CHECK (only = 1),
          number INTEGER NOT NULL CHECK (number >= 0),
          id TEXT NOT NULL CHECK (id <> ''),
          tag TEXT CHECK (tag <> '')
        ) STRICT
        """)
    try execute(
      sql: "INSERT OR REPLACE INTO copy_state VALUES (1, ?, ?, ?)",
      arguments: [state.number, state.id, state.tag])
  }

  fileprivate func check(_ code: Int32) throws {
    guard code != 0 else { return }
    throw DatabaseError(resultCode: ResultCode(rawValue: code))
  }
}

/// Records what a connection changes while it lives.
private struct ChangeRecorder: ~Copyable {
  private let session: OpaquePointer

  init(_ database: Database) throws {
    var session: OpaquePointer?
    try database.check(session_begin(database.sqliteConnection, &session))
    guard let session else { throw DatabaseError(resultCode: .SQLITE_NOMEM) }
    self.session = session
  }

  deinit { session_end(session) }

  func changes() throws -> Data {
    var bytes: UnsafeMutableRawPointer?
    var count: Int32 = 0
    let code = session_changes(session, &bytes, &count)
    defer { session_free(bytes) }
    guard code == 0 else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    return bytes.map { Data(bytes: $0, count: Int(count)) } ?? Data()
  }
}
