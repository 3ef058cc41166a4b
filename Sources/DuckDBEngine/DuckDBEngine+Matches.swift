public import IncrementalJoin

extension DuckDBEngine {
  /// How the rows of the unit's first input meet those of each other one; reads only the join's columns.
  ///
  /// Output keys are no join columns here: the rows of one partition agree in them.
  ///
  /// - Throws: `EngineError`, as staging the unit would; `CancellationError`.
  public func matches(of unit: JoinUnit) async throws -> [InputMatch] {
    let keys = unit.partition.boundKeys
    guard case .join(_, let on, _) = unit.transformation, unit.inputs.count > 1,
      on.contains(where: { keys.named($0) == nil })
    else { return [] }
    return try await withConnection(for: unit) { connection in
      let query = try await self.prepare(unit, on: connection).query
      let columns = try query.joinColumns(on)
      var matches: [InputMatch] = []
      for right in query.relations.dropFirst() {
        let left = query.relations[0]
        let counts = MatchQuery(query: query, left: left, right: right, columns: columns)
        let row = try await connection.query(counts.sql).rows[0].map {
          $0.flatMap { Int64($0) } ?? 0
        }
        matches.append(
          InputMatch(
            left: left.input.name, right: right.input.name, leftRows: row[0], rightRows: row[1],
            leftMatched: row[2], rightMatched: row[3], pairs: row[4], fanOut: row[5]))
      }
      return matches
    }
  }
}
