import GRDB

extension Database {
  /// Brings the tables of the first schema to the second one: operations that move positions, runs that
  /// stage only, units that were left unchanged, and what explains them.
  ///
  /// SQLite cannot change the constraints of a table, so most tables are made anew; foreign keys are
  /// checked when the migration ends.
  func migrateToSchemaV2() throws {
    try recreateRuns()
    try recreateJournal()
    try extendHistory()
    try createExplanations()
    try protect(
      "publish_input", "publish_match", "position_input", "row_digest", "source", "run_log")
  }

  /// Makes a table anew: `select` says what its rows are.
  func recreate(_ table: String, _ definition: String, _ select: String) throws {
    try execute(
      sql: """
        CREATE TABLE new_\(table) \(definition);
        INSERT INTO new_\(table) \(select);
        DROP TABLE \(table);
        ALTER TABLE new_\(table) RENAME TO \(table);
        """)
  }

  private func recreateRuns() throws {
    try recreate(
      "run",
      """
      (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job TEXT NOT NULL CHECK (job <> ''),
        kind TEXT NOT NULL CHECK (kind IN
          ('run', 'rerun', 'rewind', 'reset', 'set', 'skip', 'release', 'undo')),
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
        CHECK (state <> 'running' OR finished_at IS NULL),
        CHECK (state IN ('running', 'interrupted') OR finished_at IS NOT NULL)
      ) STRICT
      """,
      """
      SELECT id, job, kind, 'enable', plan, '', NULL, state, listed_at, started_at, finished_at,
        bytes_read, files_read, 0, 0, 0, 0
      FROM run
      """)
    // A run that was staged and resumed has a lease for each time; the first one tells who began it.
    try recreate(
      "lease",
      """
      (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES run,
        user TEXT NOT NULL,
        host TEXT NOT NULL,
        process INTEGER NOT NULL,
        workspace TEXT NOT NULL,
        taken_at INTEGER NOT NULL,
        released_at INTEGER
      ) STRICT
      """,
      """
      SELECT NULL, run, user, host, process, workspace, taken_at, released_at
      FROM lease ORDER BY run
      """)
    try recreate(
      "work_unit",
      """
      (
        run INTEGER NOT NULL REFERENCES run,
        partition INTEGER NOT NULL REFERENCES output_partition,
        state TEXT NOT NULL CHECK (state IN
          ('committed', 'removed', 'unchanged', 'moved', 'staged', 'failed', 'cancelled')),
        rows INTEGER NOT NULL CHECK (rows >= 0),
        bytes INTEGER NOT NULL CHECK (bytes >= 0),
        reason TEXT NOT NULL,
        message TEXT,
        PRIMARY KEY (run, partition),
        CHECK (state NOT IN ('removed', 'unchanged', 'moved', 'staged') OR rows = 0),
        CHECK (message IS NULL OR state IN ('failed', 'cancelled'))
      ) STRICT, WITHOUT ROWID
      """,
      "SELECT run, partition, state, rows, bytes, reason, message FROM work_unit")
    try execute(
      sql: """
        CREATE INDEX run_job ON run(job);
        CREATE UNIQUE INDEX run_running ON run(job) WHERE state = 'running';
        CREATE INDEX lease_run ON lease(run);
        """)
  }

