import IncrementalJoin
import PartitionPredicate

extension FirstJoin {
  /// A SELECT of the counts of `InputMatch` for one of the other inputs, counted from 1.
  ///
  /// There is a row a unit, with its number; none for a unit without rows. Rows of the halo are not counted; a
  /// row of the other input that only rows of another unit meet is unmatched.
  func counts(of number: Int) throws(EngineError) -> String {
    var counting = self
    counting.countsOthers = true
    counting.keepsUnitsApart = true
    return try counting.prefix() + counting.countsBody(of: number)
  }

  private func countsBody(of number: Int) -> String {
    let unit = query.unitColumn ?? "0"
    let (met, lefts, rights) = (
      table(number, "met"), table(number, "lefts"), table(number, "rights")
    )
    return """
      , \(met) AS MATERIALIZED (\(self.met(number))),
      \(lefts) AS (SELECT unit, count(*) AS rows, count(*) FILTER (met > 0) AS matched, sum(met) AS pairs, \
      max(met) AS fan_out FROM (SELECT \(unit) AS unit, coalesce(m.n, 0) AS met FROM \(table(0)) f LEFT JOIN \
      (SELECT l, count(*) AS n FROM \(met) GROUP BY l) m ON m.l = f.\(row) WHERE f.\(own)) GROUP BY unit),
      \(rights) AS (SELECT unit, count(*) AS rows, count(*) FILTER (is_met) AS matched \
      FROM (SELECT \(unit) AS unit, \(otherRow) IN (SELECT r FROM \(met)) AS is_met \
      FROM \(table(number)) WHERE \(own)) GROUP BY unit)
      SELECT CAST(unit AS BIGINT) AS unit, \
      CAST(coalesce(l.rows, 0) AS BIGINT) AS left_rows, \
      CAST(coalesce(r.rows, 0) AS BIGINT) AS right_rows, \
      CAST(coalesce(l.matched, 0) AS BIGINT) AS left_matched, \
      CAST(coalesce(r.matched, 0) AS BIGINT) AS right_matched, \
      CAST(coalesce(l.pairs, 0) AS BIGINT) AS pairs, \
      CAST(coalesce(l.fan_out, 0) AS BIGINT) AS fan_out FROM \(lefts) l FULL JOIN \(rights) r USING (unit)
      """
  }

  /// The numbers of the rows that meet: `l` of the unit's own rows of the first input and `r` of the other's.
  private func met(_ number: Int) -> String {
    let (_, relation, condition) = others[number - 1]
    let owned = "SELECT \(row) FROM \(table(0)) WHERE \(own)"
    if condition.time != nil {
      return "SELECT \(row) AS l, \(otherRow) AS r FROM \(table(number, "pairs")) "
        + "WHERE \(row) IN (\(owned))"
    }
    let same =
      units.map { "f.\($0) = q.\($0)" }
      + equalities(condition, relation).map {
        "f.\($0.first.sqlIdentifier) = q.\($0.other.sqlIdentifier)"
      }
    return "SELECT f.\(row) AS l, q.\(otherRow) AS r FROM \(table(0)) f JOIN \(table(number)) q "
      + "ON \(same.isEmpty ? "true" : same.joined(separator: " AND ")) WHERE f.\(own)"
  }

  /// A SELECT of how many rows (`tied`) of one of the other inputs, counted from 1, lost to one with the same
  /// time and values, by unit; nil where every row that is near enough counts.
  ///
  /// Rows of the halo are not counted: they are another unit's own ones.
  func ties(of number: Int) -> String? {
    let (_, relation, condition) = others[number - 1]
    guard case .asof = condition.time, let reading = relation.reading else { return nil }
    var own = relation
    own.groups = relation.groups.filter { $0.span.overlaps(query.spans[$0.unit]) }
    let columns = equalities(condition, relation).map(\.other)
      .reduce(into: [String]()) { names, name in
        if !names.contains(where: { $0.isSameName(as: name) }) { names.append(name) }
      }
    let rows = query.placedRows(
      own, reading, names: columns, isOwnOnly: true, showsTime: true)
    let compared = columns.map(\.sqlIdentifier) + [tick]
    let whole = compared.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
    let alike = (units + compared).joined(separator: ", ")
    return """
      SELECT CAST(\(query.unitColumn ?? "0") AS BIGINT) AS unit, CAST(sum(n - 1) AS BIGINT) AS tied FROM \
      (SELECT \(alike), count(*) AS n FROM (\(rows)) WHERE \(whole) GROUP BY \(alike)) \
      WHERE n > 1 GROUP BY unit
      """
  }
}
