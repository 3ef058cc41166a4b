public import IncrementalJoin

extension LedgerError: Advising {
  /// What happened, where and why, and what to do next.
  public func sentence(_ words: (Remedy) -> String) -> String {
    switch self {
    case .cannotOpen(let path, let reason):
      "Cannot open the ledger \(path): \(reason). Check the path and its permissions, then run "
        + "again."
    case .notADatabase(let path):
      "The ledger \(path) is not an SQLite database. Restore it from a backup; if there is none, "
        + "move it away, and everything will count as pending."
    case .corrupt(let path, let detail):
      "The ledger \(path) is damaged: \(detail). Restore it from a backup; if there is none, move "
        + "it away, and everything will count as pending."
    case .newer(let path, let schema):
      "The ledger \(path) was written by a newer Dovetail: this one does not know its schema "
        + "\(schema). Use that Dovetail or a later one."
    case .readOnly(let path):
      "The ledger \(path) cannot be written: the file, its folder or its disk is read-only. "
        + "Nothing was recorded; make it writable, then run again."
    case .full(let path):
      "The disk of the ledger \(path) is full. Nothing was recorded; free some space, then run "
        + "again."
    case .busy(let path):
      "The ledger \(path) is locked by another process. Nothing was recorded; wait until that "
        + "process has ended, then run again."
    case .failed(let path, let reason):
      "SQLite failed on the ledger \(path): \(reason). Nothing was recorded."
    case .unknownRun(let run):
      "The ledger has no run \(run). \(words(.runs())) lists the runs."
    case .notRunning(let run):
      "Run \(run) is not running: it ended, or a later run found it interrupted. Nothing was "
        + "recorded for it; run again."
    case .notStaged(let run):
      "Run \(run) has nothing staged: it was not run with --stage-only, or all of it was published "
        + "or discarded. \(words(.runs())) shows what became of it."
    case .unitNotStaged(let run, let partition):
      "Run \(run) has nothing staged for \(partition): it was never staged, or it was published or "
        + "discarded already. Nothing was discarded; \(words(.runs())) shows what became of it."
    case .overtaken(let place):
      "Another run has committed to the ledger \(place) since this one looked. Nothing was recorded; "
        + "run again: a run begins with what the other one has recorded."
    case .unreachable(let place, let reason):
      "The ledger \(place) cannot be reached, and nothing was recorded: \(reason)"
    case .uncertain(let place, let reason):
      "The ledger \(place) may or may not have recorded the last commit. Run again: a run begins with "
        + "looking. The reason: \(reason)"
    case .broken(let place, let reason):
      "The ledger \(place) is damaged: \(reason). Restore the objects below it from another version or a backup; "
        + "nothing was changed."
    case .gone(let place, let copy):
      "There is no ledger \(place) any more, though there was one when it was copied to \(copy). Restore the "
        + "objects below it. If they are lost, move the copy away and upload it."
    case .notUploaded(let place, let path):
      "There is no ledger \(place) yet, and there is one here, \(path). Upload it, so that what was read "
        + "already is not read again (dovetail upload-ledger); or move it away, and everything will count as pending."
    case .occupied(let place):
      "There is a ledger \(place) already, and it is left as it is. Nothing was uploaded; name a place below which "
        + "there is nothing."
    case .notPrepared(let run, let partition):
      "Run \(run) cannot close the publish of \(partition): its journal has no open entry for it. "
        + "The position stays as it was; run again."
    case .unfinished(let run, let partition):
      "The publish of \(partition) by run \(run) is neither committed nor rolled back. Run again: "
        + "a run begins with finishing it."
    case .unitCommitted(let run, let partition):
      "The work unit \(partition) of run \(run) is committed and cannot be recorded as anything "
        + "else. \(words(.runs())) shows it."
    case .columnClash(let table, let first, let second):
      "The columns \(first) and \(second) of the table \(table) have names that differ only in case, "
        + "so that neither can be told from the other. Nothing was recorded; rename one of them in the "
        + "files, then run again."
    case .absent(let path):
      "There is no ledger \(path) yet: the first run makes it. Nothing was copied."
    case .backupExists(let path):
      "\(path) exists already and is left as it is. Name a file that does not exist yet."
    case .notPinned(let table, let column, let pinned) where pinned.isEmpty:
      "The columns of the table \(table) are not pinned, so that \(column) cannot be widened. The first "
        + "run that reads the table pins them."
    case .notPinned(let table, let column, let pinned):
      "The table \(table) has no pinned column \(column). Its columns are: "
        + "\(pinned.joined(separator: ", "))."
    }
  }
}
