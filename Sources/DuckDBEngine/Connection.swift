import CDuckDB
import IncrementalJoin
import Synchronization

/// One connection to the database. It runs one query at a time, on a thread of its own.
actor Connection {
  private let executor = ThreadExecutor(name: "duckdb")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let database: Database
  /// Queries run on the actor; DuckDB lets every thread interrupt them and ask for their progress.
  private nonisolated(unsafe) let handle: duckdb_connection
  private nonisolated let turns = Mutex(Turns())

  /// Which query is running, so that a late interrupt cannot hit the next one.
  private struct Turns {
    var started = 0
    var running: Int?
  }

  init(to database: Database) throws(DatabaseError) {
    self.database = database
    handle = try database.connect()
  }

  deinit {
    var handle: duckdb_connection? = handle
    duckdb_disconnect(&handle)
  }

  /// Runs SQL and reads the result of its last statement.
  ///
  /// - Throws: `DatabaseError`; `CancellationError` within milliseconds when the task is cancelled.
  nonisolated func query(_ sql: String) async throws -> QueryResult {
    try Task.checkCancellation()
    let turn = turns.withLock { turns in
      turns.started += 1
      turns.running = turns.started
      return turns.started
    }
    defer { turns.withLock { $0.running = nil } }
    do {
      return try await withTaskCancellationHandler {
        try await run(sql)
      } onCancel: {
        Task.detached { await self.interrupt(turn) }
      }
    } catch let error as DatabaseError where error.isInterrupt {
      throw CancellationError()
    }
  }

  /// Runs SQL as `query(_:)` does, and reports the done share (0 to 1) ten times a second.
  ///
  /// DuckDB works out its progress at every step then, which costs a short query up to a fifth of its time.
  nonisolated func query(_ sql: String, progress: @escaping @Sendable (Double) -> Void) async throws
    -> QueryResult
  {
    async let _: Void = report(to: progress)
    let result = try await query("SET enable_progress_bar = true; \(sql)")
    _ = try await query("SET enable_progress_bar = false")
    return result
  }

  private func run(_ sql: String) throws(DatabaseError) -> QueryResult {
    guard !sql.utf8.contains(0) else {
      throw DatabaseError(
        kind: "Parser", message: "A name or an expression holds a zero byte.", position: nil)
    }
    var result = duckdb_result()
    defer { duckdb_destroy_result(&result) }
    guard duckdb_query(handle, sql, &result) == DuckDBSuccess else {
      throw DatabaseError(
        text: duckdb_result_error(&result).map { String(cString: $0) } ?? "no reason given")
    }
    return QueryResult(reading: &result)
  }

  /// Interrupts until the query has ended: an interrupt that comes before DuckDB has begun is lost.
  @concurrent private nonisolated func interrupt(_ turn: Int) async {
    while turns.withLock({ turns in
      guard turns.running == turn else { return false }
      duckdb_interrupt(handle)
      return true
    }) {
      try? await Task.sleep(for: .milliseconds(5))
    }
  }

  @concurrent private nonisolated func report(to progress: @Sendable (Double) -> Void) async {
    while (try? await Task.sleep(for: .milliseconds(100))) != nil {
      let percentage = duckdb_query_progress(handle).percentage
      if percentage >= 0 { progress(min(percentage / 100, 1)) }
    }
  }
}
