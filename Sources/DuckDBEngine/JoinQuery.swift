import IncrementalJoin
import PartitionPredicate

/// The SQL of the rows of a work unit, or of a batch of units.
///
/// In a batch the number of the unit is a column of every input, by which it is joined, and of the result: so
/// rows of different units never meet.
struct JoinQuery: Sendable {
  let transformation: Transformation
  let relations: [InputRelation]
  /// The output's keys.
  let keys: [PartitionKey]
  /// The output partitions of the units.
  let partitions: [Partition]
  /// The time that each of them covers.
  let spans: [PartitionSpan]
  /// What the times of rows are compared as.
  let ticks: Ticks
  /// What the names of columns begin with that no input has.
  let hiddenPrefix: String
  /// For each input the sets of units that read it together; nil where the units of a batch are kept apart.
  let sets: [UnitSets?]
  /// The function that is told which rows of the two inputs meet; nil when nobody counts.
  var marks: String?

  /// Creates a query of units, one or several.
  ///
  /// - Throws: `EngineError.definition` for an input whose time is not in a column of times.
  init(_ units: [JoinUnit], relations: [InputRelation]) throws(EngineError) {
    transformation = units[0].transformation
    keys = units[0].partition.keys
    partitions = units.map(\.partition)
    spans = units.map(\.span)
    ticks = Ticks(of: relations.map(\.input))
    var timed = relations
    for index in timed.indices {
      let input = timed[index].input
      if let time = input.time {
        timed[index].reading = try TimeReading(time, of: input, in: ticks)
      }
    }
    self.relations = timed
    sets = timed.indices.map { index in
      guard units.count > 1, index > 0, timed[index].reading != nil,
        case .joinToFirst(let conditions, _) = units[0].transformation,
        conditions.allSatisfy({ $0.type == .inner || $0.type == .left }),
        let time = conditions[index - 1].time
      else { return nil }
      return UnitSets(of: timed[index], spans: units.map(\.span), window: time.window)
    }
    var prefix = "dovetail "
    let names = relations.flatMap { $0.input.columns.map(\.name) + $0.input.keys.map(\.name) }
    while names.contains(where: { $0.exact.lowercased.begins(with: prefix.exact) }) {
      prefix += " "
    }
    hiddenPrefix = prefix
  }

  /// The column with the number of a row's unit; nil for a unit alone.
  var unitColumn: String? { partitions.count > 1 ? hiddenColumn("dovetail unit") : nil }

  /// The column with the number of a row among all rows of its input; nil when nobody counts.
  var rowColumn: String? { marks == nil ? nil : hiddenColumn("dovetail row") }

  /// A name that no input has a column of, as an identifier.
  func hiddenColumn(_ name: String) -> String { (hiddenPrefix + name).sqlIdentifier }

  /// The `WITH` that makes the inputs known by their names, up to the body of the query.
  ///
  /// An input of `sql:` is its whole table, partition keys included. In a join the keys of the output
  /// stand beside the inputs, so that an outer join cannot turn them into NULL.
  ///
  /// - Throws: `EngineError.definition` for a join to the first input that does not fit its inputs.
  func prefix() throws(EngineError) -> String {
    if let join = firstJoin { return try join.prefix() }
    let inputs = relations.map { relation in
      "\(relation.input.name.sqlIdentifier) AS NOT MATERIALIZED (\(select(relation)))"
    }
    return "WITH \(inputs.joined(separator: ", "))\n"
  }

  /// The join of every other input to the first one; nil for another query.
  var firstJoin: FirstJoin? {
    guard case .joinToFirst(let conditions, _) = transformation else { return nil }
    return FirstJoin(query: self, conditions: conditions)
  }

  /// The rows of one input that belong to the unit, with those of its keys that are columns of the input.
  func select(_ relation: InputRelation) -> String {
    let own = relation.input.keys
    let isFirst = relation.input.name.exact == relations[0].input.name.exact
    if case .sql = transformation {
      guard let reading = relation.reading else { return relation.select(keys: own) }
      return placedRows(
        relation, reading, names: relation.input.columns.map(\.name) + own.map(\.name),
        window: isFirst ? .none : relation.input.window, isOwnOnly: true, showsTime: false,
        haloColumn: isFirst ? nil : relation.input.haloColumn)
    }
    if let reading = relation.reading {
      return placedRows(
        relation, reading, names: columnNames(of: relation), isOwnOnly: isFirst, showsTime: false)
    }
    return relation.select(
      keys: own.filter { keys.named($0.name) == nil }, unit: unitColumn, row: rowColumn)
  }

