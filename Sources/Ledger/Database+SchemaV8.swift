import GRDB

extension Database {
  /// Brings the tables to the eighth schema: runs that adopt what lies in an output, and content of unknown origin.
  func migrateToSchemaV8() throws {
    try recreateRunsThatAdopt()
    try recreateUnitsThatAreAdopted()
    for table in ["lineage", "publish"] {
      try execute(
        sql: """
          ALTER TABLE \(table) ADD COLUMN adopted_by INTEGER REFERENCES run
            CHECK (adopted_by IS NULL OR (content IS NOT NULL AND rows = 0))
          """)
    }
  }

  private func recreateRunsThatAdopt() throws {
    try recreate(
      "run",
      """
      (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job TEXT NOT NULL CHECK (job <> ''),
        kind TEXT NOT NULL CHECK (kind IN
          ('run', 'rerun', 'rewind', 'reset', 'set', 'skip', 'release', 'undo', 'adopt')),
        mode TEXT NOT NULL CHECK (mode IN ('enable', 'pause', 'disable')),
        plan TEXT NOT NULL,
        detail TEXT NOT NULL,
        note TEXT,
        state TEXT NOT NULL CHECK (state IN
          ('running', 'succeeded', 'partial', 'staged', 'failed', 'cancelled', 'interrupted')),
        listed_at INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        finished_at INTEGER,
        bytes_read INTEGER NOT NULL DEFAULT 0 CHECK (bytes_read >= 0),
        files_read INTEGER NOT NULL DEFAULT 0 CHECK (files_read >= 0),
        plan_time INTEGER NOT NULL DEFAULT 0 CHECK (plan_time >= 0),
        stage_time INTEGER NOT NULL DEFAULT 0 CHECK (stage_time >= 0),
        publish_time INTEGER NOT NULL DEFAULT 0 CHECK (publish_time >= 0),
        commit_time INTEGER NOT NULL DEFAULT 0 CHECK (commit_time >= 0),
        stages_only INTEGER NOT NULL DEFAULT 0 CHECK (stages_only IN (0, 1)),
        takes_back INTEGER REFERENCES run,
        CHECK (state <> 'running' OR finished_at IS NULL),
        CHECK (state IN ('running', 'interrupted') OR finished_at IS NOT NULL)
      ) STRICT
      """,
      """
      SELECT id, job, kind, mode, plan, detail, note, state, listed_at, started_at, finished_at,
        bytes_read, files_read, plan_time, stage_time, publish_time, commit_time, stages_only,
        takes_back
      FROM run
      """)
    try execute(
      sql: """
        CREATE INDEX run_job ON run(job);
        CREATE UNIQUE INDEX run_running ON run(job) WHERE state = 'running';
        """)
  }

  private func recreateUnitsThatAreAdopted() throws {
    try recreate(
      "work_unit",
      """
      (
        run INTEGER NOT NULL REFERENCES run,
        partition INTEGER NOT NULL REFERENCES output_partition,
        state TEXT NOT NULL CHECK (state IN
          ('committed', 'removed', 'unchanged', 'moved', 'adopted', 'staged', 'held', 'failed',
            'cancelled')),
        rows INTEGER NOT NULL CHECK (rows >= 0),
        bytes INTEGER NOT NULL CHECK (bytes >= 0),
        reason TEXT NOT NULL,
        message TEXT,
        PRIMARY KEY (run, partition),
        CHECK (state NOT IN ('removed', 'unchanged', 'moved', 'adopted', 'staged', 'held') OR rows = 0),
        CHECK (message IS NULL OR state IN ('failed', 'cancelled'))
      ) STRICT, WITHOUT ROWID
      """,
      "SELECT run, partition, state, rows, bytes, reason, message FROM work_unit")
  }
}
