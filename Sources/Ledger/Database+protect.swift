import GRDB

extension Database {
  /// Makes tables append-only, for migrations; those that were released depend on it.
  func protect(_ tables: String...) throws {
    for table in tables {
      for (verb, name) in [("UPDATE", "unchanged"), ("DELETE", "kept")] {
        try execute(
          sql: """
            CREATE TRIGGER \(table)_\(name) BEFORE \(verb) ON \(table) BEGIN
              SELECT RAISE(ABORT, '\(table) is append-only');
            END
            """)
      }
    }
  }
}
