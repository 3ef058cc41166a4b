import IncrementalJoin
import PartitionPredicate

/// The SQL of a join of every other input to the first one.
///
/// The first input's rows are numbered. Rows that meet in time are found apart, as pairs of such a number and
/// a row of the other input, and joined to the first by it. For right and full joins the first input has a
/// halo, whose rows only tell who has no partner.
struct FirstJoin {
  let query: JoinQuery
  let conditions: [JoinCondition]
  /// Whether the rows of the other inputs are numbered too, to be counted.
  var countsOthers = false
  /// Whether the rows of all units are kept apart, also of those that could read together.
  var keepsUnitsApart = false

  var first: InputRelation { query.relations[0] }
  var others: [(number: Int, relation: InputRelation, condition: JoinCondition)] {
    zip(query.relations.dropFirst(), conditions).enumerated().map { ($0 + 1, $1.0, $1.1) }
  }

  var row: String { query.hiddenColumn("row") }
  var otherRow: String { query.hiddenColumn("other row") }
  var tick: String { query.tickColumn }
  var own: String { query.ownColumn }
  var units: [String] { query.unitColumn.map { [$0] } ?? [] }

  /// The sets of units that read one of the other inputs together, counted from 1; nil where units are kept apart.
  func sets(_ number: Int) -> UnitSets? { keepsUnitsApart ? nil : query.sets[number] }

  /// The columns of the rows of one of the other inputs, counted from 1, that are kept apart by them.
  func apart(_ number: Int) -> [String] {
    guard let sets = sets(number) else { return units }
    return sets.count > 1 ? [query.setColumn] : []
  }

  /// The name of what is made of an input, counted from 0.
  func table(_ number: Int, _ what: String = "rows") -> String {
    "\(query.hiddenPrefix)\(number) \(what)".sqlIdentifier
  }

  func value(_ number: Int, _ index: Int) -> String {
    query.hiddenColumn("value \(number) \(index)")
  }

  /// Whether rows of another input may stay that have no partner.
  var keepsOthers: Bool { conditions.contains { $0.type == .right || $0.type == .full } }

  /// What has to be equal for rows to meet: what the condition says, and keys that both inputs have.
  func equalities(_ condition: JoinCondition, _ relation: InputRelation) -> [JoinedColumns] {
    (condition.on + relation.input.matchedKeys).reduce(into: []) { pairs, pair in
      let isKnown = pairs.contains {
        $0.first.isSameName(as: pair.first) && $0.other.isSameName(as: pair.other)
      }
      if !isKnown { pairs.append(pair) }
    }
  }

  /// The `WITH` in front of the query.
  func prefix() throws(EngineError) -> String {
    var tables: [String] = []
    for (number, relation) in query.relations.enumerated() {
      tables += [rows(number, relation)]
      let visible = query.columnNames(of: relation).map(\.sqlIdentifier)
      tables += [
        "\(relation.input.name.sqlIdentifier) AS NOT MATERIALIZED "
          + "(SELECT \(visible.joined(separator: ", ")) FROM \(table(number)))"
      ]
    }
    for (number, relation, condition) in others {
      try check(condition, relation)
      if let time = condition.time {
        tables += pairs(number, relation, condition, time)
      }
    }
    return "WITH \(tables.joined(separator: ",\n"))\n"
  }

  /// The rows of an input that matter to the unit, with all of its keys.
  private func rows(_ number: Int, _ relation: InputRelation) -> String {
    let input = relation.input
    let haloIsRead = conditions.contains {
      $0.time != nil && ($0.type == .right || $0.type == .full)
    }
    let names = input.columns.map(\.name) + input.keys.map(\.name)
    var rows: String
    if let reading = relation.reading, let sets = sets(number) {
      rows = query.placedRows(sets, reading, names: names)
    } else if let reading = relation.reading {
      rows = query.placedRows(
        relation, reading, names: names, isOwnOnly: number == 0 && !haloIsRead, showsTime: true,
        row: keepsUnitsApart ? nil : query.rowColumn)
    } else {
      rows = relation.select(keys: input.keys, unit: query.unitColumn)
      rows = "SELECT *, true AS \(own) FROM (\(rows))"
    }
    guard number > 0 else {
      return "\(table(0)) AS MATERIALIZED (SELECT *, row_number() OVER () AS \(row) FROM (\(rows)))"
    }
    guard countsOthers else { return "\(table(number)) AS NOT MATERIALIZED (\(rows))" }
    return "\(table(number)) AS MATERIALIZED "
      + "(SELECT *, row_number() OVER () AS \(otherRow) FROM (\(rows)))"
  }

  private func check(_ condition: JoinCondition, _ relation: InputRelation) throws(EngineError) {
    for pair in equalities(condition, relation) {
      try check(pair.first, of: first.input)
      try check(pair.other, of: relation.input)
    }
    guard condition.time != nil else { return }
    for input in [first.input, relation.input] where input.time == nil {
      throw .definition(
        "The input \(input.name) is joined by time, but its table does not say which column has it. Declare "
          + "`time:` of the table.")
    }
  }

  private func check(_ name: String, of input: JoinUnit.Input) throws(EngineError) {
    let available = input.columns.map(\.name) + input.keys.map(\.name)
    guard !available.contains(where: { $0.isSameName(as: name) }) else { return }
    let near = NearName.of(name, in: available).map { " Did you mean \"\($0)\"?" } ?? ""
    throw .definition(
      "The join column \"\(name)\" does not exist in the input \(input.name), which has "
        + "\(available.joined(separator: ", ")).\(near) Where the two inputs call it differently, write "
        + "`on: [{ name in the first: name in the other }]`.")
  }
}
