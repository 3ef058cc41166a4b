import CDuckDB
import IncrementalJoin

/// Which rows of a join's two inputs meet, noted by the statement that joins them: to count it takes no query
/// of its own.
///
/// Two bytes are kept for every row of the first input and a bit for every one of the other: for some 33
/// million rows of each, 71 MB.
struct MatchMarks: Sendable {
  /// The names of the inputs.
  let left: String
  let right: String
  /// The numbers of each unit's rows among all of the input, see `InputRelation.select`.
  private let rows: [(left: Range<Int64>, right: Range<Int64>)]

  /// At most so many rows of an input are marked.
  private static let limit: Int64 = 1 << 25

  /// What to mark; nil for other than two inputs, for a join by partition only, for inputs of which nobody
  /// knows how many rows they have, and for more rows than are marked.
  ///
  /// - Throws: `EngineError.definition`.
  init?(of query: JoinQuery) throws(EngineError) {
    guard case .join(_, let on, _) = query.transformation, query.relations.count == 2,
      try !query.joinColumns(on).isEmpty,
      query.relations.allSatisfy({ relation in
        relation.input.format == .parquet && relation.rowCount <= Self.limit
          && relation.reading == nil
          && relation.groups.allSatisfy(\.knowsPlaces)
      })
    else { return nil }
    (left, right) = (query.relations[0].input.name, query.relations[1].input.name)
    let ranges = query.relations.map { $0.rowRanges(units: query.partitions.count) }
    rows = zip(ranges[0], ranges[1]).map { ($0, $1) }
  }

  /// How many rows each input has.
  fileprivate var counts: (left: Int64, right: Int64) {
    (rows.last?.left.upperBound ?? 0, rows.last?.right.upperBound ?? 0)
  }

  /// How the rows of each unit met; nil when some row met more than can be counted.
  fileprivate func matches(in marks: OpaquePointer) -> [InputMatch]? {
    var matches: [InputMatch] = []
    for (leftRows, rightRows) in rows {
      var counts = cduckdb_mark_counts()
      guard
        cduckdb_count_marks(
          marks, UInt64(leftRows.lowerBound), UInt64(leftRows.upperBound),
          UInt64(rightRows.lowerBound), UInt64(rightRows.upperBound), &counts)
      else { return nil }
      matches.append(
        InputMatch(
          left: left, right: right, leftRows: Int64(leftRows.count),
          rightRows: Int64(rightRows.count), leftMatched: Int64(counts.left_matched),
          rightMatched: Int64(counts.right_matched), pairs: Int64(counts.pairs),
          fanOut: Int64(counts.fan_out)))
    }
    return matches
  }
}

extension InputRelation {
  /// The numbers of the rows of each unit: the units' groups follow each other.
  fileprivate func rowRanges(units: Int) -> [Range<Int64>] {
    var counts = Array(repeating: Int64(0), count: units)
    for group in groups { counts[group.unit] += group.rows.reduce(0, +) }
    var end: Int64 = 0
    return counts.map { count in
      defer { end += count }
      return end..<end + count
    }
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
