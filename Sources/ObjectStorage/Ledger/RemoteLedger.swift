public import Foundation
public import IncrementalJoin
public import Ledger
import PartitionPredicate

/// A ledger that is kept in an object store, with a copy on this machine that is read and written as every ledger.
///
/// Below its place the store has `change-<number>`, one small object a commit, written only if there is none of this
/// number, so that who was overtaken cannot commit; and `snapshot-<number>-<digest>`, the whole database as of a commit,
/// from which a machine without a copy begins. The copy notes in its own transactions which commit it has; one that does
/// not continue what the store has is fetched anew. All calls block.
public final class RemoteLedger: Sendable {
  /// For people: `s3://bucket/prefix`.
  public var place: String { objects.place }
  /// The local copy, for `ReadOnlyLedger` after a `refresh`.
  public let path: String
  let objects: LedgerObjects
  let copy: LedgerCopy
  let folder: String
  private let thread: RequestThread

  /// Names a ledger; nothing is asked for yet.
  ///
  /// - Parameters:
  ///   - place: The bucket, and what the keys of the ledger's objects begin with.
  ///   - client: Makes the requests.
  ///   - cache: The folder for copies, each place's in one of its own; made when it is missing.
  /// - Throws: `ThreadError` when the system starts no thread for the requests.
  public init(_ place: ObjectPlace, client: any ObjectClient, cache: String) throws(ThreadError) {
    objects = LedgerObjects(client, at: place)
    folder = "\(cache)/\(SHA256.hash(objects.place).prefix(16))"
    path = "\(folder)/ledger.sqlite"
    copy = LedgerCopy(path: path)
    thread = try RequestThread()
  }

  /// Brings the copy up to date: one listing where nothing has changed.
  ///
  /// - Returns: Whether there is a ledger at the place. Without one there is no copy either.
  /// - Throws: `LedgerError`: `.gone` where there is none any more, `.unreachable`, `.broken`, `.newer`, and what SQLite
  ///   answers for the copy.
  @discardableResult
  public func refresh() throws(LedgerError) -> Bool {
    try asLedgerError { try alone { try catchUp() } }
  }

  /// Brings the copy up to date and opens it for writing; the ledger is created where there is none.
  ///
  /// The tables of an earlier Dovetail are brought up to date for all machines, by a snapshot.
  ///
  /// - Parameter local: Where the ledger lay before; while it is there, none is created in its stead.
  /// - Returns: The copy, each of whose writes is one of the ledger.
  /// - Throws: `LedgerError`, as `refresh` does; `.notUploaded`; `.overtaken` by who creates it or brings it up to date at
  ///   the same time.
  public func open(insteadOf local: String? = nil) throws(LedgerError) -> Ledger {
    try asLedgerError {
      try alone {
        if try !catchUp() {
          if let local, try LedgerCopy(path: local).exists() {
            throw LedgerError.notUploaded(place: place, path: local)
          }
          try create()
        }
        if try copy.isOlder() { try upgrade() }
      }
      return try Ledger(path: path, journal: self)
    }
  }

  /// Makes a ledger of this machine, which is left as it is, the one at the place.
  ///
  /// - Throws: `LedgerError`: `.absent` without such a ledger; `.occupied` where there is one at the place; `.unreachable`,
  ///   `.uncertain`, `.overtaken`.
  public func adopt(_ local: String) throws(LedgerError) {
    try asLedgerError {
      try alone {
        guard try request({ try await $0.history() }).changes.isEmpty else {
          throw LedgerError.occupied(place: place)
        }
        try publish(local, after: nil)
      }
    }
  }

  // MARK: - Requests

  /// Blocks until requests are made.
  func request<Value: Sendable>(
    _ work: @escaping @Sendable (LedgerObjects) async throws -> Value
  ) throws -> Value {
    try thread.wait { [objects] in try await work(objects) }
  }

  /// Does work while no other process, and no other part of this one, does such work for the same copy.
  private func alone<Value>(_ work: () throws -> Value) throws -> Value {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let lock = Foundation.open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    defer { if lock >= 0 { close(lock) } }
    // Closing gives it up.
    while lock >= 0, flock(lock, LOCK_EX) != 0, errno == EINTR {}
    return try work()
  }

  private func asLedgerError<Value>(_ work: () throws -> Value) throws(LedgerError) -> Value {
    do {
      return try work()
    } catch let error as LedgerError {
      throw error
    } catch let error as ObjectError {
      throw .unreachable(place: place, reason: "\(error)")
    } catch let misfit as Misfit {
      throw .broken(place: place, reason: misfit.reason)
    } catch {
      throw .cannotOpen(path: path, reason: error.localizedDescription)
    }
  }
}

extension RemoteLedger: LedgerJournal {
  /// Writes a commit as the object of the next number.
  ///
  /// - Throws: `LedgerError`: `.overtaken` where another machine has committed; `.unreachable`; `.uncertain`.
  public func append(_ changes: Data, after state: LedgerState) throws(LedgerError) -> LedgerState {
    try asLedgerError {
      var next = LedgerState(after: state)
      let change = StoredChange(changes, to: next, after: state)
      next.tag = try request { try await $0.append(change) }
      return next
    }
  }

  /// Brings the copy up to date.
  public func follow() throws(LedgerError) { try refresh() }

  /// Stores a snapshot where that is due.
  public func tidy() { try? storeSnapshot() }
}
