/// The connections of an engine, each lent to one work unit at a time.
///
/// A query runs on its connection's thread, and DuckDB's other threads help. Units that are small gain
/// nothing from help, but lose: two at a time took a fifth less processor time without. So there are
/// other threads only while a large unit is read.
actor ConnectionPool {
  private let database: Database
  private let limit: Int
  private let allThreads: String?
  /// How many of the units that have a connection are large.
  private var large = 0
  private var helps = true
  private var isChangingThreads = false
  private var made = 0
  private var idle: [Connection] = []
  private var waiting: [(id: Int, continuation: CheckedContinuation<Connection?, Never>)] = []
  private var lastID = 0

  init(database: Database, settings: EngineSettings) {
    self.database = database
    limit = settings.connections
    allThreads = settings.allThreads
  }

  /// Lends a connection to `body`, waiting until one is free.
  ///
  /// - Parameters:
  ///   - isLarge: Whether other threads are worth it.
  ///   - body: What the connection is for.
  /// - Returns: What `body` returns.
  /// - Throws: what `body` throws; `CancellationError` when the task is cancelled while it waits.
  nonisolated func withConnection<Value: Sendable>(
    isLarge: Bool, _ body: (Connection) async throws -> Value
  ) async throws -> Value {
    let connection = try await take()
    await count(large: isLarge ? 1 : 0, on: connection)
    do {
      let value = try await body(connection)
      await give(connection, isLarge: isLarge)
      return value
    } catch {
      await give(connection, isLarge: isLarge)
      throw error
    }
  }

  /// Counts a large unit that came or went, and lets other threads come or go with it.
  private func count(large change: Int, on connection: Connection) async {
    large += change
    guard let allThreads, !isChangingThreads else { return }
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

  private func take() async throws -> Connection {
    if let connection = idle.popLast() { return connection }
    if made < limit {
      made += 1
      do {
        return try await open()
      } catch {
        made -= 1
        throw error
      }
    }
    lastID += 1
    let id = lastID
    let lent = await withTaskCancellationHandler {
      await withCheckedContinuation { waiting.append((id, $0)) }
    } onCancel: {
      Task.detached { await self.giveUp(id) }
    }
    guard let lent else { throw CancellationError() }
    return lent
  }

  private func give(_ connection: Connection, isLarge: Bool) async {
    if isLarge { await count(large: -1, on: connection) }
    if waiting.isEmpty {
      idle.append(connection)
    } else {
      waiting.removeFirst().continuation.resume(returning: connection)
    }
  }

  private func giveUp(_ id: Int) {
    guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
    waiting.remove(at: index).continuation.resume(returning: nil)
  }

  private func open() async throws -> Connection {
    let connection = try Connection(to: database)
    // Without a progress bar, DuckDB does not know how far a query is: it is on where somebody asks.
    _ = try await connection.query(
      """
      SET TimeZone = 'UTC'; SET enable_progress_bar = false;
      SET enable_progress_bar_print = false; SET progress_bar_time = 0
      """)
    return connection
  }
}
