import Foundation
import Ledger
import PartitionPredicate

extension RemoteLedger {
  /// How many changes are read at once.
  private static let batch = 16

  /// Brings the copy up to date; says whether there is a ledger.
  func catchUp() throws -> Bool {
    var reason = ""
    // Without trust everything is fetched anew; a second time, because what is removed meanwhile has a successor.
    for trustsCopy in [true, false, false] {
      do {
        return try catchUp(trustsCopy: trustsCopy)
      } catch let misfit as Misfit {
        reason = misfit.reason
      }
    }
    throw Misfit(reason)
  }

  private func catchUp(trustsCopy: Bool) throws -> Bool {
    let known = trustsCopy ? (try? copy.state()) ?? nil : nil
    let history = try request { try await $0.history(from: known?.number) }
    guard let last = history.changes.keys.max() else {
      if let known { throw Misfit("there is nothing from commit \(known.number) on") }
      guard try !copy.exists() else { throw LedgerError.gone(place: place, copy: path) }
      return false
    }
    var state: LedgerState
    if let known {
      state = try confirm(known, in: history)
      if state != known { try copy.noteTag(of: state) }
    } else {
      state = try restore(from: history)
    }
    while state.number < last {
      let first = state.number + 1
      let found = try request {
        try await $0.changes(first..<min(first + Self.batch, last + 1), of: history)
      }
      var changes: [LedgerCopy.Change] = []
      for (change, tag) in found {
        let header = change.header
        guard header.after == state.id else {
          throw Misfit("change \(header.number) does not continue the one before")
        }
        guard !header.isSnapshot else {
          throw Misfit("the snapshot that commit \(header.number) names is missing")
        }
        let next = LedgerState(number: header.number, id: header.id, tag: tag)
        changes.append(LedgerCopy.Change(before: state.id, state: next, changes: change.changes))
        state = next
      }
      guard try copy.apply(changes) else {
        throw Misfit("changes \(first) to \(state.number) cannot be made to the copy")
      }
    }
    return true
  }

  /// The state with the tag that the store has for it.
  ///
  /// - Throws: `Misfit` where the history has no such state.
  private func confirm(_ state: LedgerState, in history: StoredHistory) throws -> LedgerState {
    if let tag = state.tag, tag == history.changes[state.number]?.tag { return state }
    let (change, tag) = try request { try await $0.change(state.number, of: history) }
    guard change.header.id == state.id else {
      throw Misfit("commit \(state.number) is one of another history")
    }
    return LedgerState(number: state.number, id: state.id, tag: tag)
  }

  /// Fetches the newest snapshot that is one of the history.
  private func restore(from history: StoredHistory) throws -> LedgerState {
    var reason = "it has no snapshot"
    for snapshot in history.snapshots.reversed() where history.changes[snapshot.number] != nil {
      let fetched = LedgerCopy(path: "\(folder)/fetched.sqlite")
      do {
        try request { try await $0.fetch(snapshot, to: fetched.path) }
        guard let found = (try? fetched.state()) ?? nil, found.number == snapshot.number else {
          throw Misfit("snapshot \(snapshot.number) is not a ledger")
        }
        let state = try confirm(found, in: history)
        try fetched.stamp(state)
        try copy.replace(by: fetched)
        return state
      } catch let misfit as Misfit {
        reason = misfit.reason
      }
    }
    throw Misfit(reason)
  }
}
