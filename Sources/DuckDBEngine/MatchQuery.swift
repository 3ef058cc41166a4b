import IncrementalJoin

/// The SQL that counts how the rows of a join's two inputs meet.
///
/// Both sides are counted in one pass, by the values of the join's columns, which are all that is read.
struct MatchQuery: Sendable {
  let query: JoinQuery
  let left: InputRelation
  let right: InputRelation
  /// The columns to join on; at least one.
  let columns: [String]

  /// A SELECT of one row: the counts of `InputMatch` in their order, as BIGINT.
  var sql: String {
    let values = columns.indices.map { "v\($0)" }
    let isWhole = values.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
    let counts = [
      "sum(l)", "sum(r)", "sum(l) FILTER (meets)", "sum(r) FILTER (meets)",
      "least(coalesce(sum(CAST(l AS HUGEINT) * r) FILTER (meets), 0), \(Int64.max))",
      "max(r) FILTER (meets)",
    ].map { "CAST(coalesce(\($0), 0) AS BIGINT)" }
    return """
      SELECT \(counts.joined(separator: ", ")) FROM (
      SELECT l, r, l > 0 AND r > 0 AND \(isWhole) AS meets FROM (
      SELECT \(values.joined(separator: ", ")), count(*) - count(is_right) AS l, count(is_right) AS r
      FROM (\(rows(of: left, side: "CAST(NULL AS BOOLEAN)"))
      UNION ALL \(rows(of: right, side: "true")))
      GROUP BY \(values.joined(separator: ", "))))
      """
  }

  /// The join's columns of one side; counting NULL is cheaper than filtering what is counted.
  private func rows(of relation: InputRelation, side: String) -> String {
    let values = columns.enumerated().map { "\($1.sqlIdentifier) AS v\($0)" }
    return "SELECT \(values.joined(separator: ", ")), \(side) AS is_right "
      + "FROM (\(query.select(relation)))"
  }
}
