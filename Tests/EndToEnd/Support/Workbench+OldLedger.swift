import Foundation
import GRDB

@testable import Ledger

extension Workbench {
  /// Makes the ledger one that the Dovetail of the second schema would have written: the same history in its
  /// tables, with inodes and devices as numbers, and no marker of the output.
  func writeSecondSchema() throws {
    let (current, old) = (path(".dovetail/ledger.sqlite"), path(".dovetail/old.sqlite"))
    let ledger = try DatabaseQueue(path: old)
    try DatabaseMigrator.ledger.migrate(ledger, upTo: "v2")
    try ledger.writeWithoutTransaction { database in
      try database.execute(sql: "ATTACH ? AS new", arguments: [current])
      for (table, columns) in Self.secondSchema {
        try database.execute(sql: "INSERT INTO \(table) SELECT \(columns)")
      }
      try database.execute(sql: "DETACH new")
    }
    try ledger.close()
    for name in files(".dovetail") where name.hasPrefix("ledger.sqlite") {
      try remove(".dovetail/\(name)")
    }
    try FileManager.default.moveItem(atPath: old, toPath: current)
    try remove("out/.j.dovetail/owner")
  }

  /// The first and the second of two numbers in a text.
  private static func words(_ text: String) -> String {
    """
    CAST(substr(\(text), 1, instr(\(text), ' ') - 1) AS INTEGER),
    CAST(substr(\(text), instr(\(text), ' ') + 1) AS INTEGER)
    """
  }

  private static let secondSchema = [
    (
      "run",
      """
      id, job, kind, mode, plan, detail, note, state, listed_at, started_at, finished_at, bytes_read,
      files_read, plan_time, stage_time, publish_time, commit_time FROM new.run
      """
    ),
    ("lease", "* FROM new.lease"), ("output_partition", "* FROM new.output_partition"),
    ("work_unit", "* FROM new.work_unit"), ("version", "* FROM new.version"),
    (
      "version_file",
      """
      f.version, f.path, size, modified, \(words("stamp")), coalesce(f.digest, d.digest)
      FROM new.version_file f
      LEFT JOIN new.file_digest d ON d.version = f.version AND d.path = f.path
      """
    ),
    (
      "publish",
      """
      id, run, partition, state, unit_state, action, \(words("staged_token")),
      \(words("published_token")), definition, position_definition, undone, content, rows, bytes, reason
      FROM new.publish
      """
    ),
    ("publish_input", "* FROM new.publish_input"), ("publish_match", "* FROM new.publish_match"),
    ("lineage", "id, run, partition, definition, rows, bytes, content FROM new.lineage"),
    ("lineage_input", "* FROM new.lineage_input"),
    ("position", "id, run, partition, definition, undone FROM new.position"),
    ("position_input", "* FROM new.position_input"), ("row_digest", "* FROM new.row_digest"),
    ("source", "* FROM new.source"), ("run_log", "* FROM new.run_log"),
    ("pinned_table", "* FROM new.pinned_table"),
    (
      "table_column",
      """
      table_name, ordinal, name, (
        SELECT type FROM new.column_type t
        WHERE t.table_name = c.table_name AND t.ordinal = c.ordinal ORDER BY id DESC LIMIT 1)
      FROM new.table_column c
      """
    ),
  ]
}
