import GRDB

extension Database {
  /// Brings the tables to the fifth schema: what recovery and undo need to know of a run as columns, digests
  /// that are learned after a version was stored, versions of the same content, and where outputs lie.
  ///
  /// Files of versions that were stored before count as final, as they did then.
  func migrateToSchemaV5() throws {
    try extendRuns()
    try createContents()
    try createLocations()
    try protect("file_digest", "same_content", "ledger", "output_place")
  }

  /// Earlier editions had both only in the run's words.
  private func extendRuns() throws {
    try execute(
      sql: """
        ALTER TABLE run ADD COLUMN stages_only INTEGER NOT NULL DEFAULT 0
          CHECK (stages_only IN (0, 1));
        ALTER TABLE run ADD COLUMN takes_back INTEGER REFERENCES run;

        UPDATE run SET stages_only = 1
        WHERE kind IN ('run', 'rerun') AND ', ' || detail || ', ' LIKE '%, stage only, %';
        UPDATE run SET takes_back = CAST(substr(detail, 5) AS INTEGER)
        WHERE kind = 'undo' AND detail GLOB 'run [0-9]*'
          AND CAST(substr(detail, 5) AS INTEGER) IN (SELECT id FROM run);
        """)
  }

  private func createContents() throws {
    try execute(
      sql: """
        ALTER TABLE version_file ADD COLUMN final INTEGER NOT NULL DEFAULT 1
          CHECK (final IN (0, 1));

        CREATE TABLE file_digest (
          version INTEGER NOT NULL,
          path TEXT NOT NULL,
          digest TEXT NOT NULL CHECK (digest <> ''),
          PRIMARY KEY (version, path),
          FOREIGN KEY (version, path) REFERENCES version_file (version, path)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE same_content (
          version INTEGER NOT NULL REFERENCES version,
          other INTEGER NOT NULL REFERENCES version,
          PRIMARY KEY (version, other)
        ) STRICT, WITHOUT ROWID;
        """)
  }

  private func createLocations() throws {
    // A copy of the file is the same ledger.
    try execute(
      sql: """
        CREATE TABLE ledger (
          id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO ledger (id) VALUES (lower(hex(randomblob(16))));

        CREATE TABLE output_place (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          job TEXT NOT NULL CHECK (job <> ''),
          declared TEXT NOT NULL CHECK (declared <> ''),
          resolved TEXT NOT NULL CHECK (resolved <> ''),
          run INTEGER REFERENCES run
        ) STRICT;
        CREATE INDEX output_place_job ON output_place(job);
        """)
  }
}
