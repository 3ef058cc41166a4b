import IncrementalJoin
import PartitionPredicate

extension DuckDBEngine {
  /// Whether Parquet files hold the same columns, in one order and of the same types, and the same rows.
  ///
  /// Values are the same as `IS NOT DISTINCT FROM` has it: NULL is NULL, NaN is NaN, 0.0 is -0.0.
  /// No files are the same as no files, and never the same as files without rows.
  ///
  /// - Throws: `EngineError.unreadableFile`; `CancellationError`.
  public func hasSameRows(_ files: [String], as others: [String]) async throws -> Bool {
    guard !files.isEmpty, !others.isEmpty else { return files.isEmpty && others.isEmpty }
    let all = Set((files + others).map(\.exact)).sorted().map(\.text)
    return try await withConnection(for: JoinUnit(reading: all)) { connection in
      try LayoutReader.check(all)
      let found = try await self.layouts.parquetFiles(all, on: connection)
      // The footers alone answer most often.
      let counts = [files, others].map { side in
        side.reduce(0) { $0 + (found[$1.exact]?.rows ?? 0) }
      }
      guard let columns = found[all[0].exact]?.layout.columns,
        found.values.allSatisfy({ $0.layout.columns == columns }), counts[0] == counts[1]
      else { return false }
      let sides = [files, others].map {
        "read_parquet(\($0.sqlPaths), hive_partitioning = false)"
      }
      let names = columns.map(\.name.sqlIdentifier).joined(separator: ", ")
      // Hashing is far cheaper than grouping, and shows that rows differ, though not that they are the same.
      let hashes = sides.map { "(SELECT sum(hash(\(names))) FROM \($0))" }
        .joined(separator: " IS NOT DISTINCT FROM ")
      guard
        try await connection.query("SELECT \(hashes) AS are_same").onlyRow().flag("are_same")
      else { return false }
      let values = columns.indices.map { "v\($0)" }.joined(separator: ", ")
      let differing = """
        SELECT '' FROM (SELECT \(names), 1 FROM \(sides[0]) UNION ALL \
        SELECT \(names), -1 FROM \(sides[1])) AS t(\(values), sign) \
        GROUP BY \(values) HAVING sum(sign) <> 0 LIMIT 1
        """
      return try await connection.query(differing).rows.isEmpty
    }
  }
}
