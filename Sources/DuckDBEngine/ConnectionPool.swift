/// The connections of an engine, each lent to one work unit at a time.
actor ConnectionPool {
  private let database: Database
  private let limit: Int
  private var made = 0
  private var idle: [Connection] = []
  private var waiting: [(id: Int, continuation: CheckedContinuation<Connection?, Never>)] = []
  private var lastID = 0

  init(database: Database, limit: Int) {
    self.database = database
    self.limit = limit
  }

  /// Lends a connection to `body`, waiting until one is free.
  ///
  /// - Throws: what `body` throws; `CancellationError` when the task is cancelled while it waits.
  nonisolated func withConnection<Value: Sendable>(
    _ body: (Connection) async throws -> Value
  ) async throws -> Value {
    let connection = try await take()
    do {
      let value = try await body(connection)
      await give(connection)
      return value
    } catch {
      await give(connection)
      throw error
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

  private func give(_ connection: Connection) {
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
    // Without the progress bar, DuckDB does not know how far a query is.
    _ = try await connection.query(
      """
      SET TimeZone = 'UTC'; SET enable_progress_bar = true;
      SET enable_progress_bar_print = false; SET progress_bar_time = 0
      """)
    return connection
  }
}
