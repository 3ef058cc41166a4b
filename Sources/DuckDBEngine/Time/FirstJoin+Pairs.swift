import IncrementalJoin
import PartitionPredicate

extension FirstJoin {
  /// The tables that lead to the pairs of one input, and the pairs.
  func pairs(
    _ number: Int, _ relation: InputRelation, _ condition: JoinCondition, _ time: TimeCondition
  ) -> [String] {
    let equalities = equalities(condition, relation)
    let values = equalities.indices.map { value(number, $0) }
    let apart = apart(number)
    let same = (apart + values).map { "f.\($0) = q.\($0)" }
    let whole = ([tick] + values).map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
    let (lowest, highest) = (query.hiddenColumn("lowest"), query.hiddenColumn("highest"))
    let before = query.ticks.floor(time.window.before)
    let after = query.ticks.floor(time.window.after)
    let firstValues = zip(equalities, values).map { "\($0.first.sqlIdentifier) AS \($1)" }
    let otherValues = zip(equalities, values).map { ", \($0.other.sqlIdentifier) AS \($1)" }
      .joined()
    let own =
      if let sets = sets(number), sets.count > 1, let unit = units.first {
        ["list_extract(\(sets.ofUnits), \(unit) + 1) AS \(query.setColumn)"]
      } else { apart }
    let firsts = """
      SELECT *, \(Ticks.moved(tick, by: -before)) AS \(lowest), \
      \(Ticks.moved(tick, by: after)) AS \(highest) \
      FROM (SELECT \(([row, tick] + own + firstValues).joined(separator: ", ")) FROM \(table(0))) \
      WHERE \(whole)
      """
    let candidates = "SELECT *\(otherValues) FROM \(table(number))"
    switch time {
    case .within:
      let bucket = query.hiddenColumn("bucket")
      let (sum, overflows) = before.addingReportingOverflow(after)
      let width = overflows ? Ticks.limit : max(1, sum)
      let buckets =
        "unnest(range(\(Ticks.quotient(lowest, by: width)), \(Ticks.quotient(highest, by: width)) + 1))"
      let join = condition.type == .right || condition.type == .full ? "RIGHT" : "INNER"
      let meets = (same + ["f.\(bucket) = q.\(bucket)"]).joined(separator: " AND ")
      return [
        """
        \(table(number, "pairs")) AS NOT MATERIALIZED (SELECT f.\(row), q.* \
        FROM (SELECT *, \(buckets) AS \(bucket) FROM (\(firsts))) f \(join) JOIN \
        (SELECT *, \(Ticks.quotient(tick, by: width)) AS \(bucket) FROM (\(candidates))) q \
        ON \(meets) AND q.\(tick) BETWEEN f.\(lowest) AND f.\(highest))
        """
      ]
    case .asof(let direction, _, let isStrict):
      let nearest = { (isBackward: Bool) in
        let meets = isBackward ? (isStrict ? ">" : ">=") : (isStrict ? "<" : "<=")
        let limit =
          isBackward ? "q.\(tick) >= f.\(lowest)" : "q.\(tick) <= f.\(highest)"
        let distance = isBackward ? "f.\(tick) - q.\(tick)" : "q.\(tick) - f.\(tick)"
        let shown =
          direction == .nearest ? ", \(distance) AS \(query.hiddenColumn("distance"))" : ""
        return """
          SELECT f.\(row), q.*\(shown) FROM (\(firsts)) f ASOF JOIN \(table(number, "once")) q \
          ON \((same + ["f.\(tick) \(meets) q.\(tick)"]).joined(separator: " AND ")) WHERE \(limit)
          """
      }
      let pairs =
        switch direction {
        case .backward: nearest(true)
        case .forward: nearest(false)
        case .nearest:
          """
          SELECT * FROM (\(nearest(true)) UNION ALL \(nearest(false))) QUALIFY row_number() OVER \
          (PARTITION BY \(row) ORDER BY \(query.hiddenColumn("distance")), \(tick)) = 1
          """
        }
      return once(number, relation, "\(candidates) WHERE \(whole)", values)
        + ["\(table(number, "pairs")) AS NOT MATERIALIZED (\(pairs))"]
    }
  }

  /// One row of those that have the same time and values: the first one by the table's columns.
  private func once(
    _ number: Int, _ relation: InputRelation, _ candidates: String, _ values: [String]
  ) -> [String] {
    let hash = query.hiddenColumn("hash")
    let (valid, tied) = (table(number, "valid"), table(number, "tied"))
    let alike = (apart(number) + values + [tick]).joined(separator: ", ")
    return [
      """
      \(valid) AS MATERIALIZED (SELECT *, hash(\(alike)) AS \(hash) FROM \
      (SELECT * FROM (\(candidates))))
      """,
      "\(tied) AS MATERIALIZED (SELECT \(hash) FROM \(valid) GROUP BY \(hash) HAVING count(*) > 1)",
      """
      \(table(number, "once")) AS NOT MATERIALIZED (SELECT * FROM \(valid) ANTI JOIN \(tied) USING (\(hash)) \
      UNION ALL SELECT * FROM (SELECT * FROM \(valid) SEMI JOIN \(tied) USING (\(hash))) QUALIFY \
      row_number() OVER (PARTITION BY \(alike) ORDER BY \(order(relation))) = 1)
      """,
    ]
  }

  /// The order of rows by their columns; equal numbers and intervals may be spelled differently.
  private func order(_ relation: InputRelation) -> String {
    let names = relation.input.columns.map(\.name) + relation.input.keys.map(\.name)
    let spelled = relation.input.columns.filter { column in
      ["DOUBLE", "FLOAT", "INTERVAL"].contains { column.type.exact.contains(text: $0) }
    }.map { "CAST(\($0.name.sqlIdentifier) AS VARCHAR)" }
    return (names.map { "\($0.sqlIdentifier) NULLS LAST" } + spelled).joined(separator: ", ")
  }
}