  private func recreateJournal() throws {
    // Without position_definition the position stays. Before, every commit moved it to what was read.
    try recreate(
      "publish",
      """
      (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run INTEGER NOT NULL REFERENCES run,
        partition INTEGER NOT NULL REFERENCES output_partition,
        state TEXT NOT NULL CHECK (state IN
          ('staged', 'taken', 'discarded', 'prepared', 'committed', 'rolled_back')),
        unit_state TEXT NOT NULL CHECK (unit_state IN ('committed', 'removed', 'unchanged')),
        action TEXT NOT NULL CHECK (action IN ('publish', 'remove', 'none')),
        staged_device INTEGER,
        staged_inode INTEGER,
        published_device INTEGER,
        published_inode INTEGER,
        definition TEXT NOT NULL CHECK (definition <> ''),
        position_definition TEXT CHECK (position_definition <> ''),
        undone INTEGER REFERENCES run,
        content INTEGER REFERENCES version,
        rows INTEGER NOT NULL CHECK (rows >= 0),
        bytes INTEGER NOT NULL CHECK (bytes >= 0),
        reason TEXT NOT NULL,
        CHECK ((staged_device IS NULL) = (staged_inode IS NULL)),
        CHECK ((published_device IS NULL) = (published_inode IS NULL)),
        CHECK ((action = 'publish') = (staged_inode IS NOT NULL)),
        CHECK (action = 'publish' OR (action = 'remove') = (published_inode IS NOT NULL)),
        CHECK (action = 'publish' OR rows = 0 OR unit_state = 'unchanged'),
        CHECK (action = 'none' OR unit_state <> 'unchanged'),
        CHECK (rows = 0 OR unit_state <> 'removed'),
        CHECK (position_definition IS NOT NULL OR undone IS NULL)
      ) STRICT
      """,
      """
      SELECT id, run, partition, state, iif(rows = 0, 'removed', 'committed'), action,
        staged_device, staged_inode, published_device, published_inode, definition, definition,
        NULL, NULL, rows, bytes, reason
      FROM publish
      """)
    try recreate(
      "publish_input",
      """
      (
        publish INTEGER NOT NULL REFERENCES publish,
        role TEXT NOT NULL CHECK (role IN ('read', 'consumed', 'undone')),
        input TEXT NOT NULL CHECK (input <> ''),
        version INTEGER NOT NULL REFERENCES version,
        row_digest TEXT CHECK (row_digest <> ''),
        PRIMARY KEY (publish, role, input),
        CHECK (role = 'read' OR row_digest IS NULL)
      ) STRICT, WITHOUT ROWID
      """,
      """
      SELECT publish, 'read', input, version, NULL FROM publish_input
      UNION ALL SELECT publish, 'consumed', input, version, NULL FROM publish_input
      """)
    try execute(
      sql: """
        CREATE UNIQUE INDEX publish_unfinished ON publish(partition) WHERE state = 'prepared';
        CREATE UNIQUE INDEX publish_staged ON publish(run, partition) WHERE state = 'staged';
        CREATE INDEX publish_run ON publish(run);

        CREATE TRIGGER publish_closed BEFORE UPDATE ON publish
        WHEN OLD.state NOT IN ('staged', 'prepared') BEGIN
          SELECT RAISE(ABORT, 'a closed journal entry never changes');
        END;
        CREATE TRIGGER publish_kept BEFORE DELETE ON publish BEGIN
          SELECT RAISE(ABORT, 'publish is append-only');
        END;

        CREATE TABLE publish_match (
          publish INTEGER NOT NULL REFERENCES publish,
          ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
          left_input TEXT NOT NULL CHECK (left_input <> ''),
          right_input TEXT NOT NULL CHECK (right_input <> ''),
          left_rows INTEGER NOT NULL CHECK (left_rows >= 0),
          right_rows INTEGER NOT NULL CHECK (right_rows >= 0),
          left_matched INTEGER NOT NULL CHECK (left_matched >= 0),
          right_matched INTEGER NOT NULL CHECK (right_matched >= 0),
          pairs INTEGER NOT NULL CHECK (pairs >= 0),
          fan_out INTEGER NOT NULL CHECK (fan_out >= 0),
          PRIMARY KEY (publish, ordinal)
        ) STRICT, WITHOUT ROWID;
        """)
  }

  private func extendHistory() throws {
    try recreate(
      "position_input",
      """
      (
        position INTEGER NOT NULL REFERENCES position,
        role TEXT NOT NULL CHECK (role IN ('consumed', 'undone')),
        input TEXT NOT NULL CHECK (input <> ''),
        version INTEGER NOT NULL REFERENCES version,
        PRIMARY KEY (position, role, input)
      ) STRICT, WITHOUT ROWID
      """,
      "SELECT position, 'consumed', input, version FROM position_input")
    // The newest entry of a partition up to a run is found in the index alone.
    try execute(
      sql: """
        ALTER TABLE position ADD COLUMN undone INTEGER REFERENCES run;
        ALTER TABLE lineage ADD COLUMN content INTEGER REFERENCES version;
        DROP INDEX position_partition;
        DROP INDEX lineage_partition;
        CREATE INDEX position_partition ON position(partition, id, run);
        CREATE INDEX lineage_partition ON lineage(partition, id, run);
        CREATE INDEX position_run ON position(run, partition);
        CREATE INDEX lineage_run ON lineage(run);
        CREATE INDEX lineage_input_version ON lineage_input(version);
        CREATE INDEX version_file_path ON version_file(path);
        """)
  }

  private func createExplanations() throws {
    try execute(
      sql: """
        CREATE TABLE row_digest (
          version INTEGER PRIMARY KEY REFERENCES version,
          digest TEXT NOT NULL CHECK (digest <> '')
        ) STRICT;

        CREATE TABLE source (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          job TEXT NOT NULL CHECK (job <> ''),
          input TEXT NOT NULL CHECK (input <> ''),
          run INTEGER NOT NULL REFERENCES run,
          description TEXT NOT NULL CHECK (json_valid(description))
        ) STRICT;
        CREATE INDEX source_job ON source(job);

        CREATE TABLE run_log (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          run INTEGER NOT NULL REFERENCES run,
          instant INTEGER NOT NULL,
          level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'failure')),
          text TEXT NOT NULL
        ) STRICT;
        CREATE INDEX run_log_run ON run_log(run);
        """)
  }
}
