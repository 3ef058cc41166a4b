import GRDB

extension LedgerError {
  /// Tells what an error of SQLite means for the ledger at a path.
  init(_ error: any Error, path: String) {
    if let error = error as? LedgerError {
      self = error
      return
    }
    guard let error = error as? DatabaseError else {
      self = .failed(path: path, reason: "\(error)")
      return
    }
    let reason = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_NOTADB: self = .notADatabase(path: path)
    case .SQLITE_CORRUPT: self = .corrupt(path: path, detail: reason)
    case .SQLITE_READONLY: self = .readOnly(path: path)
    case .SQLITE_FULL: self = .full(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_CANTOPEN:
      self = LedgerPlace(path).trouble ?? .cannotOpen(path: path, reason: reason)
    default: self = LedgerPlace(path).trouble ?? .failed(path: path, reason: reason)
    }
  }
}
