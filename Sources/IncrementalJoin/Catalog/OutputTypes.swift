/// Whose types the columns of an output have.
public enum OutputTypes: String, Hashable, Sendable, Codable, CaseIterable {
  /// Types that Spark 3.5 and Glue read: UUID, TIME and INTERVAL become text, timestamps of nanoseconds
  /// become microseconds, exactly or not at all.
  case spark
  /// The types of the result, as DuckDB writes them to Parquet.
  case duckdb
}

/// A column of a job's result that is written as another type.
public struct TypeConversion: Hashable, Sendable {
  /// The column's name.
  public let column: String
  /// The type in the result, as the engine spells it.
  public let type: String
  /// The type that is written for readers such as Spark.
  public let written: String

  /// Creates a conversion.
  public init(column: String, type: String, written: String) {
    self.column = column
    self.type = type
    self.written = written
  }
}
