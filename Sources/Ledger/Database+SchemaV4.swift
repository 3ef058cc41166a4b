import GRDB

extension Database {
  /// Brings the tables of the third schema to the fourth one: removals that were kept back or allowed,
  /// alarms that somebody has seen, and rows that meet none of their own partition.
  func migrateToSchemaV4() throws {
    for table in ["publish", "lineage"] {
      try execute(
        sql: """
          ALTER TABLE \(table) ADD COLUMN removal_allowed INTEGER NOT NULL DEFAULT 0
            CHECK (removal_allowed IN (0, 1) AND (removal_allowed = 0 OR rows = 0))
          """)
    }
    try recreateWorkUnits()
    try createWithheld()
    try createAlarms()
    try protect(
      "withholding", "withheld", "withheld_input", "alarm_acknowledgement", "stray_match")
  }

  /// SQLite cannot change the constraints of a table.
  private func recreateWorkUnits() throws {
    try execute(
      sql: """
        CREATE TABLE new_work_unit (
          run INTEGER NOT NULL REFERENCES run,
          partition INTEGER NOT NULL REFERENCES output_partition,
          state TEXT NOT NULL CHECK (state IN
            ('committed', 'removed', 'unchanged', 'moved', 'staged', 'held', 'failed', 'cancelled')),
          rows INTEGER NOT NULL CHECK (rows >= 0),
          bytes INTEGER NOT NULL CHECK (bytes >= 0),
          reason TEXT NOT NULL,
          message TEXT,
          PRIMARY KEY (run, partition),
          CHECK (state NOT IN ('removed', 'unchanged', 'moved', 'staged', 'held') OR rows = 0),
          CHECK (message IS NULL OR state IN ('failed', 'cancelled'))
        ) STRICT, WITHOUT ROWID;
        INSERT INTO new_work_unit
        SELECT run, partition, state, rows, bytes, reason, message FROM work_unit;
        DROP TABLE work_unit;
        ALTER TABLE new_work_unit RENAME TO work_unit;
        """)
  }

  /// The newest entry of a partition counts; one that is released copies the one that it lets go.
  private func createWithheld() throws {
    try execute(
      sql: """
        CREATE TABLE withholding (
          run INTEGER PRIMARY KEY REFERENCES run,
          earlier INTEGER NOT NULL CHECK (earlier >= 0),
          new INTEGER NOT NULL CHECK (new > 0),
          published INTEGER NOT NULL CHECK (published >= 0),
          share REAL NOT NULL CHECK (share BETWEEN 0 AND 1)
        ) STRICT;

        CREATE TABLE withheld (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          partition INTEGER NOT NULL REFERENCES output_partition,
          withholding INTEGER NOT NULL REFERENCES withholding,
          released_by INTEGER REFERENCES run,
          definition TEXT NOT NULL CHECK (definition <> '')
        ) STRICT;
        CREATE INDEX withheld_partition ON withheld(partition, id);

        CREATE TABLE withheld_input (
          withheld INTEGER NOT NULL REFERENCES withheld,
          input TEXT NOT NULL CHECK (input <> ''),
          version INTEGER NOT NULL REFERENCES version,
          PRIMARY KEY (withheld, input)
        ) STRICT, WITHOUT ROWID;
        """)
  }

  private func createAlarms() throws {
    try execute(
      sql: """
        CREATE TABLE alarm_acknowledgement (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          job TEXT NOT NULL CHECK (job <> ''),
          first_run INTEGER NOT NULL,
          last_run INTEGER NOT NULL,
          user TEXT NOT NULL,
          acknowledged_at INTEGER NOT NULL,
          note TEXT,
          CHECK (first_run <= last_run)
        ) STRICT;
        CREATE INDEX alarm_acknowledgement_job ON alarm_acknowledgement(job);

        CREATE TABLE stray_match (
          run INTEGER NOT NULL REFERENCES run,
          left_input TEXT NOT NULL CHECK (left_input <> ''),
          right_input TEXT NOT NULL CHECK (right_input <> ''),
          partition INTEGER NOT NULL REFERENCES output_partition,
          looked_at INTEGER NOT NULL CHECK (looked_at > 0),
          sampled INTEGER NOT NULL CHECK (sampled >= 0),
          found INTEGER NOT NULL CHECK (found BETWEEN 0 AND sampled),
          PRIMARY KEY (run, left_input, right_input)
        ) STRICT, WITHOUT ROWID;
        """)
  }
}
