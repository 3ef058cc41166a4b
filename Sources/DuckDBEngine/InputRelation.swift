import IncrementalJoin

/// The rows of one input in one work unit, as SQL.
struct InputRelation: Hashable, Sendable {
  /// Its columns have DuckDB's own spelling of their types.
  let input: JoinUnit.Input
  /// The input's files; none for an empty relation.
  let groups: [FileGroup]

  /// A SELECT of the table's columns, in their order, and of the given keys as constants.
  func select(keys: [BoundKey]) -> String {
    let constants = keys.map { "\($0.sqlConstant) AS \($0.key.name.sqlIdentifier)" }
    guard !groups.isEmpty else {
      let columns = input.columns.map { "CAST(NULL AS \($0.type)) AS \($0.name.sqlIdentifier)" }
      return "SELECT \((columns + constants).joined(separator: ", ")) WHERE false"
    }
    return groups.map { group in
      let columns = input.columns.map { column in
        let name = column.name.sqlIdentifier
        return group.columns.named(column.name).map { "\($0.name.sqlIdentifier) AS \(name)" }
          ?? "CAST(NULL AS \(column.type)) AS \(name)"
      }
      return "SELECT \((columns + constants).joined(separator: ", ")) FROM \(scan(group))"
    }.joined(separator: " UNION ALL ")
  }

  /// A SELECT that counts the rows whose own column for a partition key differs from the path's value;
  /// nil when no file has such a column.
  func countOfDifferences(in key: BoundKey) -> String? {
    let counts = groups.compactMap { group in
      group.columns.named(key.key.name).map { column in
        let differs = key.differs(from: column.name.sqlIdentifier, type: column.type)
        return "(SELECT count(*) FROM \(scan(group)) WHERE \(differs))"
      }
    }
    return counts.isEmpty ? nil : "SELECT \(counts.joined(separator: " + "))"
  }

  private func scan(_ group: FileGroup) -> String {
    let files = group.files.sqlPaths
    switch input.format {
    case .parquet: return "read_parquet(\(files), hive_partitioning = false)"
    case .csv:
      let columns = group.columns.map { "\($0.name.sqlLiteral): \(type(of: $0).sqlLiteral)" }
      return """
        read_csv(\(files), auto_detect = false, header = true, delim = ',', quote = '"', \
        escape = '"', hive_partitioning = false, columns = {\(columns.joined(separator: ", "))})
        """
    case .json:
      let missing = input.columns.filter { group.columns.named($0.name) == nil }
      let columns = (group.columns + missing).map {
        "\($0.name.sqlLiteral): \(type(of: $0).sqlLiteral)"
      }
      return """
        read_json(\(files), format = 'newline_delimited', auto_detect = false, \
        hive_partitioning = false, columns = {\(columns.joined(separator: ", "))})
        """
    }
  }

  /// The table's type of a file's column; a partition key inside the file is read as text.
  private func type(of column: Column) -> String {
    input.columns.named(column.name)?.type ?? "VARCHAR"
  }
}
