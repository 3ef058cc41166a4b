import IncrementalJoin
import PartitionPredicate

/// The SQL of one work unit's rows.
struct JoinQuery: Sendable {
  let transformation: Transformation
  let relations: [InputRelation]
  /// The output's keys in this unit.
  let keys: [BoundKey]

  /// The `WITH` that makes the inputs known by their names, up to the body of the query.
  ///
  /// An input of `sql:` is its whole table, partition keys included. In a join the keys of the output
  /// stand beside the inputs, so that an outer join cannot turn them into NULL.
  var prefix: String {
    let inputs = relations.map { relation in
      "\(relation.input.name.sqlIdentifier) AS NOT MATERIALIZED (\(select(relation)))"
    }
    return "WITH \(inputs.joined(separator: ", "))\n"
  }

  /// The rows of one input, with those of its keys that are columns of the input.
  func select(_ relation: InputRelation) -> String {
    let own = relation.input.keys
    if case .sql = transformation { return relation.select(keys: own) }
    return relation.select(keys: own.filter { keys.named($0.name) == nil })
  }

  /// The query after the prefix, with the parsed clauses of its `sql:` or `select:`.
  ///
  /// - Throws: `EngineError.definition` for a join column that an input does not have and for columns
  ///   that clash.
  func body(clauses: [Clause]) throws(EngineError) -> String {
    switch transformation {
    case .sql: return "SELECT * FROM (\(clauses.first?.text ?? "")\n)"
    case .join(let type, let on, let select):
      let columns = try joinColumns(on)
      let join = join(type, on: columns)
      guard select == nil else {
        let assigned = keys.map { "\($0.sqlConstant) AS \($0.key.name.sqlIdentifier)" }
        let list = clauses.map(\.text).joined(separator: "\n, ")
        let constants =
          assigned.isEmpty ? "" : " CROSS JOIN (SELECT \(assigned.joined(separator: ", ")))"
        return "SELECT \(list)\nFROM \(join)\(constants)"
      }
      return "SELECT \(try everyColumn(joined: columns).joined(separator: ", ")) FROM \(join)"
    }
  }

  /// The columns of the join's condition: the output's keys are equal in all inputs by construction.
  func joinColumns(_ on: [String]) throws(EngineError) -> [String] {
    let columns = on.filter { keys.named($0) == nil }
    for relation in relations {
      let available = columnNames(of: relation)
      for name in columns where !available.contains(where: { $0.isSameName(as: name) }) {
        let near = NearName.of(name, in: available).map { " Did you mean \"\($0)\"?" } ?? ""
        throw .definition(
          "The join column \"\(name)\" does not exist in the input \(relation.input.name), which has "
            + "\(available.joined(separator: ", ")).\(near) Name a column that all inputs have, or use "
            + "`sql:`.")
      }
    }
    return columns
  }

  private func join(_ type: JoinType, on columns: [String]) -> String {
    let names = relations.map { $0.input.name.sqlIdentifier }
    let condition =
      columns.isEmpty
      ? "ON true" : "USING (\(columns.map(\.sqlIdentifier).joined(separator: ", ")))"
    return names.dropFirst().reduce(names.first ?? "") {
      "\($0) \(type.rawValue.exact.uppercased) JOIN \($1) \(condition)"
    }
  }

  /// The join's columns once, then every other column of the inputs in their order.
  ///
  /// Where two inputs
  /// have a column of one name, the later one's is called `<input>_<column>`.
  private func everyColumn(joined: [String]) throws(EngineError) -> [String] {
    var names = joined
    var list = joined.map(\.sqlIdentifier)
    for relation in relations {
      let input = relation.input.name
      for column in columnNames(of: relation)
      where !joined.contains(where: { $0.isSameName(as: column) }) {
        let taken = { (name: String) in
          names.contains { $0.isSameName(as: name) } || keys.named(name) != nil
        }
        let name = taken(column) ? "\(input)_\(column)" : column
        guard !taken(name) else {
          throw .definition(
            "The column \"\(column)\" of the input \(input) clashes with another input's, and so does "
              + "\"\(name)\". Name the columns of the result with `select:`.")
        }
        names.append(name)
        list.append("\(input.sqlIdentifier).\(column.sqlIdentifier) AS \(name.sqlIdentifier)")
      }
    }
    return list
  }

  private func columnNames(of relation: InputRelation) -> [String] {
    let own = relation.input.keys.map(\.name).filter { keys.named($0) == nil }
    return relation.input.columns.map(\.name).filter { keys.named($0) == nil } + own
  }
}
