/// One unit of a batch that an engine is to stage, with callbacks for whoever waits for it.
public struct StagingOrder: Sendable {
  /// What to join.
  public let unit: JoinUnit
  /// Whether to count how the rows of the inputs match, see `RowComparing.matches(of:)`.
  public let countsMatches: Bool
  /// Called once, when the unit's turn has come, before its files are read: makes the empty folder for its
  /// rows and returns the full path.
  ///
  /// What it throws is the unit's result.
  public let begin: @Sendable () async throws -> String
  /// Receives the done share, from 0 to 1, at most some 20 times a second, from any thread.
  public let progress: @Sendable (Double) -> Void
  /// Receives the unit's result: `EngineError` where it failed, or what `begin` threw.
  ///
  /// The engine waits for it, which bounds how much is started and not yet taken over.
  public let finish: @Sendable (Result<StagedRows, any Error>) async -> Void

  /// Creates an order.
  public init(
    unit: JoinUnit, countsMatches: Bool, begin: @escaping @Sendable () async throws -> String,
    progress: @escaping @Sendable (Double) -> Void,
    finish: @escaping @Sendable (Result<StagedRows, any Error>) async -> Void
  ) {
    self.unit = unit
    self.countsMatches = countsMatches
    self.begin = begin
    self.progress = progress
    self.finish = finish
  }
}

/// What staging one unit wrote.
public struct StagedRows: Hashable, Sendable {
  /// Rows in the written files; 0 when no file was written.
  public let rows: Int64
  /// The sum of the written files' sizes.
  public let bytes: Int64
  /// Sentences for the operator, such as a key column in the files that differs from the path.
  public let warnings: [String]
  /// How the rows of the inputs matched; empty where that was not counted.
  public let matches: [InputMatch]
  /// Inputs that have rows with the same time and equal join columns, of which only the first one counts; empty where
  /// they were not counted.
  public let ties: [TiedRows]

  /// Creates the account of a staging.
  public init(
    rows: Int64, bytes: Int64, warnings: [String] = [], matches: [InputMatch] = [],
    ties: [TiedRows] = []
  ) {
    self.rows = rows
    self.bytes = bytes
    self.warnings = warnings
    self.matches = matches
    self.ties = ties
  }
}

/// Rows of an input that an `asof` join leaves out, since another one has their time and join columns and comes first
/// by the table's columns.
public struct TiedRows: Hashable, Sendable {
  /// The input's name.
  public let input: String
  /// At least 1.
  public let count: Int64

  /// Creates a count.
  public init(input: String, count: Int64) {
    self.input = input
    self.count = count
  }
}
