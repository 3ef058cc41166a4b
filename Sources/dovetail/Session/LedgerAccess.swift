import IncrementalJoin
import Ledger
import ObjectStorage
import Synchronization
import Workspace

/// How a workspace's ledger is read and written: a file beside `dovetail.yaml`, or the objects of a place in a bucket, of
/// which a copy lies there.
final class LedgerAccess: Sendable {
  private let workspace: Workspace
  private let clients: ObjectClients
  private let remote = Mutex<RemoteLedger?>(nil)

  init(of workspace: Workspace, _ clients: ObjectClients) {
    self.workspace = workspace
    self.clients = clients
  }

  /// The ledger for reading, as it is now; a workspace that never ran has an empty one.
  ///
  /// - Throws: `LedgerError`, `ObjectError` where a store is asked.
  func reader() throws -> ReadOnlyLedger {
    guard let remote = try kept() else { return ReadOnlyLedger(path: workspace.ledgerPath) }
    try remote.refresh()
    return ReadOnlyLedger(path: remote.path)
  }

  /// The ledger for writing, which is made where there is none.
  ///
  /// - Throws: `LedgerError`, `ObjectError` where a store is asked.
  func writer() throws -> Ledger {
    guard let remote = try kept() else { return try Ledger(path: workspace.ledgerPath) }
    return try remote.open(insteadOf: workspace.ledgerPath)
  }

  /// Makes the ledger that lies beside `dovetail.yaml` the one in the bucket.
  ///
  /// - Returns: Where it is kept now; nil where the workspace keeps it beside `dovetail.yaml`.
  /// - Throws: `LedgerError`, `ObjectError`.
  func upload() throws -> String? {
    guard let remote = try kept() else { return nil }
    try remote.adopt(workspace.ledgerPath)
    return remote.place
  }

  /// The ledger in the bucket, if there is to be one.
  private func kept() throws -> RemoteLedger? {
    guard let location = workspace.ledger else { return nil }
    return try remote.withLock { remote in
      if let remote { return remote }
      let place = ObjectPlace(folder: location)
      let ledger = try RemoteLedger(
        place, client: clients.client(of: place.bucket),
        cache: "\(workspace.stateFolder)/ledgers")
      remote = ledger
      return ledger
    }
  }
}
