import IncrementalJoin
import PartitionPredicate

/// A job that DuckDB has bound against its inputs' columns; it fits every work unit of the job.
struct BoundJob: Hashable, Sendable {
  /// The columns of each input, with DuckDB's own spelling of their types.
  let inputColumns: [[Column]]
  let clauses: [Clause]
  /// The result's columns as the query returns them, the output's keys included where it returns them.
  let columns: [Column]
  /// Whose types the written columns have.
  let types: OutputTypes

  /// A statement that yields the rows to publish: no partition keys, and only types that Parquet holds.
  ///
  /// In the place of a row that names another partition it has an error. For a batch the unit's number is a
  /// column, the last one.
  func statement(for query: JoinQuery) throws(EngineError) -> String {
    let list = columns.filter { query.keys.named($0.name) == nil }.map { column in
      let name = column.name.sqlIdentifier
      let value = ColumnType(column.type).written(name, column: column.name, for: types)
      return value == name ? name : "\(value) AS \(name)"
    }
    let rows = "\(try query.prefix())\(try query.body(clauses: clauses))"
    let assigned = query.partitions[0].boundKeys
    let checks = columns.compactMap { column in
      assigned.named(column.name).map { Self.check(column, against: $0) }
    }
    let filter = checks.isEmpty ? "" : " WHERE \(checks.joined(separator: " AND "))"
    let selected = (list + (query.unitColumn.map { [$0] } ?? [])).joined(separator: ", ")
    return "SELECT \(selected) FROM (\(rows)\n)\(filter)"
  }

  /// Whether every row of the result follows from one row of the join.
  var isRowwise: Bool { clauses.allSatisfy(\.isRowwise) }

  /// Whether one statement can compute the rows of several units: a key that the result has is checked
  /// against one unit's.
  func isForBatches(keys: [PartitionKey]) -> Bool {
    isRowwise && !columns.contains { keys.named($0.name) != nil }
  }

  /// The columns that are written: all but the keys.
  func publishedColumns(keys: [PartitionKey]) -> [Column] {
    columns.filter { keys.named($0.name) == nil }.map {
      Column(name: $0.name, type: ColumnType($0.type).written(for: types).sql)
    }
  }

  /// What of the definition may give other rows of the same files, a sentence each.
  var warnings: [String] { clauses.flatMap(\.warnings) }

  /// The columns that Spark would not read as DuckDB writes them.
  func conversions(keys: [PartitionKey]) -> [TypeConversion] {
    columns.filter { keys.named($0.name) == nil }.compactMap { column in
      let type = ColumnType(column.type)
      let written = type.written(for: .spark)
      return written == type.written(for: .duckdb)
        ? nil : TypeConversion(column: column.name, type: type.sql, written: written.sql)
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
}
