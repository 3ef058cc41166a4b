import IncrementalJoin

extension DuckDBEngine {
  /// Runs SQL of the caller's own, for making data and for checking results.
  ///
  /// - Returns: The rows of the last statement as text; columns that are neither VARCHAR, BIGINT nor BOOLEAN
  ///   have to be cast.
  /// - Throws: `EngineError.failed` with DuckDB's sentence, or `CancellationError`.
  @discardableResult
  public func execute(_ sql: String) async throws -> [[String?]] {
    do {
      return try await pool.withConnection(isLarge: true) { connection in
        try await connection.query(sql).rows.map { try $0.spelled() }
      }
    } catch let error as DatabaseError {
      throw EngineError.failed("\(error)")
    } catch let error as AnswerError {
      throw EngineError.failed("\(error)")
    } catch let loan as BrokenLoan {
      throw try await error(for: loan.breakdown, of: JoinUnit(reading: []))
    }
  }
}
