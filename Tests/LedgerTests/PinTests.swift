import Foundation
import GRDB
import IncrementalJoin
import Ledger
import TestSupport
import Testing

struct PinTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  /// Who pinned, in a run or by hand; a second later for each.
  private func origin(_ run: RunID?, seconds: Int = 0) -> PinOrigin {
    PinOrigin(run: run, user: "ada", at: listedAt.addingTimeInterval(Double(seconds)))
  }

  private func pinned(_ table: String = "orders") throws -> [PinnedColumn]? {
    let columns = try ledger.pinnedColumns(table: table)
    #expect(try ReadOnlyLedger(path: folder.ledger).pinnedColumns(table: table) == columns)
    return columns
  }

  @Test("columns are pinned in their order, with who and when")
  func pinning() throws {
    let columns = [
      SeenColumn(name: "time_hour", type: "TIMESTAMP WITH TIME ZONE"),
      SeenColumn(name: "a \"b\"", type: "STRUCT(a INTEGER)"),
      SeenColumn(name: "e\u{301}", type: "VARCHAR"), SeenColumn(name: "\u{E9}", type: "DATE"),
    ]
    #expect(try pinned() == nil)
    let run = try ledger.begin()
    try ledger.pin(columns: columns, table: "orders", by: origin(run))
    #expect(try pinned() == columns.map { PinnedColumn($0, origin: origin(run)) })
    try ledger.pin(columns: [], table: "keys only", by: origin(nil))
    #expect(try pinned("keys only") == [])
  }

  @Test("a table that is pinned gains types of columns that have none, and nothing else")
  func pinnedAlready() throws {
    let first = [
      SeenColumn(name: "id", type: "BIGINT"), SeenColumn(name: "note", type: nil),
      SeenColumn(name: "more", type: nil),
    ]
    try ledger.pin(columns: first, table: "orders", by: origin(try ledger.begin()))
    #expect(
      try pinned() == [
        PinnedColumn(first[0], origin: origin(1)), PinnedColumn(first[1]), PinnedColumn(first[2]),
      ])
    let later = [
      SeenColumn(name: "NOTE", type: "DATE"), SeenColumn(name: "id", type: "VARCHAR"),
      SeenColumn(name: "new", type: "BIGINT"), SeenColumn(name: "New", type: "BIGINT"),
    ]
    let run = try ledger.begin()
    for _ in 0..<2 { try ledger.pin(columns: later, table: "orders", by: origin(run, seconds: 9)) }
    #expect(
      try pinned() == [
        PinnedColumn(first[0], origin: origin(1)),
        PinnedColumn(SeenColumn(name: "note", type: "DATE"), origin: origin(run, seconds: 9)),
        PinnedColumn(first[2]),
      ])
  }

  @Test("columns whose names differ only in case are refused by name, and none is pinned")
  func clash() throws {
    let columns = ["id", "Day", "x", "dAY"].map { SeenColumn(name: $0, type: "BIGINT") }
    #expect(throws: LedgerError.columnClash(table: "orders", first: "Day", second: "dAY")) {
      try ledger.pin(columns: columns, table: "orders", by: samplePin)
    }
    #expect(try pinned() == nil)
  }

  @Test("a column is widened by its name in any case; the type before stays in the history")
  func widening() throws {
    let columns = [
      SeenColumn(name: "id", type: "BIGINT"), SeenColumn(name: "Amount", type: "DECIMAL(10,2)"),
      SeenColumn(name: "note", type: nil),
    ]
    let run = try ledger.begin()
    try ledger.pin(columns: columns, table: "orders", by: origin(run))
    try ledger.pin(columns: columns, table: "others", by: origin(run))
    let hand = origin(nil, seconds: 60)
    try ledger.widen(column: "aMOUNT", to: "DECIMAL(12,2)", table: "orders", by: hand)
    try ledger.widen(column: "note", to: "DATE", table: "orders", by: hand)
    #expect(
      try pinned() == [
        PinnedColumn(columns[0], origin: origin(run)),
        PinnedColumn(SeenColumn(name: "Amount", type: "DECIMAL(12,2)"), origin: hand),
        PinnedColumn(SeenColumn(name: "note", type: "DATE"), origin: hand),
      ])
    #expect(try pinned("others")?.map(\.seen) == columns)
    let types = try DatabaseQueue(path: folder.ledger).read {
      try String.fetchAll(
        $0,
        sql: "SELECT type FROM column_type WHERE table_name = 'orders' AND ordinal = 1 ORDER BY id")
    }
    #expect(types == ["DECIMAL(10,2)", "DECIMAL(12,2)"])
    // What a run that began before has seen meanwhile changes nothing.
    try ledger.pin(columns: columns, table: "orders", by: origin(run))
    #expect(try pinned()?[1].seen.type == "DECIMAL(12,2)")
  }

  @Test("what is not pinned cannot be widened")
  func unknown() throws {
    func widen(_ column: String) throws {
      try ledger.widen(column: column, to: "BIGINT", table: "orders", by: samplePin)
    }
    #expect(throws: LedgerError.notPinned(table: "orders", column: "id", pinned: [])) {
      try widen("id")
    }
    let columns = ["\u{C9}t\u{E9}", "id"].map { SeenColumn(name: $0, type: "INTEGER") }
    try ledger.pin(columns: columns, table: "orders", by: samplePin)
    for column in ["idd", "\u{E9}t\u{E9}", "E\u{301}t\u{E9}", ""] {
      let error = LedgerError.notPinned(
        table: "orders", column: column, pinned: columns.map(\.name))
      #expect(throws: error) { try widen(column) }
    }
    #expect(try pinned()?.map(\.seen) == columns)
  }
}
