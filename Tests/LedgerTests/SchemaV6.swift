/// The schema of a ledger after migration v6, in the order in which its parts were made.
///
/// Never edit it: ledgers in use look like this.
let schemaV6 = """
  CREATE TABLE output_partition (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL CHECK (job <> ''),
    path TEXT NOT NULL,
    UNIQUE (job, path)
  ) STRICT;
  CREATE TABLE version (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL CHECK (length(id) = 64),
    identity TEXT NOT NULL CHECK (length(identity) = 64),
    UNIQUE (id, identity)
  ) STRICT;
  CREATE TABLE lineage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL REFERENCES run,
    partition INTEGER NOT NULL REFERENCES output_partition,
    definition TEXT NOT NULL CHECK (definition <> ''),
    rows INTEGER NOT NULL CHECK (rows >= 0),
    bytes INTEGER NOT NULL CHECK (bytes >= 0)
  , content INTEGER REFERENCES version, reading_rules INTEGER NOT NULL DEFAULT 1
    CHECK (reading_rules >= 1), types TEXT CHECK (types IN ('spark', 'duckdb')), removal_allowed INTEGER NOT NULL DEFAULT 0
    CHECK (removal_allowed IN (0, 1) AND (removal_allowed = 0 OR rows = 0))) STRICT;
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
  , undone INTEGER REFERENCES run) STRICT;
  CREATE TABLE pinned_table (
    name TEXT NOT NULL PRIMARY KEY CHECK (name <> '')
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE table_column (
    table_name TEXT NOT NULL REFERENCES pinned_table,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    name TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (table_name, ordinal),
    UNIQUE (table_name, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER version_unchanged BEFORE UPDATE ON version BEGIN
    SELECT RAISE(ABORT, 'version is append-only');
  END;
  CREATE TRIGGER version_kept BEFORE DELETE ON version BEGIN
    SELECT RAISE(ABORT, 'version is append-only');
  END;
  CREATE TRIGGER lineage_unchanged BEFORE UPDATE ON lineage BEGIN
    SELECT RAISE(ABORT, 'lineage is append-only');
  END;
  CREATE TRIGGER lineage_kept BEFORE DELETE ON lineage BEGIN
    SELECT RAISE(ABORT, 'lineage is append-only');
  END;
  CREATE TRIGGER lineage_input_unchanged BEFORE UPDATE ON lineage_input BEGIN
    SELECT RAISE(ABORT, 'lineage_input is append-only');
  END;
  CREATE TRIGGER lineage_input_kept BEFORE DELETE ON lineage_input BEGIN
    SELECT RAISE(ABORT, 'lineage_input is append-only');
  END;
  CREATE TRIGGER position_unchanged BEFORE UPDATE ON position BEGIN
    SELECT RAISE(ABORT, 'position is append-only');
  END;
  CREATE TRIGGER position_kept BEFORE DELETE ON position BEGIN
    SELECT RAISE(ABORT, 'position is append-only');
  END;
  CREATE TABLE "run" (
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
    commit_time INTEGER NOT NULL DEFAULT 0 CHECK (commit_time >= 0), stages_only INTEGER NOT NULL DEFAULT 0
    CHECK (stages_only IN (0, 1)), takes_back INTEGER REFERENCES run,
    CHECK (state <> 'running' OR finished_at IS NULL),
    CHECK (state IN ('running', 'interrupted') OR finished_at IS NOT NULL)
  ) STRICT;
  CREATE TABLE "lease" (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run,
    user TEXT NOT NULL,
    host TEXT NOT NULL,
    process INTEGER NOT NULL,
    workspace TEXT NOT NULL,
    taken_at INTEGER NOT NULL,
    released_at INTEGER
  ) STRICT;
  CREATE INDEX run_job ON run(job);
  CREATE UNIQUE INDEX run_running ON run(job) WHERE state = 'running';
  CREATE INDEX lease_run ON lease(run);
  CREATE TABLE "publish_input" (
    publish INTEGER NOT NULL REFERENCES publish,
    role TEXT NOT NULL CHECK (role IN ('read', 'consumed', 'undone')),
    input TEXT NOT NULL CHECK (input <> ''),
    version INTEGER NOT NULL REFERENCES version,
    row_digest TEXT CHECK (row_digest <> ''),
    PRIMARY KEY (publish, role, input),
    CHECK (role = 'read' OR row_digest IS NULL)
  ) STRICT, WITHOUT ROWID;
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
  CREATE TABLE "position_input" (
    position INTEGER NOT NULL REFERENCES position,
    role TEXT NOT NULL CHECK (role IN ('consumed', 'undone')),
    input TEXT NOT NULL CHECK (input <> ''),
    version INTEGER NOT NULL REFERENCES version,
    PRIMARY KEY (position, role, input)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX position_partition ON position(partition, id, run);
  CREATE INDEX lineage_partition ON lineage(partition, id, run);
  CREATE INDEX position_run ON position(run, partition);
  CREATE INDEX lineage_run ON lineage(run);
  CREATE INDEX lineage_input_version ON lineage_input(version);
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
  CREATE TRIGGER publish_input_unchanged BEFORE UPDATE ON publish_input BEGIN
    SELECT RAISE(ABORT, 'publish_input is append-only');
  END;
  CREATE TRIGGER publish_input_kept BEFORE DELETE ON publish_input BEGIN
    SELECT RAISE(ABORT, 'publish_input is append-only');
  END;
  CREATE TRIGGER publish_match_unchanged BEFORE UPDATE ON publish_match BEGIN
    SELECT RAISE(ABORT, 'publish_match is append-only');
  END;
  CREATE TRIGGER publish_match_kept BEFORE DELETE ON publish_match BEGIN
    SELECT RAISE(ABORT, 'publish_match is append-only');
  END;
  CREATE TRIGGER position_input_unchanged BEFORE UPDATE ON position_input BEGIN
    SELECT RAISE(ABORT, 'position_input is append-only');
  END;
  CREATE TRIGGER position_input_kept BEFORE DELETE ON position_input BEGIN
    SELECT RAISE(ABORT, 'position_input is append-only');
  END;
  CREATE TRIGGER row_digest_unchanged BEFORE UPDATE ON row_digest BEGIN
    SELECT RAISE(ABORT, 'row_digest is append-only');
  END;
  CREATE TRIGGER row_digest_kept BEFORE DELETE ON row_digest BEGIN
    SELECT RAISE(ABORT, 'row_digest is append-only');
  END;
  CREATE TRIGGER source_unchanged BEFORE UPDATE ON source BEGIN
    SELECT RAISE(ABORT, 'source is append-only');
  END;
  CREATE TRIGGER source_kept BEFORE DELETE ON source BEGIN
    SELECT RAISE(ABORT, 'source is append-only');
  END;
  CREATE TRIGGER run_log_unchanged BEFORE UPDATE ON run_log BEGIN
    SELECT RAISE(ABORT, 'run_log is append-only');
  END;
  CREATE TRIGGER run_log_kept BEFORE DELETE ON run_log BEGIN
    SELECT RAISE(ABORT, 'run_log is append-only');
  END;
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
  CREATE TRIGGER pinned_table_unchanged BEFORE UPDATE ON pinned_table BEGIN
    SELECT RAISE(ABORT, 'pinned_table is append-only');
  END;
  CREATE TRIGGER pinned_table_kept BEFORE DELETE ON pinned_table BEGIN
    SELECT RAISE(ABORT, 'pinned_table is append-only');
  END;
  CREATE TRIGGER table_column_unchanged BEFORE UPDATE ON table_column BEGIN
    SELECT RAISE(ABORT, 'table_column is append-only');
  END;
  CREATE TRIGGER table_column_kept BEFORE DELETE ON table_column BEGIN
    SELECT RAISE(ABORT, 'table_column is append-only');
  END;
  CREATE TRIGGER column_type_unchanged BEFORE UPDATE ON column_type BEGIN
    SELECT RAISE(ABORT, 'column_type is append-only');
  END;
  CREATE TRIGGER column_type_kept BEFORE DELETE ON column_type BEGIN
    SELECT RAISE(ABORT, 'column_type is append-only');
  END;
  CREATE TABLE "work_unit" (
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
  CREATE TRIGGER withholding_unchanged BEFORE UPDATE ON withholding BEGIN
    SELECT RAISE(ABORT, 'withholding is append-only');
  END;
  CREATE TRIGGER withholding_kept BEFORE DELETE ON withholding BEGIN
    SELECT RAISE(ABORT, 'withholding is append-only');
  END;
  CREATE TRIGGER withheld_unchanged BEFORE UPDATE ON withheld BEGIN
    SELECT RAISE(ABORT, 'withheld is append-only');
  END;
  CREATE TRIGGER withheld_kept BEFORE DELETE ON withheld BEGIN
    SELECT RAISE(ABORT, 'withheld is append-only');
  END;
  CREATE TRIGGER withheld_input_unchanged BEFORE UPDATE ON withheld_input BEGIN
    SELECT RAISE(ABORT, 'withheld_input is append-only');
  END;
  CREATE TRIGGER withheld_input_kept BEFORE DELETE ON withheld_input BEGIN
    SELECT RAISE(ABORT, 'withheld_input is append-only');
  END;
  CREATE TRIGGER alarm_acknowledgement_unchanged BEFORE UPDATE ON alarm_acknowledgement BEGIN
    SELECT RAISE(ABORT, 'alarm_acknowledgement is append-only');
  END;
  CREATE TRIGGER alarm_acknowledgement_kept BEFORE DELETE ON alarm_acknowledgement BEGIN
    SELECT RAISE(ABORT, 'alarm_acknowledgement is append-only');
  END;
  CREATE TRIGGER stray_match_unchanged BEFORE UPDATE ON stray_match BEGIN
    SELECT RAISE(ABORT, 'stray_match is append-only');
  END;
  CREATE TRIGGER stray_match_kept BEFORE DELETE ON stray_match BEGIN
    SELECT RAISE(ABORT, 'stray_match is append-only');
  END;
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
  CREATE TABLE ledger (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE output_place (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL CHECK (job <> ''),
    declared TEXT NOT NULL CHECK (declared <> ''),
    resolved TEXT NOT NULL CHECK (resolved <> ''),
    run INTEGER REFERENCES run
  ) STRICT;
  CREATE INDEX output_place_job ON output_place(job);
  CREATE TRIGGER file_digest_unchanged BEFORE UPDATE ON file_digest BEGIN
    SELECT RAISE(ABORT, 'file_digest is append-only');
  END;
  CREATE TRIGGER file_digest_kept BEFORE DELETE ON file_digest BEGIN
    SELECT RAISE(ABORT, 'file_digest is append-only');
  END;
  CREATE TRIGGER same_content_unchanged BEFORE UPDATE ON same_content BEGIN
    SELECT RAISE(ABORT, 'same_content is append-only');
  END;
  CREATE TRIGGER same_content_kept BEFORE DELETE ON same_content BEGIN
    SELECT RAISE(ABORT, 'same_content is append-only');
  END;
  CREATE TRIGGER ledger_unchanged BEFORE UPDATE ON ledger BEGIN
    SELECT RAISE(ABORT, 'ledger is append-only');
  END;
  CREATE TRIGGER ledger_kept BEFORE DELETE ON ledger BEGIN
    SELECT RAISE(ABORT, 'ledger is append-only');
  END;
  CREATE TRIGGER output_place_unchanged BEFORE UPDATE ON output_place BEGIN
    SELECT RAISE(ABORT, 'output_place is append-only');
  END;
  CREATE TRIGGER output_place_kept BEFORE DELETE ON output_place BEGIN
    SELECT RAISE(ABORT, 'output_place is append-only');
  END;
  CREATE TABLE "version_file" (
    version INTEGER NOT NULL REFERENCES version,
    path TEXT NOT NULL CHECK (path <> ''),
    size INTEGER NOT NULL CHECK (size >= 0),
    modified INTEGER NOT NULL,
    tag TEXT CHECK (tag <> ''),
    stamp TEXT CHECK (stamp <> ''),
    digest TEXT CHECK (digest <> ''),
    final INTEGER NOT NULL DEFAULT 1 CHECK (final IN (0, 1)),
    PRIMARY KEY (version, path)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX version_file_path ON version_file(path);
  CREATE TABLE "publish" (
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
  ) STRICT;
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
  CREATE TABLE version_member (
    version INTEGER NOT NULL REFERENCES version,
    path TEXT NOT NULL CHECK (path <> ''),
    member INTEGER NOT NULL REFERENCES version CHECK (member <> version),
    PRIMARY KEY (version, path)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX version_member_member ON version_member(member);
  CREATE TRIGGER version_file_unchanged BEFORE UPDATE ON version_file BEGIN
    SELECT RAISE(ABORT, 'version_file is append-only');
  END;
  CREATE TRIGGER version_file_kept BEFORE DELETE ON version_file BEGIN
    SELECT RAISE(ABORT, 'version_file is append-only');
  END;
  CREATE TRIGGER version_member_unchanged BEFORE UPDATE ON version_member BEGIN
    SELECT RAISE(ABORT, 'version_member is append-only');
  END;
  CREATE TRIGGER version_member_kept BEFORE DELETE ON version_member BEGIN
    SELECT RAISE(ABORT, 'version_member is append-only');
  END;

  """
