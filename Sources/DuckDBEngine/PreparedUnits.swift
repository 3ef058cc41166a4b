import IncrementalJoin
import PartitionPredicate

/// One work unit, or several of one job that are computed together, ready to be run on a connection.
struct PreparedUnits: Sendable {
  let query: JoinQuery
  /// The columns that are written.
  let columns: [Column]
  /// A SELECT of these columns, for several units with the unit's number behind them.
  let statement: String
  /// For each unit a sentence for every difference between the files' columns and the table's that was let pass.
  let warnings: [[String]]
  /// Where the statement notes which rows meet; nil when it does not.
  let marks: MatchMarks?
}

extension DuckDBEngine {
  /// Binds the units' job and looks at their files.
  ///
  /// - Parameters:
  ///   - units: One, or several of one definition.
  ///   - counting: Whether the statement should note which rows meet, where it can.
  ///   - connection: The connection that will run the statement.
  /// - Returns: The statement.
  /// - Throws: `EngineError`; `NotForBatches` for several units that have to be run alone.
  func prepare(_ units: [JoinUnit], counting: Bool = false, on connection: Connection) async throws
    -> PreparedUnits
  {
    let job = try await binder.bind(units[0], on: connection)
    let keys = units[0].partition.keys
    guard units.count == 1 || job.isForBatches(keys: keys) else { throw NotForBatches() }
    var inputs: [JoinUnit.Input] = []
    for unit in units {
      for (var input, columns) in zip(unit.inputs, job.inputColumns) {
        input.columns = columns
        inputs.append(input)
      }
    }
    let groups = try await layouts.groups(of: inputs, on: connection)
    let count = job.inputColumns.count
    let relations = (0..<count).map { index in
      InputRelation(
        input: inputs[index],
        groups: units.indices.flatMap { unit in
          groups[unit * count + index].map { group in
            var group = group
            group.unit = unit
            return group
          }
        }, otherSpellings: spellings.columns(of: inputs[index].name))
    }
    guard units.count == 1 || relations.allSatisfy({ $0.groups.allSatisfy(\.knowsLocations) })
    else {
      throw NotForBatches()
    }
    var query = try JoinQuery(units, relations: relations)
    let misplaced = try await misplacedRows(in: query, on: connection)
    let marks =
      counting && job.isRowwise && connection.marksFunction != nil
      ? try MatchMarks(of: query) : nil
    if marks != nil { query.marks = connection.marksFunction }
    let warnings = units.indices.map { unit in
      zip(inputs[(unit * count)...], groups[(unit * count)...]).prefix(count).flatMap {
        input, groups in
        input.differences(of: groups).map(\.warning) + groups.flatMap { $0.cutWarnings(of: input) }
      } + misplaced[unit]
    }
    return PreparedUnits(
      query: query, columns: job.publishedColumns(keys: keys),
      statement: try job.statement(for: query), warnings: warnings, marks: marks)
  }
}

/// That one statement cannot compute several units.
struct NotForBatches: Error {}
