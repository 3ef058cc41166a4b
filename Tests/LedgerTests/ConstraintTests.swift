import GRDB
import IncrementalJoin
import Ledger
import PartitionPredicate
import TestSupport
import Testing

struct ConstraintTests {
  static let history = [
    "version", "version_file", "publish_input", "publish_match", "lineage", "lineage_input",
    "position", "position_input", "row_digest", "source", "run_log",
    "pinned_table", "table_column", "column_type", "withholding", "withheld", "withheld_input",
    "alarm_acknowledgement", "stray_match", "file_digest", "same_content", "ledger",
    "output_place", "version_member", "run_batch",
  ]

  static let rejected = [
    // unknown names
    "UPDATE run SET state = 'done'",
    "UPDATE run SET kind = 'walk'",
    "UPDATE run SET mode = 'maybe'",
    "INSERT INTO run_log (run, instant, level, text) VALUES (1, 0, 'loud', '')",
    "UPDATE publish SET unit_state = 'done' WHERE state = 'prepared'",
    "UPDATE publish SET types = 'glue' WHERE state = 'prepared'",
    "UPDATE publish SET reading_rules = 0 WHERE state = 'prepared'",
    "UPDATE publish SET reading_rules = NULL WHERE state = 'prepared'",
    """
    INSERT INTO lineage (run, partition, definition, rows, bytes, types)
    VALUES (1, 1, 'd', 1, 1, 'glue')
    """,
    "INSERT INTO publish_input VALUES (1, 'written', 'third', 1, NULL)",
    "INSERT INTO position_input VALUES (1, 'read', 'third', 1)",
    "UPDATE work_unit SET state = 'done'",
    "UPDATE publish SET state = 'done' WHERE state = 'prepared'",
    "UPDATE publish SET action = 'move' WHERE state = 'prepared'",
    // states that do not fit
    "UPDATE run SET finished_at = 1 WHERE state = 'running'",
    "UPDATE run SET finished_at = NULL WHERE state = 'succeeded'",
    "UPDATE run SET state = 'running', finished_at = NULL",
    "UPDATE work_unit SET state = 'removed', rows = 1",
    "UPDATE work_unit SET message = 'committed units have none'",
    "UPDATE run SET state = 'staged', finished_at = NULL WHERE state = 'succeeded'",
    "UPDATE work_unit SET state = 'unchanged', rows = 1",
    "UPDATE work_unit SET state = 'moved', rows = 1",
    "UPDATE work_unit SET state = 'held', rows = 1",
    "UPDATE publish SET removal_allowed = 1 WHERE state = 'prepared' AND rows > 0",
    "INSERT INTO withholding VALUES (1, 0, 0, 1, 0.25)",
    "INSERT INTO withholding VALUES (1, 0, 1, 1, 25)",
    "INSERT INTO stray_match VALUES (1, 'l', 'r', 1, 1, 1, 2)",
    "INSERT INTO alarm_acknowledgement VALUES (NULL, 'j', 2, 1, 'ada', 0, NULL)",
    "UPDATE publish SET unit_state = 'removed' WHERE state = 'prepared'",
    "UPDATE publish SET unit_state = 'unchanged' WHERE state = 'prepared'",
    """
    UPDATE publish SET position_definition = NULL, undone = 1 WHERE state = 'prepared'
    """,
    "INSERT INTO publish_input VALUES (1, 'undone', 'third', 1, 'digest')",
    "UPDATE publish SET state = 'prepared'",
    "DELETE FROM publish",
    // actions that do not fit
    "UPDATE publish SET staged_token = NULL WHERE state = 'prepared'",
    "UPDATE publish SET staged_token = '' WHERE state = 'prepared'",
    "UPDATE publish SET action = 'remove' WHERE state = 'prepared'",
    "UPDATE publish SET action = 'none' WHERE state = 'prepared'",
    "UPDATE publish SET action = 'remove', rows = 0 WHERE state = 'prepared'",
    // numbers and types
    "UPDATE run SET bytes_read = -1",
    "INSERT INTO run_batch VALUES (1, 9, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)",
    "INSERT INTO run_batch VALUES (1, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)",
    "INSERT INTO run_batch VALUES (1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0)",
    "INSERT INTO run_batch VALUES (99, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0)",
    "UPDATE run SET bytes_read = 'many'",
    "UPDATE run SET job = NULL",
    "INSERT INTO version (id, identity) VALUES ('short', 'short')",
    "INSERT INTO version (id, identity) SELECT id, identity FROM version",
    "INSERT INTO version_file VALUES (1, 'p', -1, 0, NULL, '0 0', NULL, 1)",
    "INSERT INTO version_file VALUES (1, 'p', 1, 0, '', NULL, NULL, 1)",
    "INSERT INTO version_file SELECT * FROM version_file",
    // rows that hang in the air
    "INSERT INTO version_file VALUES (1, 'p', 1, 0, NULL, '0 0', NULL, 2)",
    "INSERT INTO version_file VALUES (99, 'p', 1, 0, NULL, '0 0', NULL, 1)",
    "INSERT INTO file_digest VALUES (1, 'none', 'x')",
    "INSERT INTO same_content VALUES (1, 99)",
    "INSERT INTO version_member VALUES (1, 'p', 99)",
    "INSERT INTO version_member VALUES (1, 'p', 1)",
    "INSERT INTO version_member VALUES (1, '', 2)",
    "INSERT INTO output_place (job, declared, resolved) VALUES ('j', '', '')",
    "UPDATE run SET stages_only = 2", "UPDATE run SET takes_back = 99",
    "INSERT INTO position (run, partition, definition) VALUES (99, 1, 'd')",
    "INSERT INTO position (run, partition, definition) VALUES (1, 99, 'd')",
    "INSERT INTO position (run, partition, definition) VALUES (1, 1, '')",
    "INSERT INTO position (run, partition, definition, undone) VALUES (1, 1, 'd', 99)",
    "INSERT INTO position_input VALUES (1, 'consumed', 'third', 99)",
    "UPDATE publish SET content = 99 WHERE state = 'prepared'",
    "INSERT INTO publish_match VALUES (99, 0, 'a', 'b', 0, 0, 0, 0, 0, 0)",
    "INSERT INTO row_digest VALUES (99, 'digest')",
    "INSERT INTO source (job, input, run, description) VALUES ('joined', 'a', 99, '{}')",
    "INSERT INTO run_log (run, instant, level, text) VALUES (99, 0, 'info', '')",
    "INSERT INTO lineage_input VALUES (99, 'third', 1)",
    "INSERT INTO lease VALUES (NULL, 99, 'u', 'h', 1, 'w', 0, NULL)",
    "INSERT INTO work_unit VALUES (1, 99, 'failed', 0, 0, '', NULL)",
    "INSERT INTO table_column VALUES ('unknown', 0, 'a')",
    "INSERT INTO column_type (table_name, ordinal, type) VALUES ('flights', 99, 'INT')",
    "INSERT INTO column_type (table_name, ordinal, type) VALUES ('flights', 0, '')",
    "INSERT INTO column_type (table_name, ordinal, type, user) VALUES ('flights', 0, 'INT', 'ada')",
    """
    INSERT INTO column_type (table_name, ordinal, type, run) VALUES ('flights', 0, 'INT', 1)
    """,
    """
    INSERT INTO column_type (table_name, ordinal, type, run, user, pinned_at)
    VALUES ('flights', 0, 'INT', 99, 'ada', 1)
    """,
    "DELETE FROM run",
    "DELETE FROM output_partition",
    // one of each
    "INSERT INTO output_partition (job, path) VALUES ('joined', 'day=1')",
    "INSERT INTO pinned_table VALUES ('flights')",
    "INSERT INTO table_column VALUES ('flights', 1, 'a'), ('flights', 2, 'A')",
    "INSERT INTO table_column VALUES ('flights', 0, 'another')",
    """
    INSERT INTO run (job, kind, mode, plan, detail, state, listed_at, started_at)
    SELECT job, kind, mode, plan, detail, state, listed_at, started_at
    FROM run WHERE state = 'running'
    """,
    """
    INSERT INTO publish (run, partition, state, unit_state, action, definition, rows, bytes, reason)
    SELECT run, partition, 'prepared', 'removed', 'none', 'd', 0, 0, '' FROM publish
    WHERE state = 'prepared'
    """,
    """
    INSERT INTO publish (run, partition, state, unit_state, action, definition, rows, bytes, reason)
    SELECT run, partition, 'staged', 'removed', 'none', 'd', 0, 0, '' FROM publish
    WHERE state = 'staged'
    """,
    "INSERT INTO row_digest SELECT * FROM row_digest",
    // no JSON
    "INSERT INTO source (job, input, run, description) VALUES ('joined', 'a', 1, '{')",
  ]

