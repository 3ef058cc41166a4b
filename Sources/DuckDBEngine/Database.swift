import CDuckDB

/// An embedded DuckDB instance in memory.
///
/// Its connections keep it alive.
final class Database: Sendable {
  /// DuckDB locks inside, so that the handle may be used from every thread.
  private nonisolated(unsafe) let handle: duckdb_database

  /// Opens an instance.
  ///
  /// - Throws: `DatabaseError` when DuckDB refuses a setting or cannot start.
  init(settings: EngineSettings = EngineSettings()) throws(DatabaseError) {
    var configuration: duckdb_config?
    defer { duckdb_destroy_config(&configuration) }
    guard duckdb_create_config(&configuration) == DuckDBSuccess else {
      throw DatabaseError(kind: "Out of Memory", message: "no configuration", position: nil)
    }
    for (name, value) in settings.configuration
    where duckdb_set_config(configuration, name, value) != DuckDBSuccess {
      throw DatabaseError(
        kind: "Settings", message: "The setting \(name) cannot be \"\(value)\".", position: nil)
    }
    var opened: duckdb_database?
    var message: UnsafeMutablePointer<CChar>?
    let state = duckdb_open_ext(nil, &opened, configuration, &message)
    guard state == DuckDBSuccess, let opened else {
      defer { duckdb_free(message) }
      throw DatabaseError(text: message.map { String(cString: $0) } ?? "DuckDB did not start.")
    }
    handle = opened
    try createMacros()
  }

  /// Makes the macros that statements use to read values.
  private func createMacros() throws(DatabaseError) {
    var connection: duckdb_connection? = try connect()
    defer { duckdb_disconnect(&connection) }
    for statement in ValueMacros.statements {
      var result = duckdb_result()
      defer { duckdb_destroy_result(&result) }
      guard duckdb_query(connection, statement, &result) == DuckDBSuccess else {
        throw DatabaseError(
          text: duckdb_result_error(&result).map { String(cString: $0) } ?? "no reason given")
      }
    }
  }

  deinit {
    var handle: duckdb_database? = handle
    duckdb_close(&handle)
  }

  /// Makes a connection handle, which the caller disconnects while the database is alive.
  func connect() throws(DatabaseError) -> duckdb_connection {
    var connection: duckdb_connection?
    guard duckdb_connect(handle, &connection) == DuckDBSuccess, let connection else {
      throw DatabaseError(kind: "Connection", message: "DuckDB refused it.", position: nil)
    }
    return connection
  }
}