  /// The query after the prefix, with the parsed clauses of its `sql:` or `select:`.
  ///
  /// - Throws: `EngineError.definition` for a join column that an input does not have and for columns
  ///   that clash.
  func body(clauses: [Clause]) throws(EngineError) -> String {
    switch transformation {
    case .sql: return "SELECT * FROM (\(clauses.first?.text ?? "")\n)"
    case .joinToFirst(let conditions, let select):
      return try FirstJoin(query: self, conditions: conditions).body(
        select: select.map { _ in clauses.map(\.text) })
    case .join(let type, let on, let select):
      let columns = try joinColumns(on)
      let unit = unitColumn
      let list =
        select == nil
        ? try everyColumn(joined: columns).joined(separator: ", ")
        : clauses.map(\.text).joined(separator: "\n, ")
      let join = join(type, on: columns.map(\.sqlIdentifier) + (unit.map { [$0] } ?? []))
      return "SELECT \(list)\n\(unit.map { ", \($0) " } ?? "")"
        + "FROM \(join)\(select == nil ? "" : assignedKeys)\(noting)"
    }
  }

  /// The output's keys, beside the inputs.
  private var assignedKeys: String {
    guard let rows = assignedRows else { return "" }
    return unitColumn.map { " JOIN (\(rows)) USING (\($0))" } ?? " CROSS JOIN (\(rows))"
  }

  /// A SELECT of the output's keys, a row a unit; nil without keys.
  var assignedRows: String? {
    guard !keys.isEmpty else { return nil }
    return partitions.enumerated().map { index, partition in
      let values = partition.boundKeys.map { "\($0.sqlConstant) AS \($0.key.name.sqlIdentifier)" }
      let unit = unitColumn.map { ["\(index) AS \($0)"] } ?? []
      return "SELECT \((unit + values).joined(separator: ", "))"
    }.joined(separator: " UNION ALL ")
  }

  /// Tells which rows meet.
  private var noting: String {
    guard let marks, let rowColumn, relations.count == 2 else { return "" }
    let rows = relations.map { "\($0.input.name.sqlIdentifier).\(rowColumn)" }
    return "\nWHERE \(marks)(\(rows.joined(separator: ", ")))"
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

  /// The inputs joined one after the other on columns, given as identifiers.
  private func join(_ type: JoinType, on columns: [String]) -> String {
    let names = relations.map { $0.input.name.sqlIdentifier }
    let condition = columns.isEmpty ? "ON true" : "USING (\(columns.joined(separator: ", ")))"
    return names.dropFirst().reduce(names.first ?? "") {
      "\($0) \(type.rawValue.exact.uppercased) JOIN \($1) \(condition)"
    }
  }

  /// The join's columns once, then every other column of the inputs in their order.
  ///
  /// Where two inputs
  /// have a column of one name, the later one's is called `<input>_<column>`.
  private func everyColumn(joined: [String]) throws(EngineError) -> [String] {
    try otherColumns(after: joined.map(\.sqlIdentifier), named: joined) { _, column in
      joined.contains { $0.isSameName(as: column) }
    }
  }

  /// Columns of the result, of which some are known, and every other column of the inputs but those left out.
  func otherColumns(
    after known: [String], named joined: [String],
    leavingOut isLeftOut: (InputRelation, String) -> Bool
  ) throws(EngineError) -> [String] {
    var names = joined
    var list = known
    for relation in relations {
      let input = relation.input.name
      for column in columnNames(of: relation) where !isLeftOut(relation, column) {
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

  /// The columns of an input that the result may have, the keys that the output lacks last.
  func columnNames(of relation: InputRelation) -> [String] {
    let own = relation.input.keys.map(\.name).filter { keys.named($0) == nil }
    return relation.input.columns.map(\.name).filter { keys.named($0) == nil } + own
  }
}
