import GRDB
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import Ledger

struct SchemaTests {
  @Test("migration v1 makes the schema that was released")
  func golden() throws {
    #expect(try schema(upTo: "v1") == schemaV1)
  }

  @Test("migration v2 makes the schema that is recorded")
  func goldenV2() throws {
    #expect(try schema(upTo: "v2") == schemaV2)
  }

  @Test("migration v3 makes the schema that is recorded")
  func goldenV3() throws {
    #expect(try schema(upTo: "v3") == schemaV3)
  }

  @Test("migration v4 makes the schema that is recorded")
  func goldenV4() throws {
    #expect(try schema(upTo: "v4") == schemaV4)
  }

  @Test("migration v5 makes the schema that is recorded")
  func goldenV5() throws {
    #expect(try schema(upTo: "v5") == schemaV5)
  }

  @Test("migration v6 makes the schema that is recorded")
  func goldenV6() throws {
    #expect(try schema(upTo: "v6") == schemaV6)
  }

  private func schema(upTo migration: String) throws -> String {
    let database = try DatabaseQueue()
    try DatabaseMigrator.ledger.migrate(database, upTo: migration)
    let schema = try database.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT sql FROM sqlite_master
          WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
          ORDER BY rowid
          """)
    }
    return schema.joined(separator: ";\n") + ";\n"
  }

  @Test("a ledger that an earlier Dovetail made with v1 is read and written")
  func releasedSchema() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/ledger.sqlite"
    try DatabaseQueue(path: path).write { database in
      try database.execute(sql: schemaV1)
      try database.execute(
        sql: """
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
          INSERT INTO grdb_migrations VALUES ('v1');
          """)
    }
    try Ledger(path: path).build(["day=1"])
    #expect(
      try ReadOnlyLedger(path: path).positions(job: "joined")
        == ["day=1": move("day=1").position(movedBy: 1)])
  }

  @Test(
    "no query of a reading command walks the history",
    arguments: [
      Database.newestPositions, Database.newestLineages, Database.filesOfVersions(count: 3),
      Database.newestRunsOfJob, Database.oneRun, Database.rowDigestsOfVersions(count: 3),
      Database.movedPartitions, Database.lineagesOfRun, Database.usesOfFile, Database.matches,
      Database.sourcesOfJob, Database.logOfRun, Database.newestColumnTypes,
      Database.newestWithheld, Database.acknowledgements, Database.strays,
      Database.versionsOfSameContent(count: 3), Database.membersOfVersions(count: 3),
      Database.placeOfOutput, Database.leaseOfRun, Database.lastLook, Database.batchesOfRun,
      Database.failedUnitsOfRun,
    ])
  func queryPlans(sql: String) throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(path: folder.ledger)
    let steps = try ledger.pool.read { database in
      let arguments = StatementArguments(
        Array(repeating: 1, count: sql.filter { $0 == "?" }.count))
      return try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments)
        .map { $0["detail"] as String }
    }
    // "SCAN w" and "SCAN r" are the wanted versions and the limited runs.
    let scans = steps.filter { $0.hasPrefix("SCAN") && $0 != "SCAN w" && $0 != "SCAN r" }
    #expect(scans.filter { !$0.contains("CONSTANT ROW") } == [], "\(steps)")
  }
}
