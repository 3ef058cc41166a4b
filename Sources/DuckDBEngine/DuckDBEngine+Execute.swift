import IncrementalJoin

extension DuckDBEngine {
  /// Runs SQL of the caller's own, for making data and for checking results.
  ///
  /// - Returns: The rows of the last statement. Columns other than VARCHAR and BIGINT read as nil:
  ///   cast what is to be read.
  /// - Throws: `EngineError.failed` with DuckDB's sentence, or `CancellationError`.
  @discardableResult
  public func execute(_ sql: String) async throws -> [[String?]] {
    do {
      return try await pool.withConnection(isLarge: true) { try await $0.query(sql).rows }
    } catch let error as DatabaseError {
      throw EngineError.failed("\(error)")
    }
  }
}
