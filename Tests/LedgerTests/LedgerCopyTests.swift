import Foundation
import GRDB
import IncrementalJoin
import Ledger
import PartitionPredicate
import Synchronization
import TestSupport
import Testing

/// A ledger whose changes are handed to a journal, and copies that do them again.
struct LedgerCopyTests {
  let folder: TemporaryFolder
  let journal = MemoryJournal()
  let begin = LedgerState(after: nil)

  init() throws {
    folder = try TemporaryFolder()
    _ = try Ledger(path: copy("a").path)
    try copy("a").stamp(begin)
    try folder.makeFolder("b")
    try ReadOnlyLedger(path: copy("a").path).backUp(to: copy("b").path)
  }

  private func copy(_ name: String) -> LedgerCopy {
    LedgerCopy(path: "\(folder.path)/\(name)/ledger.sqlite")
  }

  private func open() throws -> Ledger { try Ledger(path: copy("a").path, journal: journal) }

  /// Every row of every table.
  private func rows(_ name: String) throws -> [String] {
    try DatabaseQueue(path: copy(name).path).read { database in
      try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
        .sorted().flatMap { table in
          try Row.fetchAll(database, sql: "SELECT * FROM \"\(table)\"").map { "\(table) \($0)" }
        }
    }
  }

  @Test(
    "what is handed to the journal does the same to a copy", arguments: LedgerConformance.checks)
  func conformance(_ conformance: LedgerConformance) throws {
    try conformance.check(try open())
    #expect(try rows("b") != rows("a"))
    #expect(try copy("b").apply(journal.changes))
    #expect(try rows("b") == rows("a"))
    #expect(try copy("b").state() == journal.changes.last?.state)
  }

  @Test("a write that changes nothing is not handed on")
  func unchanged() throws {
    let ledger = try open()
    #expect(try !ledger.interruptRuns(job: "joined"))
    try ledger.confirm([:])
    #expect(journal.changes.isEmpty)
    #expect(try copy("a").state() == begin)
  }

  @Test("what the journal refuses is not recorded, and what comes after it is")
  func refused() throws {
    let ledger = try open()
    let run = try ledger.begin()
    let before = try rows("a")
    journal.refusals = .max
    #expect(throws: LedgerError.overtaken(place: "here")) {
      try ledger.prepare([publish("day=1", run: run)])
    }
    #expect(try rows("a") == before)
    journal.refusals = 0
    try ledger.prepare([publish("day=1", run: run)])
    #expect(journal.changes.map(\.state.number) == [1, 2])
  }

  @Test("where others are faster, the transaction is made anew after theirs, and recorded once")
  func overtaken() throws {
    let ledger = try open()
    let run = try ledger.begin()
    journal.refusals = 3
    try ledger.prepare([publish("day=1", run: run)])
    #expect(journal.looks == 3 && journal.refusals == 0)
    #expect(journal.changes.map(\.state.number) == [1, 2])
    #expect(try ledger.unfinishedPublishes(job: "joined", keys: nil).count == 1)
  }

  @Test(
    "changes of another state are refused as a whole, and those that are there already left out")
  func misfit() throws {
    let ledger = try open()
    try ledger.build(["day=1"])
    let before = try rows("b")
    #expect(try !copy("b").apply(Array(journal.changes.dropFirst())))
    #expect(try rows("b") == before)
    #expect(try copy("b").apply(Array(journal.changes.prefix(2))))
    #expect(try copy("b").apply(journal.changes))
    #expect(try rows("b") == rows("a"))
  }

  @Test("a copy that somebody wrote to refuses the changes of rows that are not what they were")
  func written() throws {
    let ledger = try open()
    let run = try ledger.begin()
    #expect(try copy("b").apply(journal.changes))
    try DatabaseQueue(path: copy("b").path).write {
      try $0.execute(sql: "UPDATE run SET state = 'interrupted'")
    }
    try ledger.finishRun(run, .init(state: .succeeded))
    #expect(try !copy("b").apply(journal.changes))
  }

  @Test("two processes that write one copy go on from each other's commits")
  func together() throws {
    let ledgers = [try open(), try open()]
    for ledger in ledgers + ledgers { try ledger.build(["day=1"]) }
    #expect(try copy("b").apply(journal.changes))
    #expect(try rows("b") == rows("a"))
  }

  @Test("a copy is replaced under those who have it open")
  func replaced() throws {
    let reader = ReadOnlyLedger(path: copy("b").path)
    #expect(try reader.runs(job: nil, limit: 1).isEmpty)
    try open().build(["day=1"])
    let other = "\(folder.path)/other.sqlite"
    try ReadOnlyLedger(path: copy("a").path).backUp(to: other)
    try copy("b").replace(by: LedgerCopy(path: other))
    #expect(try reader.runs(job: nil, limit: 1).count == 1)
    #expect(try copy("b").state() == copy("a").state())
    #expect(!FileManager.default.fileExists(atPath: other))
  }

  @Test("a file that is no copy is replaced, with the log beside it")
  func damaged() throws {
    let ledger = try open()
    _ = try ledger.begin()
    let log = try Data(contentsOf: URL(filePath: copy("a").path + "-wal"))
    try #require(!log.isEmpty)
    try ledger.build(["day=1"], job: "other")
    let other = "\(folder.path)/other.sqlite"
    try ReadOnlyLedger(path: copy("a").path).backUp(to: other)
    try folder.write("no database", to: "b/ledger.sqlite")
    #expect(throws: LedgerError.notADatabase(path: copy("b").path)) { try copy("b").state() }
    try log.write(to: URL(filePath: copy("b").path + "-wal"))
    try copy("b").replace(by: LedgerCopy(path: other))
    #expect(try rows("b") == rows("a"))
  }
}

/// A journal that keeps in memory what it is given.
final class MemoryJournal: LedgerJournal {
  private let state = Mutex<(changes: [LedgerCopy.Change], refusals: Int, looks: Int)>(([], 0, 0))

  var changes: [LedgerCopy.Change] { state.withLock { $0.changes } }

  /// How often others will be faster.
  var refusals: Int {
    get { state.withLock { $0.refusals } }
    set { state.withLock { $0.refusals = newValue } }
  }

  /// How often it was looked what others have committed.
  var looks: Int { state.withLock { $0.looks } }

  func append(_ changes: Data, after before: LedgerState) throws(LedgerError) -> LedgerState {
    guard refusals == 0 else {
      refusals -= 1
      throw .overtaken(place: "here")
    }
    let next = LedgerState(after: before)
    state.withLock {
      $0.changes.append(.init(before: before.id, state: next, changes: changes))
    }
    return next
  }

  func follow() { state.withLock { $0.looks += 1 } }

  func tidy() {}
}
