public import IncrementalJoin

extension DuckDBEngine {
  /// How the rows of the unit's first input meet those of each other one; reads only the join's columns.
  ///
  /// Output keys are no join columns here: the rows of one partition agree in them.
  ///
  /// - Throws: `EngineError`, as staging the unit would; `CancellationError`.
  public func matches(of unit: JoinUnit) async throws -> [InputMatch] {
    if case .sql = unit.transformation { return [] }
    return try await withConnection(for: unit) { connection in
      let query = try await self.prepare([unit], on: connection).query
      return try await self.matches(in: query, on: connection)[0]
    }
  }

  /// Looks for the partners of rows of the unit's first input that meet no row of another one.
  ///
  /// It reads only the join's columns: of the unit, and of the other partitions.
  ///
  /// - Throws: `EngineError`; `CancellationError`.
  public func strays(
    of unit: JoinUnit, meeting input: String, in others: [JoinUnit.Input], sample: Int
  ) async throws -> StraySample {
    let nothing = StraySample(sampled: 0, found: 0)
    guard !others.isEmpty else { return nothing }
    return try await withConnection(for: unit) { connection in
      let query = try await self.prepare([unit], on: connection).query
      guard let index = query.relations.firstIndex(where: { $0.input.name == input }), index > 0,
        let columns = try query.comparedColumns(of: index), !columns.isEmpty
      else { return nothing }
      let (left, right) = (query.relations[0], query.relations[index])
      var inputs = others
      for index in inputs.indices { inputs[index].columns = right.input.columns }
      let groups = try await self.layouts.groups(of: inputs, on: connection)
      let relations = zip(inputs, groups).map {
        InputRelation(
          input: $0, groups: $1, otherSpellings: self.spellings.columns(of: $0.name))
      }
      let counts = MatchQuery(query: query, left: left, right: right, columns: columns)
      let row = try await connection.query(counts.strays(in: relations, sample: sample)).onlyRow()
      return StraySample(
        sampled: Int(try row.number("sampled")), found: Int(try row.number("found")))
    }
  }

  /// How the rows of a query's inputs meet, for each unit; nothing where it joins by partition only, or not by
  /// columns.
  func matches(in query: JoinQuery, on connection: Connection) async throws -> [[InputMatch]] {
    var matches = query.partitions.map { _ in [InputMatch]() }
    guard query.relations.count > 1 else { return matches }
    let left = query.relations[0]
    for (index, right) in query.relations.enumerated().dropFirst() {
      guard let sql = try counts(of: index, in: query) else { continue }
      let rows = try await connection.query(sql).rows
      var found: [Int: QueryRow] = [:]
      for row in rows { found[query.unitColumn == nil ? 0 : Int(try row.number("unit"))] = row }
      for unit in matches.indices {
        func number(_ name: String) throws -> Int64 { try found[unit]?.number(name) ?? 0 }
        matches[unit].append(
          InputMatch(
            left: left.input.name, right: right.input.name, leftRows: try number("left_rows"),
            rightRows: try number("right_rows"), leftMatched: try number("left_matched"),
            rightMatched: try number("right_matched"), pairs: try number("pairs"),
            fanOut: try number("fan_out")))
      }
    }
    return matches
  }

  /// A SELECT that counts how the rows of an input meet the first one's; nil for inputs that are not joined by
  /// columns or time.
  private func counts(of index: Int, in query: JoinQuery) throws(EngineError) -> String? {
    switch query.transformation {
    case .sql: return nil
    case .joinToFirst(let conditions, _):
      let condition = conditions[index - 1]
      guard condition.time != nil || !condition.on.isEmpty else { return nil }
      return try query.firstJoin?.counts(of: index)
    case .join(_, let on, _):
      let columns = try query.joinColumns(on)
      guard !columns.isEmpty else { return nil }
      return MatchQuery(
        query: query, left: query.relations[0], right: query.relations[index],
        columns: columns.map { JoinedColumns(first: $0, other: $0) }
      ).sql
    }
  }
}

extension JoinQuery {
  /// The columns by which one of the other inputs is joined within a partition; nil where time decides, and for
  /// `sql:`.
  fileprivate func comparedColumns(of index: Int) throws(EngineError) -> [JoinedColumns]? {
    switch transformation {
    case .sql: return nil
    case .join(_, let on, _):
      return try joinColumns(on).map { JoinedColumns(first: $0, other: $0) }
    case .joinToFirst(let conditions, _):
      return conditions[index - 1].time == nil ? conditions[index - 1].on : nil
    }
  }
}
