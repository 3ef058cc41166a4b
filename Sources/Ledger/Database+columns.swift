import Foundation
import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  /// The columns of a table that was pinned; nil when it never was.
  func pinnedColumns(table: String) throws -> [PinnedColumn]? {
    try columnEntries(table: table)?.map(\.column)
  }

  /// One index seek a column, however often its type was changed.
  static let newestColumnTypes = """
    SELECT c.ordinal, c.name, t.type, t.run, t.user, t.pinned_at
    FROM table_column c
    LEFT JOIN column_type t ON t.id =
      (SELECT max(id) FROM column_type WHERE table_name = c.table_name AND ordinal = c.ordinal)
    WHERE c.table_name = ?
    ORDER BY c.ordinal
    """

  private struct ColumnEntry {
    let ordinal: Int
    let column: PinnedColumn
  }

  private func columnEntries(table: String) throws -> [ColumnEntry]? {
    guard try number("SELECT 1 FROM pinned_table WHERE name = ?", [table]) != nil else {
      return nil
    }
    var entries: [ColumnEntry] = []
    try forEachRow(Self.newestColumnTypes, [table]) { row in
      let user: String? = try row.value(4, "column_type.user")
      let origin = try user.map {
        PinOrigin(
          run: try row.value(3, "column_type.run"), user: $0,
          at: Date(microseconds: try row.value(5, "column_type.pinned_at")))
      }
      entries.append(
        ColumnEntry(
          ordinal: try row.value(0, "table_column.ordinal"),
          column: PinnedColumn(
            SeenColumn(
              name: try row.value(1, "table_column.name"),
              type: try row.value(2, "column_type.type")), origin: origin)))
    }
    return entries
  }

  /// Pins the columns of a table that has none pinned yet; of another one only the types of columns that
  /// have none.
  ///
  /// - Throws: `LedgerError.columnClash` before anything is written.
  func pin(_ columns: [SeenColumn], table: String, by origin: PinOrigin) throws {
    if let pinned = try columnEntries(table: table) {
      for entry in pinned where entry.column.seen.type == nil {
        let seen = columns.first { $0.name.isSameName(as: entry.column.seen.name) }
        guard let type = seen?.type else { continue }
        try insertType(type, of: entry.ordinal, table: table, by: origin)
      }
      return
    }
    for (index, column) in columns.enumerated() {
      if let twin = columns[..<index].first(where: { $0.name.isSameName(as: column.name) }) {
        throw LedgerError.columnClash(table: table, first: twin.name, second: column.name)
      }
    }
    try run("INSERT INTO pinned_table (name) VALUES (?)", [table])
    for (ordinal, column) in columns.enumerated() {
      try run(
        "INSERT INTO table_column (table_name, ordinal, name) VALUES (?, ?, ?)",
        [table, ordinal, column.name])
      if let type = column.type { try insertType(type, of: ordinal, table: table, by: origin) }
    }
  }

  /// Gives a pinned column another type.
  ///
  /// - Throws: `LedgerError.notPinned`.
  func widen(_ name: String, to type: String, table: String, by origin: PinOrigin) throws {
    let pinned = try columnEntries(table: table) ?? []
    guard let entry = pinned.first(where: { $0.column.seen.name.isSameName(as: name) }) else {
      throw LedgerError.notPinned(
        table: table, column: name, pinned: pinned.map(\.column.seen.name))
    }
    try insertType(type, of: entry.ordinal, table: table, by: origin)
  }

  private func insertType(
    _ type: String, of ordinal: Int, table: String, by origin: PinOrigin
  ) throws {
    try run(
      """
      INSERT INTO column_type (table_name, ordinal, type, run, user, pinned_at)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [table, ordinal, type, origin.run, origin.user, origin.at.microseconds])
  }
}
