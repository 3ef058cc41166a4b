import GRDB

extension DatabaseMigrator {
  /// The schema's history: a migration that was released is never edited; a new one is appended.
  static var ledger: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { try $0.createSchemaV1() }
    migrator.registerMigration("v2") { try $0.migrateToSchemaV2() }
    migrator.registerMigration("v3") { try $0.migrateToSchemaV3() }
    migrator.registerMigration("v4") { try $0.migrateToSchemaV4() }
    migrator.registerMigration("v5") { try $0.migrateToSchemaV5() }
    migrator.registerMigration("v6") { try $0.migrateToSchemaV6() }
    migrator.registerMigration("v7") { try $0.migrateToSchemaV7() }
    migrator.registerMigration("v8") { try $0.migrateToSchemaV8() }
    migrator.registerMigration("v9") { try $0.migrateToSchemaV9() }
    return migrator
  }

  /// A migration that a newer Dovetail applied and this one does not know.
  func unknownMigration(_ database: Database) throws -> String? {
    try appliedIdentifiers(database).subtracting(migrations).max()
  }
}
