/// The seam to the engine that reads, joins and writes rows: DuckDB in the process, later Spark.
///
/// Every call may run for long, never blocks the caller's thread and ends promptly with
/// `CancellationError` when its task is cancelled. Other errors are `EngineError`.
public protocol JoinEngine: Sendable {
  /// The columns of one data file, without the table's partition keys.
  ///
  /// - Throws: `EngineError.unreadableFile`.
  func columns(ofFile path: String, format: DataFormat, keys: [PartitionKey]) async throws
    -> [Column]

  /// Binds a job against its inputs' columns without reading data.
  ///
  /// `unit.inputs` have no files. Returns the columns of the result, without the output's keys.
  ///
  /// - Throws: `EngineError.definition` for an unknown column, a clash, SQL that does not parse or is
  ///   not one SELECT.
  func validate(_ unit: JoinUnit) async throws -> [Column]

  /// Joins the unit's files and writes the rows as Parquet (zstd) under new unique names into `folder`.
  ///
  /// A result without rows writes no file. The output's keys are not written into the files.
  /// `progress` receives the done share, from 0 to 1, at most some 20 times a second, from any thread.
  func stage(
    _ unit: JoinUnit, into folder: String, progress: @escaping @Sendable (Double) -> Void
  ) async throws -> StagedRows

  /// The first `limit` rows that staging the unit would write, as text, output's keys included.
  func preview(_ unit: JoinUnit, limit: Int) async throws -> SampleRows
}

/// Everything that an engine needs in order to compute one output partition.
public struct JoinUnit: Hashable, Sendable {
  /// What is read for one input.
  public struct Input: Hashable, Sendable {
    /// The name by which the transformation knows the input.
    public let name: String
    public let format: DataFormat
    /// The table's columns: files are read by name against exactly these.
    public let columns: [Column]
    /// The input's partition. Its keys become columns with these values, whatever the files hold.
    public let partition: Partition
    /// Full paths; empty when the input has no file in this partition.
    public let files: [String]

    /// Creates an input of a unit.
    public init(
      name: String, format: DataFormat, columns: [Column], partition: Partition, files: [String]
    ) {
      self.name = name
      self.format = format
      self.columns = columns
      self.partition = partition
      self.files = files
    }
  }

  public let transformation: Transformation
  public let inputs: [Input]
  /// The output partition, whose values Dovetail assigns.
  public let partition: Partition

  /// Creates a unit.
  public init(transformation: Transformation, inputs: [Input], partition: Partition) {
    self.transformation = transformation
    self.inputs = inputs
    self.partition = partition
  }
}

/// What staging one unit wrote.
public struct StagedRows: Hashable, Sendable {
  public let rows: Int64
  /// The sum of the written files' sizes.
  public let bytes: Int64
  /// Sentences for the operator, such as a key column in the files that differs from the path.
  public let warnings: [String]

  /// Creates the account of a staging.
  public init(rows: Int64, bytes: Int64, warnings: [String] = []) {
    self.rows = rows
    self.bytes = bytes
    self.warnings = warnings
  }
}

/// Rows as text, for people to look at.
public struct SampleRows: Hashable, Sendable {
  public let columns: [Column]
  /// One text a column; nil for NULL.
  public let rows: [[String?]]

  /// Creates a sample.
  public init(columns: [Column], rows: [[String?]]) {
    self.columns = columns
    self.rows = rows
  }
}
