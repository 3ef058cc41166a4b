import CDuckDB
import IncrementalJoin
import Synchronization

/// One connection to the database. It runs one query at a time, on a thread of its own.
actor Connection {
  private let executor: ThreadExecutor
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  nonisolated let database: Database
  /// How long a query may go on that was told to stop.
  private let patience: Duration
  /// Queries run on the actor; DuckDB lets every thread interrupt them and ask for their progress.
  private nonisolated(unsafe) let handle: duckdb_connection
  /// The function of SQL that notes which rows of a join meet; nil when DuckDB does not take it.
  nonisolated let marksFunction: String?
  /// What it notes; it lives as long as the database.
  nonisolated(unsafe) let marks: OpaquePointer?
  private nonisolated let turns = Mutex(Turns())

  /// Which query is running, so that a late interrupt cannot hit the next one.
  private struct Turns {
    var started = 0
    var running: Int?
    /// Whoever waits for the answer of the running query.
    var waiting: CheckedContinuation<QueryResult, any Error>?
    var breakdown: Breakdown?
    var isAbandoned = false
  }

  /// Opens a connection.
  ///
  /// - Throws: `DatabaseError`; `ThreadError` when its thread cannot be started.
  init(to database: Database, patience: Duration = .seconds(5)) throws {
    self.database = database
    self.patience = patience
    executor = try ThreadExecutor(name: "duckdb")
    handle = try database.connect()
    let name = "dovetail_met_\(Self.count.add(1, ordering: .relaxed).newValue)"
    marks = cduckdb_register_marks(handle, name)
    marksFunction = marks == nil ? nil : name
  }

  /// How many connections there were in the process.
  private static let count = Atomic(0)

  deinit {
    var handle: duckdb_connection? = handle
    duckdb_disconnect(&handle)
  }

  /// Why nothing counts any more that the connection answers; nil while it does.
  nonisolated var breakdown: Breakdown? { turns.withLock { $0.breakdown } }

  /// Whether a query still runs for which nobody waits.
  nonisolated var isAbandoned: Bool { turns.withLock { $0.isAbandoned } }

  /// Runs SQL and reads the result of its last statement.
  ///
  /// - Throws: `DatabaseError`; `Breakdown` when nothing counts any more, also for every later query;
  ///   `CancellationError` within milliseconds when the task is cancelled, or when DuckDB does not stop
  ///   in time, in which case the query goes on with nobody waiting for it.
  nonisolated func query(_ sql: String) async throws -> QueryResult {
    try Task.checkCancellation()
    let turn = try turns.withLock { turns in
      if let breakdown = turns.breakdown { throw breakdown }
      turns.started += 1
      turns.running = turns.started
      return turns.started
    }
    do {
      return try await withTaskCancellationHandler {
        try await answer(to: sql, turn)
      } onCancel: {
        Task.detached { await self.interrupt(turn) }
      }
    } catch let error as DatabaseError {
      throw note(error)
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

  /// Stops what is running and refuses what comes later.
  nonisolated func stop(because breakdown: Breakdown) {
    let running: Int? = turns.withLock { turns in
      guard turns.breakdown == nil else { return nil }
      turns.breakdown = breakdown
      return turns.running
    }
    guard let running else { return }
    Task.detached { await self.interrupt(running) }
  }

  /// Keeps the error of a query that says that nothing counts any more, and returns what to throw.
  private nonisolated func note(_ error: DatabaseError) -> any Error {
    turns.withLock { turns in
      if let breakdown = turns.breakdown { return breakdown }
      if error.isInterrupt { return CancellationError() }
      if error.isFatal {
        turns.breakdown = .invalidated(error)
      } else if error.isOutOfMemory {
        turns.breakdown = .outOfMemory(error)
      }
      return turns.breakdown ?? error
    }
  }

  /// Waits for the answer of a query, or until nobody waits any longer.
  private nonisolated func answer(to sql: String, _ turn: Int) async throws -> QueryResult {
    try await withCheckedThrowingContinuation { continuation in
      turns.withLock { $0.waiting = continuation }
      Task.detached {
        do {
          let result = try await self.run(sql)
          self.end(turn, with: .success(result))
        } catch {
          self.end(turn, with: .failure(error))
        }
      }
    }
  }

  private nonisolated func end(_ turn: Int, with result: Result<QueryResult, any Error>) {
    let waiting = turns.withLock { turns -> CheckedContinuation<QueryResult, any Error>? in
      guard turns.running == turn else { return nil }
      turns.running = nil
      defer { turns.waiting = nil }
      return turns.waiting
    }
    if let waiting { waiting.resume(with: result) } else { RunawayQueries.end() }
  }

  /// Lets a query go on with nobody waiting for it.
  private nonisolated func abandon(_ turn: Int) {
    let (waiting, error) = turns.withLock { turns in
      guard turns.running == turn, let waiting = turns.waiting else {
        return (CheckedContinuation<QueryResult, any Error>?.none, CancellationError() as any Error)
      }
      turns.running = nil
      turns.waiting = nil
      turns.isAbandoned = true
      RunawayQueries.begin()
      if case .overBound(let use) = turns.breakdown { turns.breakdown = .doesNotStop(use) }
      return (waiting, turns.breakdown ?? CancellationError())
    }
    waiting?.resume(throwing: error)
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
    return QueryResult(reading: &result, of: sql)
  }

  /// Interrupts until the query has ended, since an interrupt that comes before DuckDB has begun is lost;
  /// a query that does not end is left alone.
  @concurrent private nonisolated func interrupt(_ turn: Int) async {
    let start = ContinuousClock.now
    while turns.withLock({ turns in
      guard turns.running == turn else { return false }
      duckdb_interrupt(handle)
      return true
    }) {
      guard ContinuousClock.now - start < patience else { return abandon(turn) }
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

/// The queries of the process that go on although nobody waits for them.
///
/// DuckDB must not be taken down under them: a process with one ends without the work of `exit`.
public enum RunawayQueries {
  private static let count = Mutex(0)

  /// Whether there is none.
  public static var isEmpty: Bool { count.withLock { $0 == 0 } }

  static func begin() { count.withLock { $0 += 1 } }

  static func end() { count.withLock { $0 -= 1 } }
}
