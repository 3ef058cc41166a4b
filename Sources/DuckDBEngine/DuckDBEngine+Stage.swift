import Foundation
public import IncrementalJoin
import PartitionPredicate

extension DuckDBEngine {
  /// Joins the unit's files and writes the rows as one Parquet file (zstd) under a new unique name.
  ///
  /// - Throws: `EngineError`; `CancellationError` within milliseconds, without leaving a file.
  public func stage(
    _ unit: JoinUnit, into folder: String, countsMatches: Bool,
    progress: @escaping @Sendable (Double) -> Void
  ) async throws -> StagedRows {
    try await withConnection(for: unit) { connection in
      let prepared = try await self.prepare(unit, on: connection)
      let warnings = try await self.keyWarnings(for: prepared.query, on: connection)
      let file = "\(folder)/\(UUID().uuidString.exact.lowercased).parquet"
      let copy = """
        COPY (\(prepared.statement)) TO \(file.sqlLiteral) \
        (FORMAT parquet, COMPRESSION zstd, WRITE_EMPTY_FILE false, RETURN_STATS)
        """
      // Progress is how much of the files is read, and small ones are read at once.
      let written =
        unit.isLarge
        ? try await connection.query(copy, progress: progress) : try await connection.query(copy)
      progress(1)
      let rows = try written.sum(of: "count")
      guard rows > 0 || !FileManager.default.fileExists(atPath: file) else {
        throw AnswerError(problem: "it counts no rows of a file that was written", sql: copy)
      }
      return StagedRows(
        rows: rows, bytes: try written.sum(of: "file_size_bytes"),
        warnings: prepared.warnings + warnings,
        matches: countsMatches ? try await self.matches(in: prepared.query, on: connection) : [])
    }
  }

  /// The first rows that staging the unit would write, followed by the output's keys.
  ///
  /// - Throws: `EngineError`; `CancellationError`.
  public func preview(_ unit: JoinUnit, limit: Int) async throws -> SampleRows {
    try await withConnection(for: unit) { connection in
      let prepared = try await self.prepare(unit, on: connection)
      let keys = prepared.query.keys
      let texts = prepared.columns.map {
        "CAST(\($0.name.sqlIdentifier) AS VARCHAR) AS \($0.name.sqlIdentifier)"
      }
      let rows = try await connection.query(
        """
        SELECT \(texts.joined(separator: ", ")) \
        FROM (\(prepared.statement)) LIMIT \(max(0, limit))
        """
      ).rows.map { try $0.texts() }
      let values = keys.map { $0.value == .null ? nil : $0.value.text }
      return SampleRows(
        columns: prepared.columns
          + keys.map { Column(name: $0.key.name, type: $0.key.type.sqlType) },
        rows: rows.map { $0 + values })
    }
  }

  /// A sentence for every key column inside the files that contradicts the path.
  private func keyWarnings(for query: JoinQuery, on connection: Connection) async throws
    -> [String]
  {
    var warnings: [String] = []
    for relation in query.relations {
      for partition in relation.input.members.map(\.partition) {
        for key in partition.boundKeys {
          guard let sql = relation.countOfDifferences(in: key, of: partition) else { continue }
          let count = try await connection.query(sql).onlyRow().number("differences")
          guard count > 0 else { continue }
          warnings.append(
            "\(relation.input.name), partition \(partition.path): the files hold "
              + "another value of the partition key \(key.key.name) than the path in \(count) "
              + "\(count == 1 ? "row" : "rows"); the path's value was used.")
        }
      }
    }
    return warnings
  }
}

extension QueryResult {
  /// The sum of a column of numbers; 0 without rows.
  fileprivate func sum(of column: String) throws(AnswerError) -> Int64 {
    var sum: Int64 = 0
    for row in rows { sum += try row.number(column) }
    return sum
  }
}