  /// A ledger with committed, staged and open publishes, opened without the module.
  private func database(_ folder: TemporaryFolder) throws -> DatabaseQueue {
    let ledger = try Ledger(path: folder.ledger)
    try ledger.build(["day=1"])
    try ledger.pin(
      columns: [SeenColumn(name: "origin", type: "VARCHAR")], table: "flights", by: samplePin)
    let run = try ledger.begin()
    try ledger.accept(["flights": source("data/flights")], run: run)
    try ledger.log([LogLine(instant: listedAt, level: .info, text: "begun")], run: run)
    try ledger.keep([publish("day=3", run: run)])
    let described = publish(
      "day=4", run: run, matches: [sampleMatch], rowDigests: ["flights": "digest"])
    try ledger.prepare([described])
    try ledger.commit([described])
    try ledger.prepare([publish("day=2", run: run)])
    try ledger.withhold(
      [WithheldUnit(partition: "day=5", definition: "d", inputs: inputs("day=5"), reason: "")],
      run: run, count: RemovalCount(earlier: 0, new: 1, published: 1, limit: 0))
    try ledger.acknowledge(
      AlarmAcknowledgement(runs: 0...run, user: "ada", at: listedAt), job: "joined")
    try ledger.record([
      StrayMatches(
        run: run, left: "l", right: "r", partition: "day=1", lookedAt: 2, sampled: 1, found: 1)
    ])
    for digest in [nil, "digest"] {
      let version = PartitionVersion(
        files: [
          DataFile(path: "day=9/a", size: 1, modified: 1, inode: 1, changed: 1, digest: digest)
        ])
      try ledger.move(
        [PositionMove(partition: "day=9", definition: "d", inputs: ["flights": version])], run: run,
        reason: "read")
      try ledger.confirm([VersionReference(version): version])
    }
    let together = PartitionVersion(
      members: (1...2).map {
        PartitionVersion.Member(path: "day=\($0)", version: version("flights", "day=\($0)"))
      })
    try ledger.move(
      [PositionMove(partition: "day=9", definition: "d", inputs: ["flights": together])], run: run,
      reason: "read together")
    try ledger.claim(OutputPlace(declared: "out", resolved: "out"), job: "joined", run: run)
    return try DatabaseQueue(path: folder.ledger)
  }

