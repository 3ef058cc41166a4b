import IncrementalJoin

/// A job that DuckDB has bound against its inputs' columns; it fits every work unit of the job.
struct BoundJob: Hashable, Sendable {
  /// The columns of each input, with DuckDB's own spelling of their types.
  let inputColumns: [[Column]]
  let clauses: [Clause]
  /// The result's columns as the query returns them, the output's keys included where it returns them.
  let columns: [Column]

  /// A statement that yields the rows to publish: no partition keys, only types that Parquet holds,
  /// and an error in the place of a row that names another partition.
  func statement(for query: JoinQuery) throws(EngineError) -> String {
    let published = publishedColumns(keys: query.keys)
    let list = published.map { column in
      let name = column.name.sqlIdentifier
      return columns.named(column.name)?.type == column.type
        ? name : "CAST(\(name) AS \(column.type)) AS \(name)"
    }
    let rows = "\(query.prefix)\(try query.body(clauses: clauses))"
    let checks = columns.compactMap { column in
      query.keys.named(column.name).map { Self.check(column, against: $0) }
    }
    let filter = checks.isEmpty ? "" : " WHERE \(checks.joined(separator: " AND "))"
    return "SELECT \(list.joined(separator: ", ")) FROM (\(rows)\n)\(filter)"
  }

  /// The columns that are written: all but the keys.
  ///
  /// HUGEINT, which Parquet does not have and DuckDB
  /// would round to DOUBLE, becomes DECIMAL(38,0).
  func publishedColumns(keys: [BoundKey]) -> [Column] {
    columns.filter { keys.named($0.name) == nil }.map {
      Column(name: $0.name, type: Self.typeInParquet($0.type))
    }
  }

  /// How the error begins that a row of another partition raises.
  static let wrongPartition = "a row of another partition: "

  private static func check(_ column: Column, against key: BoundKey) -> String {
    let name = column.name.sqlIdentifier
    let label = "\(wrongPartition)its column \(column.name) is ".sqlLiteral
    return "CASE WHEN \(key.differs(from: name, type: column.type)) "
      + "THEN error(\(label) || coalesce(CAST(\(name) AS VARCHAR), 'NULL')) ELSE true END"
  }

  /// Replaces HUGEINT and UHUGEINT, at any depth, but not inside the quoted name of a field.
  private static func typeInParquet(_ type: String) -> String {
    guard type.contains("HUGEINT") else { return type }
    let parts = type.split(separator: "\"", omittingEmptySubsequences: false).map { String($0) }
    return parts.enumerated().map { index, part in
      guard index.isMultiple(of: 2) else { return part }
      return part.replacing("UHUGEINT", with: "HUGEINT").replacing("HUGEINT", with: "DECIMAL(38,0)")
    }.joined(separator: "\"")
  }
}
