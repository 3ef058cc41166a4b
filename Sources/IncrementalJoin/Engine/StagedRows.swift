/// What staging one unit wrote.
public struct StagedRows: Hashable, Sendable {
  /// Rows in the written files; 0 when no file was written.
  public let rows: Int64
  /// The sum of the written files' sizes.
  public let bytes: Int64
  /// Sentences for the operator, such as a key column in the files that differs from the path.
  public let warnings: [String]
  /// How the rows of the inputs met; empty where nobody counted.
  public let matches: [InputMatch]

  /// Creates the account of a staging.
  public init(
    rows: Int64, bytes: Int64, warnings: [String] = [], matches: [InputMatch] = []
  ) {
    self.rows = rows
    self.bytes = bytes
    self.warnings = warnings
    self.matches = matches
  }
}
