import CDuckDB
import IncrementalJoin

/// Which rows of a join's two inputs meet, noted by the statement that joins them: to count it takes no query
/// of its own.
///
/// Of a join by time the same is counted as by `FirstJoin.counts`, where files say which rows are a unit's own.
///
/// Two bytes are kept for every row of the first input and a bit for every one of the other: for some 33
/// million rows of each, 71 MB.
struct MatchMarks: Sendable {
  /// The names of the inputs.
  let left: String
  let right: String
  /// The numbers of each unit's rows among all of the input, see `InputRelation.select`.
  private let rows: [(left: [Range<Int64>], right: [Range<Int64>])]
  /// How many rows each input has.
  fileprivate let counts: (left: Int64, right: Int64)

  /// At most so many rows of an input are marked.
  private static let limit: Int64 = 1 << 25

  /// What to mark; nil for other than two inputs, for a join by partition only, for inputs of which nobody
  /// knows how many rows they have or which of them are a unit's own, and for more rows than are marked.
  ///
  /// - Throws: `EngineError.definition`.
  init?(of query: JoinQuery) throws(EngineError) {
    guard query.relations.count == 2 else { return nil }
    switch query.transformation {
    case .sql: return nil
    case .join(_, let on, _):
      guard try !query.joinColumns(on).isEmpty,
        query.relations.allSatisfy({ $0.reading == nil })
      else { return nil }
    case .joinToFirst(let conditions, _):
      guard conditions[0].time != nil, [.inner, .left].contains(conditions[0].type),
        query.relations.allSatisfy({ $0.reading != nil && $0.input.time?.misplaced == .fail })
      else { return nil }
    }
    let relations = zip(query.relations, query.sets).map { $1?.relation ?? $0 }
    guard
      relations.allSatisfy({ relation in
        relation.input.format == .parquet && relation.rowCount <= Self.limit
          && relation.groups.allSatisfy(\.knowsLocations)
      }),
      let leftRows = relations[0].ownRows(of: query.spans, query.sets[0]),
      let rightRows = relations[1].ownRows(of: query.spans, query.sets[1])
    else { return nil }
    (left, right) = (query.relations[0].input.name, query.relations[1].input.name)
    rows = zip(leftRows, rightRows).map { ($0, $1) }
    // What meets a row of another unit is told as the one after the last.
    counts = (relations[0].rowCount, relations[1].rowCount + 1)
  }

  /// How the rows of each unit met; nil when some row met more than can be counted.
  fileprivate func matches(in marks: OpaquePointer) -> [InputMatch]? {
    var matches: [InputMatch] = []
    for (leftRows, rightRows) in rows {
      var sum = (
        leftMatched: UInt64(0), rightMatched: UInt64(0), pairs: UInt64(0), fanOut: UInt64(0)
      )
      for (left, right) in leftRows.map({ ($0, 0..<0) }) + rightRows.map({ (0..<0, $0) }) {
        var counts = cduckdb_mark_counts()
        guard
          cduckdb_count_marks(
            marks, UInt64(left.lowerBound), UInt64(left.upperBound), UInt64(right.lowerBound),
            UInt64(right.upperBound), &counts)
        else { return nil }
        sum.leftMatched += counts.left_matched
        sum.rightMatched += counts.right_matched
        sum.pairs += counts.pairs
        sum.fanOut = max(sum.fanOut, UInt64(counts.fan_out))
      }
      matches.append(
        InputMatch(
          left: left, right: right, leftRows: Int64(leftRows.reduce(0) { $0 + $1.count }),
          rightRows: Int64(rightRows.reduce(0) { $0 + $1.count }),
          leftMatched: Int64(sum.leftMatched), rightMatched: Int64(sum.rightMatched),
          pairs: Int64(sum.pairs), fanOut: Int64(sum.fanOut)))
    }
    return matches
  }
}

extension InputRelation {
  /// The numbers of each unit's own rows.
  ///
  /// - Parameters:
  ///   - spans: The time that each unit covers.
  ///   - sets: The sets of units that read the groups together, if they do.
  /// - Returns: For each unit a range a group; nil where some but not all rows of a group may be own ones.
  fileprivate func ownRows(of spans: [PartitionSpan], _ sets: UnitSets?) -> [[Range<Int64>]]? {
    var rows = spans.map { _ in [Range<Int64>]() }
    var end: Int64 = 0
    for group in groups {
      let start = end
      end += group.rows.reduce(0, +)
      if let unit = sets.map({ $0.owner(in: group.unit, of: group.span) }) ?? group.unit {
        let isOwn = reading == nil || group.span.isWithin(spans[unit])
        guard isOwn || !group.span.overlaps(spans[unit]) else { return nil }
        if isOwn { rows[unit].append(start..<end) }
      } else if let sets, sets.overlaps(group.span, in: group.unit) {
        return nil
      }
    }
    return rows
  }
}

extension Connection {
  /// Runs a statement that notes which rows meet, and says how.
  ///
  /// - Returns: What the statement returns; for each unit how its rows met, nil when nothing was marked or
  ///   something met more than can be counted.
  /// - Throws: As `query(_:)`.
  nonisolated func query(
    _ sql: String, marking marks: MatchMarks?, progress: (@Sendable (Double) -> Void)?
  ) async throws -> (QueryResult, [InputMatch]?) {
    guard let marks else { return (try await run(sql, progress), nil) }
    try await begin(marks)
    do {
      let result = try await run(sql, progress)
      return (result, await end(marks))
    } catch {
      // A query that goes on with nobody waiting for it still marks.
      if !isAbandoned { _ = await end(marks) }
      throw error
    }
  }

  private nonisolated func run(_ sql: String, _ progress: (@Sendable (Double) -> Void)?)
    async throws -> QueryResult
  {
    if let progress { return try await query(sql, progress: progress) }
    return try await query(sql)
  }

  private func begin(_ marks: MatchMarks) throws(DatabaseError) {
    let (left, right) = marks.counts
    guard cduckdb_begin_marks(self.marks, UInt64(left), UInt64(right)) else {
      throw DatabaseError(
        kind: "Out of Memory", message: "no memory to count how the rows meet", position: nil)
    }
  }

  private func end(_ marks: MatchMarks) -> [InputMatch]? {
    defer { cduckdb_end_marks(self.marks) }
    return self.marks.flatMap { marks.matches(in: $0) }
  }
}
