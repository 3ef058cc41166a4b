import GRDB

extension Database {
  /// Brings the tables to the seventh schema: when all of a table was looked at of which only a part is watched.
  ///
  /// Only the last time counts, so that the table is not append-only.
  func migrateToSchemaV7() throws {
    try execute(
      sql: """
        CREATE TABLE look (
          table_name TEXT NOT NULL PRIMARY KEY CHECK (table_name <> ''),
          looked_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """)
  }
}
