import Foundation
import GRDB
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import Ledger

struct ErrorTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("a file that is not a database is named, for writers and readers")
  func notADatabase() throws {
    let path = folder.path + "/ledger.sqlite"
    try Data(repeating: 65, count: 4096).write(to: URL(fileURLWithPath: path))
    #expect(throws: LedgerError.notADatabase(path: path)) { try Ledger(path: path) }
    #expect(throws: LedgerError.notADatabase(path: path)) {
      try ReadOnlyLedger(path: path).positions(job: "joined")
    }
  }

  @Test("a damaged database is named")
  func corrupt() throws {
    let path = folder.path + "/ledger.sqlite"
    try Ledger(path: path).build((1...50).map { "day=\($0)" })
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    // The first page says what the file is; the rest are the tables.
    let size = try file.seekToEnd()
    try file.seek(toOffset: 4096)
    try file.write(contentsOf: Data(repeating: 0xAB, count: Int(size) - 4096))
    try file.close()
    for read in [
      { try ReadOnlyLedger(path: path).positions(job: "joined").count },
      { try Ledger(path: path).positions(job: "joined").count },
    ] {
      let error = #expect(throws: LedgerError.self) { try read() }
      guard case .corrupt(path, _) = error else {
        Issue.record("\(error?.description ?? "no error")")
        continue
      }
    }
  }

  @Test("a ledger of a newer Dovetail is refused and left as it is")
  func newer() throws {
    try Ledger(path: folder.ledger).build(["day=1"])
    let database = try DatabaseQueue(path: folder.ledger)
    try database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('v99')") }
    let error = LedgerError.newer(path: folder.ledger, schema: "v99")
    #expect(throws: error) { try Ledger(path: folder.ledger) }
    #expect(throws: error) { try ReadOnlyLedger(path: folder.ledger).runs(job: nil, limit: 1) }
    try database.write {
      try $0.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = 'v99'")
    }
    #expect(try Ledger(path: folder.ledger).positions(job: "joined").count == 1)
  }

  @Test(
    "a ledger of which nobody can tell whether it is there is no empty one",
    arguments: [
      ("file/ledger.sqlite", "Not a directory"),
      ("loop/ledger.sqlite", "Too many levels of symbolic links"),
      ("gone/ledger.sqlite", "WS/gone is a link to something that does not exist"),
      ("lost.sqlite", "WS/lost.sqlite is a link to something that does not exist"),
    ])
  func unknown(_ name: String, _ reason: String) throws {
    try Data().write(to: URL(fileURLWithPath: "\(folder.path)/file"))
    for (link, target) in [("loop", "loop"), ("gone", "nowhere"), ("lost.sqlite", "nowhere")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/\(link)", withDestinationPath: target)
    }
    let path = "\(folder.path)/\(name)"
    let error = LedgerError.cannotOpen(
      path: path, reason: reason.replacing("WS", with: folder.path))
    #expect(throws: error) { try ReadOnlyLedger(path: path).runs(job: nil, limit: 1) }
    #expect(throws: error) { try Ledger(path: path) }
  }

  @Test("a folder that cannot be made and a path that is a folder are named")
  func cannotOpen() throws {
    let lost = folder.path + "/nowhere/.dovetail/ledger.sqlite"
    #expect(
      throws: LedgerError.cannotOpen(
        path: lost, reason: "its folder cannot be created: No such file or directory")
    ) {
      try Ledger(path: lost)
    }
    #expect(
      throws: LedgerError.cannotOpen(path: folder.path, reason: "unable to open database file")
    ) {
      try Ledger(path: folder.path)
    }
  }

  @Test("a full disk is named, and the batch leaves nothing behind")
  func full() throws {
    let ledger = try Ledger(path: folder.ledger)
    let run = try ledger.begin()
    try ledger.pool.writeWithoutTransaction {
      // SQLite answers as it does when the disk has no room for another page.
      try $0.execute(sql: "PRAGMA max_page_count = 1")
    }
    #expect(throws: LedgerError.full(path: folder.ledger)) {
      try ledger.prepare((1...500).map { publish("day=\($0)", run: run) })
    }
    #expect(try ledger.unfinishedPartitions(job: "joined").isEmpty)
  }

  @Test("a ledger that cannot be written is named")
  func readOnly() throws {
    let ledger = try Ledger(path: folder.ledger)
    try ledger.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
    #expect(throws: LedgerError.readOnly(path: folder.ledger)) { try ledger.begin() }
  }

  @Test("a ledger file without write permission is named", .disabled(if: getuid() == 0, "root may"))
  func permission() throws {
    try Ledger(path: folder.ledger).build(["day=1"])
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.ledger)
    #expect(throws: LedgerError.readOnly(path: folder.ledger)) { try Ledger(path: folder.ledger) }
    #expect(try ReadOnlyLedger(path: folder.ledger).positions(job: "joined").count == 1)
  }

  @Test("a ledger that another process keeps locked is named")
  func busy() throws {
    let ledger = try Ledger(path: folder.ledger)
    try ledger.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA busy_timeout = 0") }
    try DatabaseQueue(path: folder.ledger).inTransaction(.immediate) { _ in
      #expect(throws: LedgerError.busy(path: folder.ledger)) { try ledger.begin() }
      return .rollback
    }
    #expect(try ledger.runs(job: nil, limit: 1).isEmpty)
  }

  @Test(
    "every error is a sentence that says what happened, where and what to do",
    arguments: [
      (
        .cannotOpen(path: "/w/l", reason: "no"),
        "Cannot open the ledger /w/l: no. Check the path and its permissions, then run again."
      ),
      (
        .notADatabase(path: "/w/l"),
        "The ledger /w/l is not an SQLite database. Restore it from a backup; if there is none, "
          + "move it away, and everything will count as pending."
      ),
      (
        .corrupt(path: "/w/l", detail: "malformed"),
        "The ledger /w/l is damaged: malformed. Restore it from a backup; if there is none, move "
          + "it away, and everything will count as pending."
      ),
      (
        .newer(path: "/w/l", schema: "v2"),
        "The ledger /w/l was written by a newer Dovetail: this one does not know its schema v2. "
          + "Use that Dovetail or a later one."
      ),
      (
        .readOnly(path: "/w/l"),
        "The ledger /w/l cannot be written: the file, its folder or its disk is read-only. "
          + "Nothing was recorded; make it writable, then run again."
      ),
      (
        .full(path: "/w/l"),
        "The disk of the ledger /w/l is full. Nothing was recorded; free some space, then run "
          + "again."
      ),
      (
        .busy(path: "/w/l"),
        "The ledger /w/l is locked by another process. Nothing was recorded; wait until that "
          + "process has ended, then run again."
      ),
      (
        .failed(path: "/w/l", reason: "disk I/O error"),
        "SQLite failed on the ledger /w/l: disk I/O error. Nothing was recorded."
      ),
      (.unknownRun(run: 7), "The ledger has no run 7. `dovetail history` lists the runs."),
      (
        .notRunning(run: 7),
        "Run 7 is not running: it ended, or a later run found it interrupted. Nothing was "
          + "recorded for it; run again."
      ),
      (
        .notStaged(run: 7),
        "Run 7 has nothing staged: it was not run with --stage-only, or all of it was published or "
          + "discarded. `dovetail history` shows what became of it."
      ),
      (
        .unitNotStaged(run: 7, partition: "day=1"),
        "Run 7 has nothing staged for day=1: it was never staged, or it was published or discarded "
          + "already. Nothing was discarded; `dovetail history` shows what became of it."
      ),
      (
        .notPrepared(run: 7, partition: "day=1"),
        "Run 7 cannot close the publish of day=1: its journal has no open entry for it. The "
          + "position stays as it was; run again."
      ),
      (
        .unfinished(run: 7, partition: "day=1"),
        "The publish of day=1 by run 7 is neither committed nor rolled back. Run again: a run "
          + "begins with finishing it."
      ),
      (
        .unitCommitted(run: 7, partition: "day=1"),
        "The work unit day=1 of run 7 is committed and cannot be recorded as anything else. "
          + "`dovetail history` shows it."
      ),
      (
        .columnClash(table: "flights", first: "Id", second: "id"),
        "The columns Id and id of the table flights have names that differ only in case, so that "
          + "neither can be told from the other. Nothing was recorded; rename one of them in the files, "
          + "then run again."
      ),
      (
        .notPinned(table: "flights", column: "dealy", pinned: ["origin", "delay"]),
        "The table flights has no pinned column dealy. Its columns are: origin, delay."
      ),
      (
        .notPinned(table: "flights", column: "delay", pinned: []),
        "The columns of the table flights are not pinned, so that delay cannot be widened. The first "
          + "run that reads the table pins them."
      ),
      (
        .absent(path: "/w/ledger.sqlite"),
        "There is no ledger /w/ledger.sqlite yet: the first run makes it. Nothing was copied."
      ),
      (
        .backupExists(path: "/b/ledger.sqlite"),
        "/b/ledger.sqlite exists already and is left as it is. Name a file that does not exist yet."
      ),
    ] as [(LedgerError, String)])
  func sentence(error: LedgerError, sentence: String) {
    #expect(error.description == sentence)
  }
}
