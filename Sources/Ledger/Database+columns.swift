import GRDB
import IncrementalJoin

extension Database {
  /// The columns of a table that was pinned; nil when it never was.
  func pinnedColumns(table: String) throws -> [PinnedColumn]? {
    guard try number("SELECT 1 FROM pinned_table WHERE name = ?", [table]) != nil else {
      return nil
    }
    var columns: [PinnedColumn] = []
    try forEachRow(
      "SELECT name, type FROM table_column WHERE table_name = ? ORDER BY ordinal", [table]
    ) { row in
      columns.append(PinnedColumn(SeenColumn(name: row[0], type: row[1])))
    }
    return columns
  }

  /// Pins the columns of a table that has none pinned yet.
  func insertColumns(_ columns: [SeenColumn], table: String) throws {
    try run("INSERT INTO pinned_table (name) VALUES (?)", [table])
    for (ordinal, column) in columns.enumerated() {
      try run(
        "INSERT INTO table_column (table_name, ordinal, name, type) VALUES (?, ?, ?, ?)",
        [table, ordinal, column.name, column.type ?? "VARCHAR"])
    }
  }
}
