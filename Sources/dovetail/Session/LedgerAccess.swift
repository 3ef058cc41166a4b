import IncrementalJoin
import Ledger
import ObjectStorage
import Synchronization
import Workspace

/// How a workspace's ledger is read and written: a file beside `dovetail.yaml`, or objects in a bucket with a copy in
/// that place.
final class LedgerAccess: Sendable {
  private let workspace: Workspace
  private let clients: ObjectClients
  private let remote = Mutex<RemoteLedger?>(nil)

  init(of workspace: Workspace, _ clients: ObjectClients) {
    self.workspace = workspace
    self.clients = clients
  }

  /// The ledger for reading, as it is now; empty for a workspace that never ran.
  ///
  /// - Throws: `LedgerError`, or `ObjectError` where a store is used.
  func reader() throws -> ReadOnlyLedger {
    guard let remote = try kept() else { return ReadOnlyLedger(path: workspace.ledgerPath) }
    try remote.refresh()
    return ReadOnlyLedger(path: remote.path)
  }

  /// The ledger for writing, which is created if there is none.
  ///
  /// - Throws: `LedgerError`, or `ObjectError` where a store is used.
  func writer() throws -> Ledger {
    guard let remote = try kept() else { return try Ledger(path: workspace.ledgerPath) }
    return try remote.open(insteadOf: workspace.ledgerPath)
  }

  /// Makes the ledger beside `dovetail.yaml` the one in the bucket.
  ///
  /// - Returns: Where it is kept now; nil where the workspace keeps it beside `dovetail.yaml`.
  /// - Throws: `LedgerError`, `ObjectError`.
  func upload() throws -> String? {
    guard let remote = try kept() else { return nil }
    try remote.adopt(workspace.ledgerPath)
    return remote.place
  }

  /// The ledger in the bucket, if the workspace has one.
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
