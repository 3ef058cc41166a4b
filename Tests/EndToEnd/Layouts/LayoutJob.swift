import TestSupport

/// A job that joins random tables by time: its declaration, and the same join as one query over the whole tables.
struct LayoutJob {
  private let tables: [LayoutTable]
  private let conditions: [Condition]
  private let outputKeys: [String]

  private struct Condition {
    let type: String
    let on: [String]
    let time: TimeLimit
  }

  private enum TimeLimit {
    /// A direction, the tolerance in minutes, and whether equal times are left out.
    case asof(String, Int, isStrict: Bool)
    /// In minutes.
    case within(before: Int, after: Int)
  }

  init(of tables: [LayoutTable], _ random: inout SeededGenerator) {
    self.tables = tables
    var outputKeys = tables[0].grain.outputs.randomElement(using: &random) ?? []
    if tables[0].isCutByRegion, Bool.random(using: &random) { outputKeys = ["region"] + outputKeys }
    self.outputKeys = outputKeys
    conditions = tables.dropFirst().map { other in
      let minutes = [0, 1, 30, 60, 1_500]
      let before = minutes.randomElement(using: &random) ?? 0
      let after = minutes.randomElement(using: &random) ?? 0
      let directions = ["backward", "forward", "nearest"]
      let isWithin = Bool.random(using: &random)
      let types =
        ["inner", "left"]
        + (isWithin && Self.keepsRows(of: other, tables, outputKeys) ? ["right", "full"] : [])
      return Condition(
        type: types.randomElement(using: &random) ?? "left",
        on: [[], ["symbol"], ["region"], ["symbol", "region"]].randomElement(using: &random) ?? [],
        time: isWithin
          ? .within(before: before, after: after)
          : .asof(
            directions.randomElement(using: &random) ?? "nearest", max(1, before),
            isStrict: Bool.random(using: &random)))
    }
  }

  /// Whether a right join may keep the rows of a table: its partitions say in which output partition each belongs.
  private static func keepsRows(
    of other: LayoutTable, _ tables: [LayoutTable], _ outputKeys: [String]
  ) -> Bool {
    tables.count == 2 && other.grain.outputs.contains(outputKeys.filter { $0 != "region" })
      && (other.isCutByRegion || !outputKeys.contains("region"))
  }

  /// The whole `dovetail.yaml`.
  var declaration: String {
    let inputs = zip(tables.dropFirst(), conditions).map { table, condition in
      let time =
        switch condition.time {
        case .asof(let direction, let tolerance, let isStrict):
          "asof: { direction: \(direction), tolerance: \(tolerance)m, strict: \(isStrict) }"
        case .within(let before, let after): "within: { before: \(before)m, after: \(after)m }"
        }
      let on = condition.on.isEmpty ? "" : "on: [\(condition.on.joined(separator: ", "))], "
      return """
              \(table.name): { table: \(table.name), type: \(condition.type), \(on)\(time) }

        """
    }
    let ids = tables.map { "\($0.name).id AS \($0.name)_id" }.joined(separator: ", ")
    return """
      tables:
      \(tables.map(\.declaration).joined())jobs:
        j:
          inputs:
            \(tables[0].name): \(tables[0].name)
      \(inputs.joined())    join: { select: [\(ids)] }
          output: { location: out/j, partitions: [\(outputKeys.joined(separator: ", "))] }
          limits: { removals: 1.0, kept_runs: 0 }

      """
  }

  /// One query over the rows that count, without any partition: the ids that meet, sorted.
  var wholeJoin: String {
    var pairs: [String] = []
    for (number, condition) in zip(1..., conditions) {
      let isKeyOfBoth = tables[0].isCutByRegion && tables[number].isCutByRegion
      let same = Set(condition.on + (isKeyOfBoth ? ["region"] : [])).map { "a.\($0) = b.\($0)" }
      let all = "SELECT a.id AS l, b.id AS r, b.ts - a.ts AS d FROM t0 a JOIN t\(number) b ON "
      let meets: String
      switch condition.time {
      case .within(let before, let after):
        meets = "b.ts - a.ts BETWEEN \(-before * 60_000_000) AND \(after * 60_000_000)"
      case .asof(let direction, let tolerance, let isStrict):
        let limit = tolerance * 60_000_000
        let side =
          switch direction {
          case "backward": "b.ts <= a.ts"
          case "forward": "b.ts >= a.ts"
          default: "true"
          }
        meets = "abs(b.ts - a.ts) <= \(limit) AND \(side)\(isStrict ? " AND a.ts <> b.ts" : "")"
      }
      var query = all + (same + [meets]).joined(separator: " AND ")
      if case .asof = condition.time {
        query +=
          " QUALIFY row_number() OVER (PARTITION BY a.id ORDER BY abs(b.ts - a.ts), b.ts, b.id) = 1"
      }
      pairs.append("p\(number) AS (\(query))")
    }
    let ids = tables.indices.map { $0 == 0 ? "t0.id" : "p\($0).r" }
    let joins = zip(1..., conditions).map { number, condition in
      let type = condition.type == "left" || condition.type == "full" ? "LEFT" : "INNER"
      return " \(type) JOIN p\(number) ON p\(number).l = t0.id"
    }
    let kept =
      ["right", "full"].contains(conditions[0].type)
      ? " UNION ALL SELECT NULL, id FROM t1 WHERE id NOT IN (SELECT r FROM p1)" : ""
    return
      "WITH \(pairs.joined(separator: ", ")) SELECT \(ids.joined(separator: ", ")) FROM t0\(joins.joined())\(kept)"
  }

  /// The result's columns.
  var ids: [String] { tables.map { "\($0.name)_id" } }
}
