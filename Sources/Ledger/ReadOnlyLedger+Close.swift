import Foundation
import GRDB
import PartitionPredicate
import Synchronization

extension ReadOnlyLedger {
  /// What this process has opened of ledgers.
  private struct Opened {
    var paths: Set<ExactText> = []
    var connections: [Opening] = []
  }

  private struct Opening {
    weak var database: (any DatabaseReader)?
  }

  private static let opened = Mutex(Opened())

  /// Notes that a ledger is open, so that `closeAll` closes it.
  static func note(_ database: any DatabaseReader, at path: String) {
    opened.withLock { opened in
      opened.paths.insert(path.exact)
      opened.connections.removeAll { $0.database == nil }
      opened.connections.append(Opening(database: database))
    }
  }

  /// Closes all ledgers that this process has open, at its end, and removes the empty log that SQLite makes beside a
  /// database for whoever opens it.
  ///
  /// A log that another process uses stays, and so does one that has what another process committed.
  public static func closeAll() {
    let (paths, databases) = opened.withLock { opened in
      defer { opened = Opened() }
      return (opened.paths, opened.connections.compactMap { $0.database })
    }
    for database in databases { try? database.close() }
    for path in paths { removeEmptyLog(beside: path.text) }
  }

  /// Removes the log of a ledger that has nothing in it and that nobody uses.
  ///
  /// A connection that only reads leaves it when it is closed. One that may write, as this one here that writes nothing, lets
  /// SQLite remove it, if it is the last one of all processes.
  static func removeEmptyLog(beside path: String) {
    let sizes = ["-wal", "-shm"].map { size(of: path + $0) }
    guard sizes[0] ?? 0 == 0, sizes.contains(where: { $0 != nil }) else { return }
    var configuration = Configuration.ledger
    configuration.busyMode = .immediateError
    guard let database = try? DatabaseQueue(path: path, configuration: configuration) else {
      return
    }
    _ = try? database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
    try? database.close()
  }

  private static func size(of path: String) -> Int64? {
    var facts = stat()
    return stat(path, &facts) == 0 ? Int64(facts.st_size) : nil
  }
}
