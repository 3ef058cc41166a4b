import IncrementalJoin

/// The SQL that counts how the rows of a join's two inputs meet.
///
/// Both sides are counted in one pass, by the values of the join's columns, which are all that is read.
struct MatchQuery: Sendable {
  let query: JoinQuery
  let left: InputRelation
  let right: InputRelation
  /// The columns to join on, of the left side and of the right one; at least one.
  let columns: [JoinedColumns]

  /// A SELECT of one row: the counts of `InputMatch`, as BIGINT; for a batch of one a unit that has rows, with
  /// the unit's number.
  var sql: String {
    let unit = query.unitColumn
    let values = columns.indices.map { "v\($0)" }
    let names = (unit.map { [$0] } ?? []) + values
    let isWhole = values.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
    let counts = [
      ("left_rows", "sum(l)"), ("right_rows", "sum(r)"),
      ("left_matched", "sum(l) FILTER (meets)"), ("right_matched", "sum(r) FILTER (meets)"),
      (
        "pairs", "least(coalesce(sum(CAST(l AS HUGEINT) * r) FILTER (meets), 0), \(Int64.max))"
      ), ("fan_out", "max(r) FILTER (meets)"),
    ].map { "CAST(coalesce(\($1), 0) AS BIGINT) AS \($0)" }
    return """
      SELECT \(unit.map { "CAST(\($0) AS BIGINT) AS unit, " } ?? "")\(counts.joined(separator: ", ")) FROM (
      SELECT *, l > 0 AND r > 0 AND \(isWhole) AS meets FROM (
      SELECT \(names.joined(separator: ", ")), count(*) - count(is_right) AS l, count(is_right) AS r
      FROM (\(rows(of: left, by: \.first, side: "CAST(NULL AS BOOLEAN)"))
      UNION ALL \(rows(of: right, by: \.other, side: "true")))
      GROUP BY \(names.joined(separator: ", "))))\(unit.map { " GROUP BY \($0)" } ?? "")
      """
  }

  /// A SELECT of one row: how many values of the left side that the right one lacks were taken as a sample
  /// (`sampled`), and how many of them exactly one other partition of the right input has (`found`).
  func strays(in others: [InputRelation], sample: Int) -> String {
    let names = columns.indices.map { "v\($0)" }
    let values = names.joined(separator: ", ")
    let isWhole = names.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
    let elsewhere = others.enumerated().map { place, other in
      rows(of: other, by: \.other, side: "\(place)", as: "place")
    }.joined(separator: " UNION ALL ")
    return """
      WITH sampled AS MATERIALIZED (
      SELECT \(values) FROM (
      SELECT DISTINCT \(values) FROM (\(rows(of: left, by: \.first, side: "true")))
      WHERE \(isWhole))
      ANTI JOIN (\(rows(of: right, by: \.other, side: "true"))) USING (\(values))
      ORDER BY hash(\(values)), \(values) LIMIT \(max(0, sample)))
      SELECT count(*) AS sampled, count(*) FILTER (places = 1) AS found FROM sampled
      LEFT JOIN (SELECT \(values), count(DISTINCT place) AS places FROM (\(elsewhere))
      GROUP BY \(values)) USING (\(values))
      """
  }

  /// The join's columns of one side; counting NULL is cheaper than filtering what is counted.
  private func rows(
    of relation: InputRelation, by name: (JoinedColumns) -> String, side: String,
    as sideName: String = "is_right"
  ) -> String {
    let values =
      (query.unitColumn.map { [$0] } ?? [])
      + columns.enumerated().map { "\(name($1).sqlIdentifier) AS v\($0)" }
    return "SELECT \(values.joined(separator: ", ")), \(side) AS \(sideName) "
      + "FROM (\(query.select(relation)))"
  }
}