  @Test("rows of the history are never changed or deleted")
  func appendOnly() throws {
    let folder = try TemporaryFolder()
    let database = try database(folder)
    for table in Self.history {
      let column = try #require(try database.read { try $0.columns(in: table).first?.name })
      for sql in ["UPDATE \(table) SET \(column) = \(column)", "DELETE FROM \(table)"] {
        let error = #expect(throws: DatabaseError.self) {
          try database.write { try $0.execute(sql: sql) }
        }
        #expect(error?.message == "\(table) is append-only")
      }
    }
  }

  @Test("the schema rejects what no ledger may say")
  func rejection() throws {
    let folder = try TemporaryFolder()
    let database = try database(folder)
    for sql in Self.rejected {
      let error = #expect(throws: DatabaseError.self, "\(sql)") {
        try database.write { try $0.execute(sql: sql) }
      }
      #expect(error?.resultCode == .SQLITE_CONSTRAINT, "\(sql)")
    }
  }

  @Test("a lease is open while its run is running")
  func lease() throws {
    let folder = try TemporaryFolder()
    let open = try database(folder).read {
      try Row.fetchAll($0, sql: "SELECT * FROM lease ORDER BY run")
    }
    #expect(open.count == 2)
    #expect(open[0]["released_at"] as Int64? != nil)
    #expect(open[1]["released_at"] as Int64? == nil)
    #expect(open[1]["user"] == "ada")
    #expect(open[1]["process"] == 4711)
    #expect(open[1]["workspace"] == "/data/flights")
  }
}
