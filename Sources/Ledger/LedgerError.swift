public import IncrementalJoin
public import PartitionPredicate

/// Why the ledger cannot be read or written.
///
/// Whenever one is thrown, nothing was recorded; but for `.uncertain`.
public enum LedgerError: Error, Hashable, Sendable {
  /// The file or its folder cannot be opened or created, with the reason in words.
  case cannotOpen(path: String, reason: String)
  /// The file is something else than an SQLite database.
  case notADatabase(path: String)
  case corrupt(path: String, detail: String)
  /// A newer Dovetail wrote the ledger; `schema` is a migration that this one does not know.
  case newer(path: String, schema: String)
  case readOnly(path: String)
  case full(path: String)
  /// Another process kept the ledger locked for longer than the busy timeout.
  case busy(path: String)
  /// SQLite failed in another way, with its reason in words.
  case failed(path: String, reason: String)

  case unknownRun(run: RunID)
  case notRunning(run: RunID)
  /// A run that is to go on has no staged work units.
  case notStaged(run: RunID)
  /// A work unit that is to be discarded is not among the staged ones.
  case unitNotStaged(run: RunID, partition: ExactText)
  /// There is no open journal entry to commit or to roll back.
  case notPrepared(run: RunID, partition: ExactText)
  /// The journal entry of an earlier run is still open.
  case unfinished(run: RunID, partition: ExactText)
  /// A commit has recorded the work unit.
  case unitCommitted(run: RunID, partition: ExactText)
  /// Two columns of a table that is to be pinned have names that differ only in case.
  case columnClash(table: String, first: String, second: String)
  /// The column is not among the pinned ones; of a table that is not pinned there are none.
  case notPinned(table: String, column: String, pinned: [String])
  /// There is no ledger yet, of which a copy could be made.
  case absent(path: String)
  /// There is a file where the copy was to go.
  case backupExists(path: String)

  /// The ledger is kept in a store, and another run has committed there since this one looked.
  case overtaken(place: String)
  /// The store in which the ledger is kept cannot be asked, with its reason in words.
  case unreachable(place: String, reason: String)
  /// The store did not tell whether it has recorded a commit.
  case uncertain(place: String, reason: String)
  /// What the store has of the ledger does not fit together.
  case broken(place: String, reason: String)
  /// The store has no ledger at the place any more, of which there is a copy here.
  case gone(place: String, copy: String)
  /// The store has no ledger at the place, and there is one here that was never uploaded.
  case notUploaded(place: String, path: String)
  /// The store has a ledger at the place to which another one was to be uploaded.
  case occupied(place: String)
}
