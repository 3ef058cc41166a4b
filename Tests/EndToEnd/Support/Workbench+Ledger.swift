import GRDB

extension Workbench {
  /// The states of all runs that the ledger of a workspace has, the oldest first.
  func runStates(of workspace: String = ".") throws -> [String] {
    try DatabaseQueue(path: path("\(workspace)/.dovetail/ledger.sqlite")).read { database in
      try String.fetchAll(database, sql: "SELECT state FROM run ORDER BY id")
    }
  }

  /// Runs SQL on the ledger.
  func ledger(_ sql: String) throws {
    let ledger = try DatabaseQueue(path: path(".dovetail/ledger.sqlite"))
    try ledger.write { try $0.execute(sql: sql) }
  }

  /// Lets nothing name the places of outputs, as for an earlier Dovetail.
  func forgetLocations() throws {
    try? remove("out/.j.dovetail/owner")
    try ledger(
      """
      DROP TRIGGER output_place_kept;
      DELETE FROM output_place;
      CREATE TRIGGER output_place_kept BEFORE DELETE ON output_place BEGIN
        SELECT RAISE(ABORT, 'output_place is append-only');
      END;
      """)
  }

  /// The definitions that the newest lineage of each partition has, in the order of the partitions.
  func definitions() throws -> [String] {
    try DatabaseQueue(path: path(".dovetail/ledger.sqlite")).read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT definition FROM lineage WHERE id IN (SELECT max(id) FROM lineage GROUP BY partition)
          ORDER BY partition
          """)
    }
  }

  /// Lets every definition be recorded as a text, as by an earlier Dovetail.
  func recordDefinitions(as definition: String) throws {
    let ledger = try DatabaseQueue(path: path(".dovetail/ledger.sqlite"))
    try ledger.write { database in
      let triggers = try Row.fetchAll(
        database,
        sql: """
          SELECT name, sql FROM sqlite_master
          WHERE type = 'trigger' AND tbl_name IN ('position', 'lineage', 'publish')
          """)
      for trigger in triggers {
        try database.execute(sql: "DROP TRIGGER \(trigger["name"] as String)")
      }
      for column in [
        "position.definition", "lineage.definition", "publish.definition",
        "publish.position_definition",
      ] {
        let (table, name) = (column.prefix { $0 != "." }, column.drop { $0 != "." }.dropFirst())
        try database.execute(
          sql: "UPDATE \(table) SET \(name) = ? WHERE \(name) IS NOT NULL", arguments: [definition])
      }
      for trigger in triggers { try database.execute(sql: trigger["sql"]) }
    }
  }

  /// Makes the ledger one of the Dovetail before: without the third schema and what it records.
  func removeThirdSchema() throws {
    let ledger = try DatabaseQueue(path: path(".dovetail/ledger.sqlite"))
    try ledger.write { database in
      try database.execute(
        sql: """
          DROP TRIGGER publish_closed; DROP TRIGGER table_column_unchanged;
          DROP TRIGGER table_column_kept; DROP TRIGGER pinned_table_unchanged;
          DROP TRIGGER pinned_table_kept;
          ALTER TABLE publish DROP COLUMN types;
          ALTER TABLE publish DROP COLUMN reading_rules;
          ALTER TABLE lineage DROP COLUMN types;
          ALTER TABLE lineage DROP COLUMN reading_rules;
          CREATE TRIGGER publish_closed BEFORE UPDATE ON publish
          WHEN OLD.state NOT IN ('staged', 'prepared') BEGIN
            SELECT RAISE(ABORT, 'a closed journal entry never changes');
          END;
          ALTER TABLE table_column ADD COLUMN type TEXT NOT NULL DEFAULT '?' CHECK (type <> '');
          UPDATE table_column SET type = (
            SELECT type FROM column_type t
            WHERE t.table_name = table_column.table_name AND t.ordinal = table_column.ordinal
            ORDER BY id DESC LIMIT 1);
          DROP TABLE column_type;
          DELETE FROM grdb_migrations WHERE identifier = 'v3';
          """)
    }
  }
}
