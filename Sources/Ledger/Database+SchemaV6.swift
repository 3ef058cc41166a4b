import GRDB

extension Database {
  /// Brings the tables to the sixth schema: what only a store understands is text, so that every store has its own,
  /// and a version may be what is read together of several partitions.
  ///
  /// The stamp of a local file is its inode and its ctime, and the token of a local folder its device and its
  /// inode; they name the same files and folders as before.
  func migrateToSchemaV6() throws {
    try recreateFiles()
    try recreateJournalWithTokens()
    try createMembers()
    try protect("version_file", "version_member")
  }

  private func recreateFiles() throws {
    // Without a tag, size and modification time name the content.
    try recreate(
      "version_file",
      """
      (
        version INTEGER NOT NULL REFERENCES version,
        path TEXT NOT NULL CHECK (path <> ''),
        size INTEGER NOT NULL CHECK (size >= 0),
        modified INTEGER NOT NULL,
        tag TEXT CHECK (tag <> ''),
        stamp TEXT CHECK (stamp <> ''),
        digest TEXT CHECK (digest <> ''),
        final INTEGER NOT NULL DEFAULT 1 CHECK (final IN (0, 1)),
        PRIMARY KEY (version, path)
      ) STRICT, WITHOUT ROWID
      """,
      """
      SELECT version, path, size, modified, NULL, printf('%u %d', inode, changed), digest, final
      FROM version_file
      """)
    try execute(sql: "CREATE INDEX version_file_path ON version_file(path)")
  }

  private func createMembers() throws {
    try execute(
      sql: """
        CREATE TABLE version_member (
          version INTEGER NOT NULL REFERENCES version,
          path TEXT NOT NULL CHECK (path <> ''),
          member INTEGER NOT NULL REFERENCES version CHECK (member <> version),
          PRIMARY KEY (version, path)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX version_member_member ON version_member(member);
        """)
  }

  private func recreateJournalWithTokens() throws {
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
        staged_token TEXT CHECK (staged_token <> ''),
        published_token TEXT CHECK (published_token <> ''),
        definition TEXT NOT NULL CHECK (definition <> ''),
        position_definition TEXT CHECK (position_definition <> ''),
        undone INTEGER REFERENCES run,
        content INTEGER REFERENCES version,
        rows INTEGER NOT NULL CHECK (rows >= 0),
        bytes INTEGER NOT NULL CHECK (bytes >= 0),
        reason TEXT NOT NULL,
        reading_rules INTEGER NOT NULL DEFAULT 1 CHECK (reading_rules >= 1),
        types TEXT CHECK (types IN ('spark', 'duckdb')),
        removal_allowed INTEGER NOT NULL DEFAULT 0
          CHECK (removal_allowed IN (0, 1) AND (removal_allowed = 0 OR rows = 0)),
        CHECK ((action = 'publish') = (staged_token IS NOT NULL)),
        CHECK (action = 'publish' OR (action = 'remove') = (published_token IS NOT NULL)),
        CHECK (action = 'publish' OR rows = 0 OR unit_state = 'unchanged'),
        CHECK (action = 'none' OR unit_state <> 'unchanged'),
        CHECK (rows = 0 OR unit_state <> 'removed'),
        CHECK (position_definition IS NOT NULL OR undone IS NULL)
      ) STRICT
      """,
      """
      SELECT id, run, partition, state, unit_state, action,
        iif(staged_inode IS NULL, NULL, printf('%u %u', staged_device, staged_inode)),
        iif(published_inode IS NULL, NULL, printf('%u %u', published_device, published_inode)),
        definition, position_definition, undone, content, rows, bytes, reason, reading_rules, types,
        removal_allowed
      FROM publish
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
        """)
  }
}
