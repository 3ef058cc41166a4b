import IncrementalJoin
import PartitionPredicate

extension JoinQuery {
  /// The column with the tick of a row's time.
  var tickColumn: String { hiddenColumn("time") }
  /// The column that says whether a row is of the unit itself, not of its halo.
  var ownColumn: String { hiddenColumn("own") }
  /// The column with the number of the set of units that read a row together.
  var setColumn: String { hiddenColumn("set") }
  /// The column with the number of the unit of a set whose own row a row is; -1 for none.
  var ownerColumn: String { hiddenColumn("owner") }
  private var doubtColumn: String { hiddenColumn("doubt") }
  private var neverColumn: String { hiddenColumn("never") }

  /// The rows of an input that are in their place, for an input with a time.
  ///
  /// - Parameters:
  ///   - relation: The input.
  ///   - reading: How the time of its rows is read.
  ///   - names: The columns and keys to select.
  ///   - window: How far beyond the unit's span rows are its own.
  ///   - isOwnOnly: Whether to leave out the others.
  ///   - showsTime: Whether the tick, and whether a row is the unit's own, are columns.
  ///   - row: The column for the number of a row, see `InputRelation.select`.
  ///   - haloColumn: The column that says whether a row lies beyond the unit's span.
  /// - Returns: A SELECT, with the number of the unit behind the columns in a batch.
  func placedRows(
    _ relation: InputRelation, _ reading: TimeReading, names: [String],
    window: TimeWindow = .none, isOwnOnly: Bool, showsTime: Bool, row: String? = nil,
    haloColumn: String? = nil
  ) -> String {
    let place = placeTest(of: relation)
    let own = SpanTest(
      name: hiddenPrefix + "unit", ticks: ticks, window: window, of: relation
    ) { spans[$0.unit] }
    let core = SpanTest(name: hiddenPrefix + "core", ticks: ticks, of: relation) {
      spans[$0.unit]
    }
    let skips = relation.input.time?.misplaced == .skip
    var conditions: [String] = []
    if skips { conditions.append(isPlaced(reading, place)) }
    if isOwnOnly { conditions.append(own.holds(tickColumn)) }
    let hidden =
      (unitColumn.map { [$0] } ?? [])
      + (showsTime ? [tickColumn, "\(own.holds(tickColumn)) AS \(ownColumn)"] : [])
      + (row.map { [$0] } ?? [])
      + (haloColumn.map { ["NOT (\(core.holds(tickColumn))) AS \($0.sqlIdentifier)"] } ?? [])
    let list = (names.map(\.sqlIdentifier) + hidden).joined(separator: ", ")
    let rows = timedRows(
      relation, reading, unit: unitColumn, row: row,
      more: (skips ? place.columns : []) + own.columns
        + (haloColumn == nil ? [] : core.columns))
    let filter = conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
    return "SELECT \(list) FROM (\(rows))\(filter)"
  }

  /// The rows of an input that are in their place, as sets of units read them, with their ticks.
  ///
  /// Behind the columns stand the number of the set, if there are several, and where rows are counted that of the
  /// row and of its unit.
  func placedRows(_ sets: UnitSets, _ reading: TimeReading, names: [String]) -> String {
    let relation = sets.relation
    let place = placeTest(of: relation)
    let skips = relation.input.time?.misplaced == .skip
    let set = sets.count > 1 ? setColumn : nil
    let owner = ScanColumn(name: ownerColumn, type: "INTEGER") {
      "\(sets.owner(in: $0.unit, of: $0.span) ?? -1)"
    }
    let counted = rowColumn.map { [$0, owner.name] } ?? []
    let list = names.map(\.sqlIdentifier) + [tickColumn] + (set.map { [$0] } ?? []) + counted
    let rows = timedRows(
      relation, reading, unit: set, row: rowColumn,
      more: (skips ? place.columns : []) + (rowColumn == nil ? [] : [owner]))
    let filter = skips ? " WHERE \(isPlaced(reading, place))" : ""
    return "SELECT \(list.joined(separator: ", ")) FROM (\(rows))\(filter)"
  }

  /// Counts the rows of an input that are not in their place: by unit, partition, reason and file, with an example.
  ///
  /// - Returns: A SELECT; nil where no partition says anything about time, and where the files' own ends say that all
  ///   rows are in their place.
  func misplacedRows(_ all: InputRelation, _ reading: TimeReading) -> String? {
    let isSaid = all.groups.contains { $0.span != .always }
    guard let time = all.input.time, isSaid || reading.isDoubtful != nil else { return nil }
    var relation = all
    if reading.isDoubtful == nil { relation.groups.removeAll(where: \.isPlaced) }
    guard !relation.groups.isEmpty else { return nil }
    let place = placeTest(of: relation)
    let (unit, partition, file) = (
      hiddenColumn("number"), hiddenColumn("partition"), hiddenColumn("file")
    )
    let facts = [
      ScanColumn(name: unit, type: "BIGINT") { "\($0.unit)" },
      ScanColumn(name: partition, type: "VARCHAR") { $0.partition.path.text.sqlLiteral },
    ]
    let rows = timedRows(
      relation, reading, unit: unitColumn, file: file, more: facts + place.columns)
    let doubt =
      reading.isDoubtful == nil
      ? ""
      : "WHEN \(neverColumn) THEN \(literal(.never)) WHEN \(doubtColumn) THEN \(literal(.twice)) "
    return """
      SELECT \(unit) AS unit, \(partition) AS partition, CASE WHEN \(tickColumn) IS NULL THEN \(literal(.untimed)) \
      \(doubt)ELSE \(literal(.outside)) END AS reason, \(file) AS file, count(*) AS count, \
      CAST(min(\(time.column.sqlIdentifier)) AS VARCHAR) AS example \
      FROM (\(rows)) WHERE NOT (\(isPlaced(reading, place))) GROUP BY ALL ORDER BY ALL
      """
  }

  private func literal(_ reason: MisplacedReason) -> String { reason.rawValue.sqlLiteral }

  private func placeTest(of relation: InputRelation) -> SpanTest {
    SpanTest(name: hiddenPrefix + "place", ticks: ticks, of: relation) { $0.span }
  }

  private func isPlaced(_ reading: TimeReading, _ place: SpanTest) -> String {
    let isDoubtful = reading.isDoubtful == nil ? "" : "NOT \(doubtColumn) AND "
    return isDoubtful + place.holds(tickColumn)
  }

  private func timedRows(
    _ relation: InputRelation, _ reading: TimeReading, unit: String?, row: String? = nil,
    file: String? = nil, more: [ScanColumn]
  ) -> String {
    let rows = relation.select(
      keys: relation.input.keys, unit: unit, row: row, file: file, more: more)
    let doubt =
      (reading.isDoubtful.map { ", \($0) AS \(doubtColumn)" } ?? "")
      + (file == nil ? "" : reading.isNever.map { ", \($0) AS \(neverColumn)" } ?? "")
    return "SELECT *, \(reading.tick) AS \(tickColumn)\(doubt) FROM (\(rows))"
  }
}
