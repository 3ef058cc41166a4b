import GRDB

extension Database {
  /// Creates the tables of the first schema, which docs/architecture.md draws.
  ///
  /// Times are microseconds since 1970-01-01 UTC; those of data files are nanoseconds, as the file system
  /// says. Inodes and devices are unsigned 64-bit numbers in the bit pattern of a signed one; the sixth schema
  /// has them as text.
  func createSchemaV1() throws {
    try createRuns()
    try createVersions()
    try createJournal()
    try createHistory()
    try createPinnedColumns()
    try protect(
      "version", "version_file", "publish_input", "lineage", "lineage_input", "position",
      "position_input")
  }

  private func createRuns() throws {
    try execute(
      sql: """
        CREATE TABLE run (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          job TEXT NOT NULL CHECK (job <> ''),
          kind TEXT NOT NULL CHECK (kind IN ('run', 'rerun')),
          plan TEXT NOT NULL,
          state TEXT NOT NULL CHECK (state IN
            ('running', 'succeeded', 'partial', 'failed', 'cancelled', 'interrupted')),
          listed_at INTEGER NOT NULL,
          started_at INTEGER NOT NULL,
          finished_at INTEGER,
          bytes_read INTEGER NOT NULL DEFAULT 0 CHECK (bytes_read >= 0),
          files_read INTEGER NOT NULL DEFAULT 0 CHECK (files_read >= 0),
          CHECK (state <> 'running' OR finished_at IS NULL),
          CHECK (state IN ('running', 'interrupted') OR finished_at IS NOT NULL)
        ) STRICT;
        CREATE INDEX run_job ON run(job);
        CREATE UNIQUE INDEX run_running ON run(job) WHERE state = 'running';

        CREATE TABLE lease (
          run INTEGER PRIMARY KEY REFERENCES run,
          user TEXT NOT NULL,
          host TEXT NOT NULL,
          process INTEGER NOT NULL,
          workspace TEXT NOT NULL,
          taken_at INTEGER NOT NULL,
          released_at INTEGER
        ) STRICT;

        CREATE TABLE output_partition (
          id INTEGER PRIMARY KEY,
          job TEXT NOT NULL CHECK (job <> ''),
          path TEXT NOT NULL,
          UNIQUE (job, path)
        ) STRICT;

        CREATE TABLE work_unit (
          run INTEGER NOT NULL REFERENCES run,
          partition INTEGER NOT NULL REFERENCES output_partition,
          state TEXT NOT NULL CHECK (state IN ('committed', 'removed', 'failed', 'cancelled')),
          rows INTEGER NOT NULL CHECK (rows >= 0),
          bytes INTEGER NOT NULL CHECK (bytes >= 0),
          reason TEXT NOT NULL,
          message TEXT,
          PRIMARY KEY (run, partition),
          CHECK (state <> 'removed' OR rows = 0),
          CHECK (message IS NULL OR state IN ('failed', 'cancelled'))
        ) STRICT, WITHOUT ROWID;
        """)
  }

  private func createVersions() throws {
    try execute(
      sql: """
        CREATE TABLE version (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL CHECK (length(id) = 64),
          identity TEXT NOT NULL CHECK (length(identity) = 64),
          UNIQUE (id, identity)
        ) STRICT;

        CREATE TABLE version_file (
          version INTEGER NOT NULL REFERENCES version,
          path TEXT NOT NULL CHECK (path <> ''),
          size INTEGER NOT NULL CHECK (size >= 0),
          modified INTEGER NOT NULL,
          inode INTEGER NOT NULL,
          changed INTEGER NOT NULL,
          digest TEXT CHECK (digest <> ''),
          PRIMARY KEY (version, path)
        ) STRICT, WITHOUT ROWID;
        """)
  }

  private func createJournal() throws {
    try execute(
      sql: """
        CREATE TABLE publish (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          run INTEGER NOT NULL REFERENCES run,
          partition INTEGER NOT NULL REFERENCES output_partition,
          state TEXT NOT NULL CHECK (state IN ('prepared', 'committed', 'rolled_back')),
          action TEXT NOT NULL CHECK (action IN ('publish', 'remove', 'none')),
          staged_device INTEGER,
          staged_inode INTEGER,
          published_device INTEGER,
          published_inode INTEGER,
          definition TEXT NOT NULL CHECK (definition <> ''),
          rows INTEGER NOT NULL CHECK (rows >= 0),
          bytes INTEGER NOT NULL CHECK (bytes >= 0),
          reason TEXT NOT NULL,
          CHECK ((staged_device IS NULL) = (staged_inode IS NULL)),
          CHECK ((published_device IS NULL) = (published_inode IS NULL)),
          CHECK ((action = 'publish') = (staged_inode IS NOT NULL)),
          CHECK (action = 'publish' OR (action = 'remove') = (published_inode IS NOT NULL)),
          CHECK (action = 'publish' OR rows = 0)
        ) STRICT;
        CREATE UNIQUE INDEX publish_unfinished ON publish(partition) WHERE state = 'prepared';

        CREATE TABLE publish_input (
          publish INTEGER NOT NULL REFERENCES publish,
          input TEXT NOT NULL CHECK (input <> ''),
          version INTEGER NOT NULL REFERENCES version,
          PRIMARY KEY (publish, input)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER publish_closed BEFORE UPDATE ON publish WHEN OLD.state <> 'prepared' BEGIN
          SELECT RAISE(ABORT, 'a closed journal entry never changes');
        END;
        CREATE TRIGGER publish_kept BEFORE DELETE ON publish BEGIN
          SELECT RAISE(ABORT, 'publish is append-only');
        END;
        """)
  }

  private func createHistory() throws {
    try execute(
      sql: """
        CREATE TABLE lineage (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          run INTEGER NOT NULL REFERENCES run,
          partition INTEGER NOT NULL REFERENCES output_partition,
          definition TEXT NOT NULL CHECK (definition <> ''),
          rows INTEGER NOT NULL CHECK (rows >= 0),
          bytes INTEGER NOT NULL CHECK (bytes >= 0)
        ) STRICT;
        CREATE INDEX lineage_partition ON lineage(partition);

        CREATE TABLE lineage_input (
          lineage INTEGER NOT NULL REFERENCES lineage,
          input TEXT NOT NULL CHECK (input <> ''),
          version INTEGER NOT NULL REFERENCES version,
          PRIMARY KEY (lineage, input)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE position (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          run INTEGER NOT NULL REFERENCES run,
          partition INTEGER NOT NULL REFERENCES output_partition,
          definition TEXT NOT NULL CHECK (definition <> '')
        ) STRICT;
        CREATE INDEX position_partition ON position(partition);

        CREATE TABLE position_input (
          position INTEGER NOT NULL REFERENCES position,
          input TEXT NOT NULL CHECK (input <> ''),
          version INTEGER NOT NULL REFERENCES version,
          PRIMARY KEY (position, input)
        ) STRICT, WITHOUT ROWID;
        """)
  }

  private func createPinnedColumns() throws {
    try execute(
      sql: """
        CREATE TABLE pinned_table (
          name TEXT NOT NULL PRIMARY KEY CHECK (name <> '')
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE table_column (
          table_name TEXT NOT NULL REFERENCES pinned_table,
          ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
          name TEXT NOT NULL COLLATE NOCASE,
          type TEXT NOT NULL CHECK (type <> ''),
          PRIMARY KEY (table_name, ordinal),
          UNIQUE (table_name, name)
        ) STRICT, WITHOUT ROWID;
        """)
  }
}
