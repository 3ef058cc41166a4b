import Foundation
import Ledger
import PartitionPredicate

extension RemoteLedger {
  /// How large a snapshot may be that every run replaces, since it is then hardly more than a change.
  private static let small: Int64 = 1 << 20
  /// How many changes there may be before there is another snapshot.
  private static let mostChanges = 256

  /// Stores a snapshot of the copy, of a large ledger once the changes since the last one exceed its tenth, and removes
  /// what is older than the last one.
  func storeSnapshot() throws {
    let history = try request { try await $0.history() }
    guard let newest = history.newest else { return }
    let later = history.changes.filter { $0.key > newest.number }
    let size = later.values.reduce(0) { $0 + $1.size }
    guard
      size > newest.object.size / 10 || later.count >= Self.mostChanges
        || !later.isEmpty && newest.object.size <= Self.small
    else { return }
    try withFolder { folder in
      let snapshot = LedgerCopy(path: "\(folder)/snapshot.sqlite")
      try ReadOnlyLedger(path: path).backUp(to: snapshot.path)
      guard let state = try snapshot.state(), later[state.number] != nil else { return }
      try request { objects in
        try await objects.abortUploads()
        _ = try await objects.store(snapshot.path, as: state.number)
        try await objects.remove(before: newest.number, in: history)
      }
    }
  }

  /// Makes an empty ledger the one at the place.
  func create() throws {
    try withFolder { folder in
      let path = "\(folder)/ledger.sqlite"
      _ = try Ledger(path: path)
      try publish(path, after: nil)
    }
    _ = try catchUp()
  }

  /// Makes the ledger with today's tables the one at the place.
  func upgrade() throws {
    try withFolder { folder in
      let path = "\(folder)/ledger.sqlite"
      try ReadOnlyLedger(path: self.path).backUp(to: path)
      let state = try LedgerCopy(path: path).state()
      _ = try Ledger(path: path)
      try publish(path, after: state)
    }
    _ = try catchUp()
  }

  /// Makes a database the ledger after a state: first it is stored as a snapshot, then a commit names it.
  func publish(_ path: String, after before: LedgerState?) throws {
    let state = LedgerState(after: before)
    try withFolder { folder in
      let snapshot = LedgerCopy(path: "\(folder)/snapshot.sqlite")
      try ReadOnlyLedger(path: path).backUp(to: snapshot.path)
      try snapshot.stamp(state)
      try request { objects in
        let digest = try await objects.store(snapshot.path, as: state.number)
        do {
          _ = try await objects.append(StoredChange(snapshot: digest, of: state, after: before))
        } catch LedgerError.overtaken(let place) {
          try? await objects.remove(snapshot: state.number, digest: digest)
          throw LedgerError.overtaken(place: place)
        }
      }
    }
  }

  /// Gives work a folder of its own among the temporary ones, since it may die before it removes it.
  private func withFolder(_ work: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try work(folder.path)
  }
}
