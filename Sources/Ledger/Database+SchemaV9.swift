import GRDB

extension Database {
  /// Brings the tables to the ninth schema: the batches of runs, and an index that finds a failed work unit.
  func migrateToSchemaV9() throws {
    try execute(
      sql: """
        CREATE TABLE run_batch (
          run INTEGER NOT NULL REFERENCES run,
          ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
          batches INTEGER NOT NULL CHECK (batches >= 1),
          partitions INTEGER NOT NULL CHECK (partitions >= 1),
          failed INTEGER NOT NULL CHECK (failed >= 0),
          rows INTEGER NOT NULL CHECK (rows >= 0),
          matched INTEGER NOT NULL CHECK (matched >= 0),
          matchable INTEGER NOT NULL CHECK (matchable >= 0),
          begun_at INTEGER NOT NULL,
          stage_time INTEGER NOT NULL CHECK (stage_time >= 0),
          publish_time INTEGER NOT NULL CHECK (publish_time >= 0),
          commit_time INTEGER NOT NULL CHECK (commit_time >= 0),
          PRIMARY KEY (run, ordinal)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX work_unit_failed ON work_unit(run) WHERE state = 'failed';
        """)
    try protect("run_batch")
  }
}
