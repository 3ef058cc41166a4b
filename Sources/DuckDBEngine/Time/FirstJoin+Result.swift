import IncrementalJoin
import PartitionPredicate

extension FirstJoin {
  /// The query behind the prefix.
  ///
  /// - Parameter select: The expressions of `select:`; nil for all columns.
  /// - Returns: A SELECT.
  /// - Throws: `EngineError.definition` for columns that clash.
  func body(select: [String]?) throws(EngineError) -> String {
    let list =
      if let select { select.joined(separator: "\n, ") } else {
        try everyColumn().joined(separator: ", ")
      }
    let unit = query.unitColumn.map { ", \(anyOf($0)) AS \($0) " } ?? ""
    return "SELECT \(list)\n\(unit)FROM \(joined)\(keys(isUsed: select != nil))\(filter)"
  }

  private var joined: String {
    let plain = others.filter { $0.condition.time == nil }
    let values = plain.flatMap { number, relation, condition in
      equalities(condition, relation).enumerated().map {
        "\($1.first.sqlIdentifier) AS \(value(number, $0))"
      }
    }
    let start = source(first, table(0), more: units + [row, own] + values + counted)
    return others.reduce(start) { left, other in
      let (number, relation, condition) = other
      let name = relation.input.name.sqlIdentifier
      let join = "\(left) \(condition.type.rawValue.exact.uppercased) JOIN"
      let main = first.input.name.sqlIdentifier
      guard condition.time == nil else {
        let hidden = sets(number) == nil ? units + [own] : counted.map { _ in query.ownerColumn }
        return
          "\(join) \(source(relation, table(number, "pairs"), more: [row] + hidden + counted)) "
          + "ON \(main).\(row) = \(name).\(row)"
      }
      let equalities = equalities(condition, relation)
      let own = equalities.enumerated().map {
        "\($1.other.sqlIdentifier) AS \(value(number, $0))"
      }
      let same = (units + equalities.indices.map { value(number, $0) }).map {
        "\(main).\($0) = \(name).\($0)"
      }
      return "\(join) \(source(relation, table(number), more: units + [self.own] + own)) "
        + "ON \(same.isEmpty ? "true" : same.joined(separator: " AND "))"
    }
  }

  /// What an input's name stands for in the result.
  private func source(_ relation: InputRelation, _ table: String, more: [String]) -> String {
    let list = query.columnNames(of: relation).map(\.sqlIdentifier) + more
    return "(SELECT \(list.joined(separator: ", ")) FROM \(table)) AS "
      + relation.input.name.sqlIdentifier
  }

  /// A hidden column, of the first input or of one whose row has no partner.
  private func anyOf(_ column: String) -> String {
    let relations = keepsOthers ? query.relations : [first]
    let values = relations.map { "\($0.input.name.sqlIdentifier).\(column)" }
    return values.count == 1 ? values[0] : "coalesce(\(values.joined(separator: ", ")))"
  }

  private var filter: String { keepsOthers ? "\nWHERE \(anyOf(own))" : noting }

  /// The column with the number of a row; none when nobody counts.
  private var counted: [String] { query.rowColumn.map { [$0] } ?? [] }

  /// Tells which rows meet; a row of the other input that is not of the same unit is told as the one after the last.
  private var noting: String {
    guard let marks = query.marks, let row = query.rowColumn else { return "" }
    let main = first.input.name.sqlIdentifier
    let other = others[0].relation.input.name.sqlIdentifier
    guard let sets = sets(1), let unit = units.first else {
      return "\nWHERE \(marks)(\(main).\(row), \(other).\(row))"
    }
    let isOfUnit = "\(other).\(query.ownerColumn) = \(main).\(unit)"
    let number =
      "CASE WHEN \(isOfUnit) THEN \(other).\(row) WHEN \(other).\(row) IS NOT NULL "
      + "THEN CAST(\(sets.relation.rowCount) AS UINTEGER) END"
    return "\nWHERE \(marks)(\(main).\(row), \(number))"
  }

  /// The output's keys, beside the inputs.
  private func keys(isUsed: Bool) -> String {
    guard isUsed, let rows = query.assignedRows else { return "" }
    guard let unit = query.unitColumn else { return " CROSS JOIN (\(rows))" }
    let name = query.hiddenColumn("keys")
    return " JOIN (\(rows)) AS \(name) ON \(anyOf(unit)) = \(name).\(unit)"
  }

  /// The columns that are compared once, then every other column of the inputs in their order.
  private func everyColumn() throws(EngineError) -> [String] {
    let pairs = others.map { ($0.relation, equalities($0.condition, $0.relation)) }
    let firsts = query.columnNames(of: first)
    let joined = pairs.flatMap(\.1).map(\.first).reduce(into: [String]()) { names, name in
      guard let column = firsts.first(where: { $0.isSameName(as: name) }),
        !names.contains(where: { $0.isSameName(as: name) })
      else { return }
      names.append(column)
    }
    let list = joined.map { name in
      let values =
        [(first.input.name, name)]
        + pairs.flatMap { relation, equalities in
          equalities.filter { pair in
            pair.first.isSameName(as: name)
              && query.columnNames(of: relation).contains { $0.isSameName(as: pair.other) }
          }.map { (relation.input.name, $0.other) }
        }
      let columns = values.map { "\($0.0.sqlIdentifier).\($0.1.sqlIdentifier)" }
      let value =
        keepsOthers && columns.count > 1
        ? "coalesce(\(columns.joined(separator: ", ")))" : columns[0]
      return "\(value) AS \(name.sqlIdentifier)"
    }
    return try query.otherColumns(after: list, named: joined) { relation, column in
      if relation.input.hiddenKeys.contains(where: { $0.isSameName(as: column) }) { return true }
      guard relation.input.name.exact != first.input.name.exact else {
        return joined.contains { $0.isSameName(as: column) }
      }
      return pairs.contains { other, equalities in
        other.input.name.exact == relation.input.name.exact
          && equalities.contains {
            pair in
            pair.other.isSameName(as: column)
              && joined.contains { $0.isSameName(as: pair.first) }
          }
      }
    }
  }
}
