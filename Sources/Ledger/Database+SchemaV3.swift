import GRDB

extension Database {
  /// Brings the tables of the second schema to the third one: by which rules a build was read and whose
  /// types its columns have, and who gave a pinned column its type.
  ///
  /// What was built before was read by the first rules; whose types it has was not asked.
  func migrateToSchemaV3() throws {
    for table in ["publish", "lineage"] {
      try execute(
        sql: """
          ALTER TABLE \(table) ADD COLUMN reading_rules INTEGER NOT NULL DEFAULT 1
            CHECK (reading_rules >= 1);
          ALTER TABLE \(table) ADD COLUMN types TEXT CHECK (types IN ('spark', 'duckdb'));
          """)
    }
    // The newest type of a column counts; a column without one has had no value so far.
    try execute(
      sql: """
        CREATE TABLE column_type (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          table_name TEXT NOT NULL,
          ordinal INTEGER NOT NULL,
          type TEXT NOT NULL CHECK (type <> ''),
          run INTEGER REFERENCES run,
          user TEXT,
          pinned_at INTEGER,
          FOREIGN KEY (table_name, ordinal) REFERENCES table_column (table_name, ordinal),
          CHECK ((user IS NULL) = (pinned_at IS NULL)),
          CHECK (run IS NULL OR user IS NOT NULL)
        ) STRICT;
        CREATE INDEX column_type_column ON column_type(table_name, ordinal, id);

        INSERT INTO column_type (table_name, ordinal, type)
        SELECT table_name, ordinal, type FROM table_column;
        ALTER TABLE table_column DROP COLUMN type;
        """)
    try protect("pinned_table", "table_column", "column_type")
  }
}
