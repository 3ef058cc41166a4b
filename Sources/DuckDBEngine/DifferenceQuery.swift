import IncrementalJoin
import PartitionPredicate

/// The SQL that compares the rows of two sides, each some Parquet files, in the columns that both have.
///
/// The columns are called `v0`, `v1` and so on; a retyped one is compared as text.
struct DifferenceQuery: Sendable {
  /// Full paths; none for a side that is not there and has the other's columns.
  let old: [String]
  let new: [String]
  /// The columns of both sides, the key's first.
  let columns: [(old: Column, new: Column)]
  /// How many of the columns are the key; 0 when rows have none.
  let keyCount: Int

  /// One row of BIGINT: how many rows only the new side has (`added`), only the old one (`removed`), both with
  /// other values (`changed`) and both alike (`same`); with a key also, for every other column by its
  /// number, the changed rows in which it differs (`changed0`).
  var counts: String {
    guard keyCount > 0 else {
      return """
        \(groups) SELECT \(Self.sum("greatest(n - o, 0)")) AS added, \
        \(Self.sum("greatest(o - n, 0)")) AS removed, 0::BIGINT AS changed, \
        \(Self.sum("least(n, o)")) AS same FROM groups
        """
    }
    let both = "o.is_there AND n.is_there"
    let filters =
      [
        ("added", "o.is_there IS NULL"), ("removed", "n.is_there IS NULL"),
        ("changed", "\(both) AND \(differs)"), ("same", "\(both) AND NOT \(differs)"),
      ] + (keyCount..<columns.count).map { ("changed\($0)", "\(both) AND \(Self.differs($0))") }
    let list = filters.map { "count(*) FILTER (\($1)) AS \($0)" }
    return "\(sides) SELECT \(list.joined(separator: ", ")) FROM \(pairs)"
  }

  /// Whether the key names every row of both sides, as the flag `is_key`.
  var isKeyUnique: String {
    let key = (0..<keyCount).map { "v\($0)" }
    let isWhole = key.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
    let checks = ["o", "n"].map {
      "SELECT count(*) = 1 AND \(isWhole) AS is_row FROM \($0) GROUP BY \(key.joined(separator: ", "))"
    }
    return """
      \(sides) SELECT coalesce(bool_and(is_row), true) AS is_key \
      FROM (\(checks.joined(separator: " UNION ALL ")))
      """
  }

  /// The first rows of a kind by the key, or by all columns: the values before, the values after, as texts,
  /// and how often the row occurs, as the last column, a BIGINT called `occurrences`.
  func samples(of kind: RowDifference.Row.Kind, limit: Int) -> String {
    let all = Array(columns.indices)
    guard keyCount > 0 else {
      let excess = kind == .added ? "n - o" : "o - n"
      let texts = all.map { "CAST(v\($0) AS VARCHAR)" } + ["\(excess) AS occurrences"]
      let order = all.isEmpty ? "is_new" : all.map { "v\($0)" }.joined(separator: ", ")
      return "\(groups) SELECT \(texts.joined(separator: ", ")) FROM groups WHERE \(excess) > 0 "
        + "ORDER BY \(order) LIMIT \(limit)"
    }
    let (present, condition) =
      switch kind {
      case .added: (["n"], "o.is_there IS NULL")
      case .removed: (["o"], "n.is_there IS NULL")
      case .changed: (["o", "n"], "o.is_there AND n.is_there AND \(differs)")
      }
    let texts =
      present.flatMap { side in all.map { "CAST(\(side).v\($0) AS VARCHAR)" } } + [
        "1::BIGINT AS occurrences"
      ]
    let order = (0..<keyCount).map { "\(present[0]).v\($0)" }.joined(separator: ", ")
    return "\(sides) SELECT \(texts.joined(separator: ", ")) FROM \(pairs) WHERE \(condition) "
      + "ORDER BY \(order) LIMIT \(limit)"
  }

  /// The rows of the sides, as `o` and `n`.
  private var sides: String {
    """
    WITH o AS NOT MATERIALIZED (\(rows(of: old, columns.map(\.old), marker: "true AS is_there"))),
    n AS NOT MATERIALIZED (\(rows(of: new, columns.map(\.new), marker: "true AS is_there")))

    """
  }

  /// The different rows of both sides, each with how often it occurs in the old one and in the new one.
  ///
  /// Sides without a column in common have no row in common.
  private var groups: String {
    let values = columns.indices.map { "v\($0)" }
    let key = (values.isEmpty ? ["is_new"] : values).joined(separator: ", ")
    return """
      WITH groups AS NOT MATERIALIZED (SELECT \(key), count(*) FILTER (NOT is_new) AS o, \
      count(*) FILTER (is_new) AS n
      FROM (\(rows(of: old, columns.map(\.old), marker: "false AS is_new"))
      UNION ALL \(rows(of: new, columns.map(\.new), marker: "true AS is_new"))) GROUP BY \(key))

      """
  }

  private var pairs: String {
    let condition = (0..<keyCount).map { "o.v\($0) = n.v\($0)" }
    return "o FULL JOIN n ON \(condition.joined(separator: " AND "))"
  }

  private var differs: String {
    let differing = (keyCount..<columns.count).map { Self.differs($0) }
    return differing.isEmpty ? "false" : "(\(differing.joined(separator: " OR ")))"
  }

  private func rows(of files: [String], _ own: [Column], marker: String) -> String {
    let isThere = !files.isEmpty
    let values = zip(own, columns).enumerated().map { index, pair in
      let value = isThere ? pair.0.name.sqlIdentifier : "CAST(NULL AS \(pair.0.type))"
      let isRetyped = pair.1.old.type.exact != pair.1.new.type.exact
      return "\(isRetyped ? "CAST(\(value) AS VARCHAR)" : value) AS v\(index)"
    }
    return "SELECT \((values + [marker]).joined(separator: ", ")) "
      + (isThere ? "FROM \(Self.scan(files))" : "WHERE false")
  }

  /// The rows of Parquet files, by name.
  static func scan(_ files: [String]) -> String {
    "read_parquet(\(files.sqlPaths), union_by_name = true, hive_partitioning = false)"
  }

  private static func differs(_ index: Int) -> String {
    "o.v\(index) IS DISTINCT FROM n.v\(index)"
  }

  private static func sum(_ value: String) -> String {
    "CAST(coalesce(sum(\(value)), 0) AS BIGINT)"
  }
}
