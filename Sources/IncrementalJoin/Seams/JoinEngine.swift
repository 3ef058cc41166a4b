import Synchronization

/// The seam to the engine that reads, joins and writes rows: DuckDB in the process, later Spark.
///
/// Every call may run for long, never blocks the caller's thread and ends promptly with
/// `CancellationError` when its task is cancelled. Other errors are `EngineError`.
public protocol JoinEngine: SchemaReader, RowComparing {
  /// Joins the files of every unit separately, and writes its rows as Parquet (zstd) under new unique names into the
  /// unit's folder.
  ///
  /// A result without rows writes no file. The output's keys are not written into the files. Units are processed in any
  /// order, as many at a time as the engine's settings allow. One that fails does not affect the others, and leaves
  /// nothing in its folder that counts.
  ///
  /// - Throws: `CancellationError`; units whose `finish` was not called are not staged.
  func stage(_ batch: [StagingOrder]) async throws(CancellationError)

  /// Looks for the partners of rows of the unit's first input that match no row of another one.
  ///
  /// A sample of at most `sample` values of the join's columns is searched for in other partitions of that input. The
  /// same sample is taken each time; it has no values with NULL. A value counts as found where exactly one of the
  /// others has it: what many partitions have does not belong to any.
  func strays(of unit: JoinUnit, meeting input: String, in others: [JoinUnit.Input], sample: Int)
    async throws -> StraySample

  /// The first `limit` rows that staging the unit would write, as text, output's keys included.
  func preview(_ unit: JoinUnit, limit: Int) async throws -> SampleRows
}

/// Rows as text, for people to look at.
public struct SampleRows: Hashable, Sendable {
  /// The columns of every row, in the order of its texts.
  public let columns: [Column]
  /// One text a column; nil for NULL.
  public let rows: [[String?]]

  /// Creates a sample.
  public init(columns: [Column], rows: [[String?]]) {
    self.columns = columns
    self.rows = rows
  }
}

/// How many values that match nothing in their own partition are in others.
public struct StraySample: Hashable, Sendable {
  /// How many values were searched for.
  public let sampled: Int
  /// Those that exactly one other partition has.
  public let found: Int

  /// Creates a sample's result.
  public init(sampled: Int, found: Int) {
    self.sampled = sampled
    self.found = found
  }
}

extension JoinEngine {
  /// Stages one unit into an empty folder, as `stage(_:)` does.
  ///
  /// - Throws: `EngineError`; `CancellationError`.
  public func stage(
    _ unit: JoinUnit, into folder: String, countsMatches: Bool,
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) async throws -> StagedRows {
    let outcome = Mutex<Result<StagedRows, any Error>>(.failure(CancellationError()))
    try await stage([
      StagingOrder(
        unit: unit, countsMatches: countsMatches, begin: { folder }, progress: progress,
        finish: { result in outcome.withLock { $0 = result } })
    ])
    return try outcome.withLock { $0 }.get()
  }
}
