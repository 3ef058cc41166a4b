import Foundation
public import IncrementalJoin
import PartitionPredicate

extension DuckDBEngine {
  /// Joins the files of every unit and writes its rows as one Parquet file (zstd) under a new unique name.
  ///
  /// - Throws: `CancellationError` within milliseconds, without leaving a file of what was not finished.
  public func stage(_ batch: [StagingOrder]) async throws(CancellationError) {
    await withTaskGroup { group in
      // While one waits for whoever takes its result over, the others keep the connections busy.
      var waiting = batch[...]
      for order in waiting.prefix(connections + 1) { group.addTask { await self.stage(order) } }
      waiting = waiting.dropFirst(connections + 1)
      while await group.next() != nil {
        if let order = waiting.popFirst() { group.addTask { await self.stage(order) } }
      }
    }
    if Task.isCancelled { throw CancellationError() }
  }

  private func stage(_ order: StagingOrder) async {
    let result: Result<StagedRows, any Error>
    do {
      try Task.checkCancellation()
      if let use = await pool.end { throw try await error(for: .ended(use), of: order.unit) }
      let folder = try await order.begin()
      result = .success(try await stage(order, into: folder))
    } catch {
      if Task.isCancelled { return }
      result = .failure(error)
    }
    await order.finish(result)
  }

  private func stage(_ order: StagingOrder, into folder: String) async throws -> StagedRows {
    try await withConnection(for: order.unit) { connection in
      let prepared = try await self.prepare(order.unit, on: connection)
      let warnings = try await self.keyWarnings(for: prepared.query, on: connection)
      let file = "\(folder)/\(UUID().uuidString.exact.lowercased).parquet"
      let copy = """
        COPY (\(prepared.statement)) TO \(file.sqlLiteral) \
        (FORMAT parquet, COMPRESSION zstd, WRITE_EMPTY_FILE false, RETURN_STATS)
        """
      // Progress is how much of the files is read, and small ones are read at once.
      let written =
        order.unit.isLarge
        ? try await connection.query(copy, progress: order.progress)
        : try await connection.query(copy)
      order.progress(1)
      let rows = try written.sum(of: "count")
      guard rows > 0 || !FileManager.default.fileExists(atPath: file) else {
        throw AnswerError(problem: "it counts no rows of a file that was written", sql: copy)
      }
      let matches =
        order.countsMatches ? try await self.matches(in: prepared.query, on: connection) : []
      return StagedRows(
        rows: rows, bytes: try written.sum(of: "file_size_bytes"),
        warnings: prepared.warnings + warnings, matches: matches)
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
