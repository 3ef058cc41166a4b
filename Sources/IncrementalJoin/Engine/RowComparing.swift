/// What an engine can tell about rows without joining them: for trust, not for publishing.
public protocol RowComparing: Sendable {
  /// How the rows of the unit's inputs meet: the first one with each other one; empty for `sql:`, and for
  /// a job that joins on partition keys only.
  func matches(of unit: JoinUnit) async throws -> [InputMatch]

  /// Whether Parquet files of a partition hold the same columns and, as a multiset, the same rows as others.
  func hasSameRows(_ files: [String], as others: [String]) async throws -> Bool

  /// How the rows of Parquet files differ from those of others.
  ///
  /// - Parameters:
  ///   - old: Full paths; none for a partition that is not there.
  ///   - new: Full paths; none for a partition that is not there.
  ///   - key: The columns that name a row; where they do not name every row of either side, and when there
  ///     are none, a changed row counts as a removed and an added one.
  ///   - samples: How many changed, added and removed rows to return, of each.
  /// - Returns: Counts, columns that differ, and samples.
  /// - Throws: `EngineError`; `CancellationError`.
  func difference(from old: [String], to new: [String], key: [String], samples: Int) async throws
    -> RowDifference

  /// A digest of the rows of an input's files as a multiset, whatever files they lie in and in which order.
  func rowDigest(of input: JoinUnit.Input) async throws -> String
}
