import Foundation
public import IncrementalJoin
import PartitionPredicate

extension DuckDBEngine {
  /// Joins the files of every unit and writes its rows as one Parquet file (zstd) under a new unique name.
  ///
  /// Small units of Parquet with a `join:` are computed by one statement for several of them, which reads at
  /// most 8 MB of files, as much as a small unit alone; where it fails, each of them is run alone.
  ///
  /// - Throws: `CancellationError` within milliseconds, without leaving a file of what was not finished.
  public func stage(_ batch: [StagingOrder]) async throws(CancellationError) {
    await withTaskGroup(of: Void.self) { group in
      // While one waits for whoever takes its results over, the others keep the connections busy. They are
      // begun one after the other, so that they get a connection in their order.
      for (index, orders) in divided(batch).enumerated() {
        if index > connections { await group.next() }
        let begun = await begin(orders)
        group.addTask { await self.compute(begun) }
      }
    }
    if Task.isCancelled { throw CancellationError() }
  }

  /// Begins units; those that cannot be are finished with the reason.
  private func begin(_ orders: [StagingOrder]) async -> [(order: StagingOrder, folder: String)] {
    var begun: [(order: StagingOrder, folder: String)] = []
    for order in orders {
      do {
        try Task.checkCancellation()
        if let use = await pool.end { throw try await error(for: .ended(use), of: order.unit) }
        begun.append((order, try await order.begin()))
      } catch {
        if Task.isCancelled { break }
        await order.finish(.failure(error))
      }
    }
    return begun
  }

  /// Computes units that were begun, together if they are several.
  private func compute(_ begun: [(order: StagingOrder, folder: String)]) async {
    let together = begun.count > 1 ? await stagedTogether(begun) : nil
    await withTaskGroup { group in
      for (index, (order, folder)) in begun.enumerated() {
        group.addTask {
          do {
            let rows =
              if let together { try together[index].get() } else {
                try await self.stageAlone(order, into: folder)
              }
            order.progress(1)
            await order.finish(.success(rows))
          } catch {
            if !Task.isCancelled { await order.finish(.failure(error)) }
          }
        }
      }
    }
  }

  private func stageAlone(_ order: StagingOrder, into folder: String) async throws -> StagedRows {
    try await withConnection(for: order.unit) { connection in
      let prepared = try await self.prepare(
        [order.unit], counting: order.countsMatches, on: connection)
      let warnings = try await self.keyWarnings(for: prepared.query, on: connection)
      let file = "\(folder)/\(UUID().uuidString.exact.lowercased).parquet"
      let copy = """
        COPY (\(prepared.statement)) TO \(file.sqlLiteral) \
        (FORMAT parquet, COMPRESSION zstd, WRITE_EMPTY_FILE false, RETURN_STATS)
        """
      // Progress is how much of the files is read, and small ones are read at once.
      let (written, marked) = try await connection.query(
        copy, marking: prepared.marks, progress: order.unit.isLarge ? order.progress : nil)
      let rows = try written.sum(of: "count")
      guard rows > 0 || !FileManager.default.fileExists(atPath: file) else {
        throw AnswerError(problem: "it counts no rows of a file that was written", sql: copy)
      }
      var matches = marked ?? []
      if order.countsMatches, marked == nil {
        matches = try await self.matches(in: prepared.query, on: connection)[0]
      }
      let ties =
        order.countsMatches
        ? try await self.ties(in: prepared.query, on: connection)[0] : []
      return StagedRows(
        rows: rows, bytes: try written.sum(of: "file_size_bytes"),
        warnings: prepared.warnings[0] + warnings[0], matches: matches, ties: ties)
    }
  }

  /// The first rows that staging the unit would write, followed by the output's keys.
  ///
  /// - Throws: `EngineError`; `CancellationError`.
  public func preview(_ unit: JoinUnit, limit: Int) async throws -> SampleRows {
    try await withConnection(for: unit) { connection in
      let prepared = try await self.prepare([unit], on: connection)
      let keys = unit.partition.boundKeys
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

  /// For each unit a sentence for every key column inside the files that contradicts the path.
  func keyWarnings(for query: JoinQuery, on connection: Connection) async throws -> [[String]] {
    var warnings = query.partitions.map { _ in [String]() }
    for relation in query.relations {
      for groups in relation.groupsByPartition {
        let partition = groups[0].partition
        for key in partition.boundKeys {
          guard let sql = relation.countOfDifferences(in: key, of: groups) else { continue }
          let count = try await connection.query(sql).onlyRow().number("differences")
          guard count > 0 else { continue }
          warnings[groups[0].unit].append(
            "\(relation.input.name), partition \(partition.path): the files hold another value of "
              + "the partition key \(key.key.name) than the path in \(count) "
              + "\(count == 1 ? "row" : "rows"); the path's value was used.")
        }
      }
    }
    return warnings
  }
}

extension QueryResult {
  /// The sum of a column of numbers; 0 without rows.
  func sum(of column: String) throws(AnswerError) -> Int64 {
    var sum: Int64 = 0
    for row in rows { sum += try row.number(column) }
    return sum
  }
}
