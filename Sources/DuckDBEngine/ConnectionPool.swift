import IncrementalJoin

/// The connections of an engine, each lent to one work unit at a time.
///
/// A query runs on its connection's thread, and DuckDB's other threads help. Units that are small gain
/// nothing from help, but lose: two at a time took a fifth less processor time without. So there are
/// other threads only while a large unit is read.
///
/// DuckDB is started for the first loan: a run that finds nothing to do has none. After a breakdown nobody gets a
/// connection until all are back; then it is started anew.
actor ConnectionPool {
  private let settings: EngineSettings
  private var memory: MemoryBound?
  private let patience: Duration
  /// nil before the first loan and after a breakdown.
  private var database: Database?
  private var isBrokenDown = false
  private var idle: [Connection] = []
  private var loans: [Int: Loan] = [:]
  private var waiting: [Waiter] = []
  private var lastID = 0
  /// Why nobody gets a connection any more: a query that needs too much memory does not stop.
  private(set) var end: MemoryUse?
  private var watching: Task<Void, Never>?
  /// How many of the units that have a connection are large.
  private var large = 0
  private var helps = true
  private var isChangingThreads = false

  private struct Loan {
    let isAlone: Bool
    var hadCompany: Bool
    var connection: Connection?
  }

  private struct Waiter {
    let id: Int
    let isAlone: Bool
    let continuation: CheckedContinuation<Int?, Never>
  }

  /// A pool that starts DuckDB when it is needed.
  init(settings: EngineSettings, memory: MemoryBound?, patience: Duration) {
    self.settings = settings
    self.memory = memory
    self.patience = patience
  }

  /// Lends a connection to `body`, waiting until one is free.
  ///
  /// - Parameters:
  ///   - isLarge: Whether other threads are worth it.
  ///   - isAlone: Whether no other unit may be under way meanwhile.
  ///   - body: What the connection is for.
  /// - Returns: What `body` returns.
  /// - Throws: `BrokenLoan` when nothing counts that the connection answered, whatever `body` made of it;
  ///   else what `body` throws; `CancellationError` when the task is cancelled while it waits.
  nonisolated func withConnection<Value: Sendable>(
    isLarge: Bool, isAlone: Bool = false, _ body: (Connection) async throws -> Value
  ) async throws -> Value {
    let (loan, connection) = try await take(isAlone: isAlone)
    await count(large: isLarge ? 1 : 0, on: connection)
    let result: Result<Value, any Error>
    do {
      result = .success(try await body(connection))
    } catch {
      result = .failure(error)
    }
    if isLarge { await count(large: -1, on: connection) }
    let hadCompany = await give(loan)
    if let breakdown = connection.breakdown {
      try Task.checkCancellation()
      throw BrokenLoan(breakdown: breakdown, hadCompany: hadCompany)
    }
    return try result.get()
  }

  /// Counts a large unit that came or went, and lets other threads come or go with it.
  private func count(large change: Int, on connection: Connection) async {
    large += change
    guard let allThreads = settings.allThreads, !isChangingThreads else { return }
    isChangingThreads = true
    defer { isChangingThreads = false }
    // Another unit can come or go meanwhile.
    while helps != (large > 0) {
      let wanted = large > 0
      // Without help it only takes longer.
      guard (try? await connection.query(wanted ? allThreads : "SET threads = 1")) != nil else {
        return
      }
      helps = wanted
    }
  }

  private func take(isAlone: Bool) async throws -> (loan: Int, Connection) {
    let loan = try await begin(isAlone: isAlone)
    do {
      try Task.checkCancellation()
      let connection = try await connection()
      loans[loan]?.connection = connection
      watch()
      return (loan, connection)
    } catch let breakdown as Breakdown {
      // Another unit broke the database down, and has not given its connection back yet.
      loans[loan] = nil
      wake()
      throw BrokenLoan(breakdown: breakdown, hadCompany: true)
    } catch {
      loans[loan] = nil
      wake()
      throw error
    }
  }

  /// Waits until a connection may be lent.
  private func begin(isAlone: Bool) async throws -> Int {
    if waiting.isEmpty, mayLend(isAlone: isAlone) { return lend(isAlone: isAlone) }
    if let end { throw BrokenLoan(breakdown: .ended(end), hadCompany: false) }
    lastID += 1
    let id = lastID
    let loan = await withTaskCancellationHandler {
      await withCheckedContinuation {
        waiting.append(Waiter(id: id, isAlone: isAlone, continuation: $0))
      }
    } onCancel: {
      Task.detached { await self.giveUp(id) }
    }
    if let loan { return loan }
    try Task.checkCancellation()
    if let end { throw BrokenLoan(breakdown: .ended(end), hadCompany: false) }
    throw CancellationError()
  }

  private func mayLend(isAlone: Bool) -> Bool {
    guard end == nil else { return false }
    if loans.isEmpty { return true }
    return !isAlone && database != nil && loans.count < settings.connections
      && !loans.values.contains { $0.isAlone }
  }

  private func lend(isAlone: Bool) -> Int {
    lastID += 1
    for loan in loans.keys { loans[loan]?.hadCompany = true }
    loans[lastID] = Loan(isAlone: isAlone, hadCompany: !loans.isEmpty)
    return lastID
  }

  private func connection() async throws -> Connection {
    if let connection = idle.popLast() { return connection }
    let connection = try Connection(to: try await startedDatabase(), patience: patience)
    // Without a progress bar, DuckDB does not know how far a query is: it is on where somebody asks.
    _ = try await connection.query(
      """
      SET TimeZone = 'UTC'; SET enable_progress_bar = false;
      SET enable_progress_bar_print = false; SET progress_bar_time = 0
      """)
    return connection
  }

  /// DuckDB, started if it is not running.
  ///
  /// - Throws: `EngineError.failed` when DuckDB refuses a setting.
  private func startedDatabase() async throws -> Database {
    if let database { return database }
    if isBrokenDown, var memory {
      await memory.settle()
      self.memory = memory
    }
    do throws(DatabaseError) {
      let started = try Database(settings: settings)
      (database, isBrokenDown, helps) = (started, false, true)
      // Others may have a connection beside this loan now.
      wake()
      return started
    } catch {
      throw EngineError.failed(
        "DuckDB cannot start: \(error.sentence). Change the engine's settings.")
    }
  }

  /// Takes a connection back.
  ///
  /// - Returns: Whether other units were under way at some time of the loan.
  private func give(_ id: Int) -> Bool {
    let loan = loans.removeValue(forKey: id)
    if let connection = loan?.connection {
      if let breakdown = connection.breakdown {
        if case .doesNotStop(let use) = breakdown { end = use }
        database = nil
        isBrokenDown = true
        idle = []
      } else if connection.database === database, !connection.isAbandoned {
        idle.append(connection)
      }
    }
    wake()
    if loans.isEmpty {
      watching?.cancel()
      watching = nil
    }
    return loan?.hadCompany ?? false
  }

  /// Lends to those who wait, in their order.
  private func wake() {
    while let first = waiting.first, end != nil || mayLend(isAlone: first.isAlone) {
      waiting.removeFirst()
      first.continuation.resume(returning: end == nil ? lend(isAlone: first.isAlone) : nil)
    }
  }

  private func giveUp(_ id: Int) {
    guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
    waiting.remove(at: index).continuation.resume(returning: nil)
    wake()
  }

  /// Looks at the process while units are under way, and stops all of them when it holds too much: which
  /// one it is shows when they are run again alone.
  private func watch() {
    guard memory != nil, watching == nil else { return }
    watching = Task.detached { [weak self] in
      while (try? await Task.sleep(for: MemoryBound.interval)) != nil {
        await self?.stopExcess()
      }
    }
  }

  private func stopExcess() {
    guard let use = memory?.excess() else { return }
    for loan in loans.values { loan.connection?.stop(because: .overBound(use)) }
  }
}
