/// The readers' half of an engine: what columns files have, and whether a job fits them.
public protocol SchemaReader: Sendable {
  /// What data files of a table show of its columns, without its partition keys.
  ///
  /// The types of text files are guessed from all rows of all these files. A file that cannot be read is
  /// passed over when another one can be.
  ///
  /// - Parameters:
  ///   - paths: Full paths; at least one.
  ///   - table: Whose files they are.
  /// - Returns: The columns in their order, with the types of those of which there was a value.
  /// - Throws: `EngineError.unreadableFile` or `EngineError.schemaMismatch` of the first file when not one
  ///   of them can be read; `CancellationError`.
  func columns(ofFiles paths: [String], of table: TableDefinition) async throws -> SeenColumns

  /// Binds a job against its inputs' columns without reading data.
  ///
  /// `unit.inputs` have no files.
  ///
  /// - Throws: `EngineError.definition` for an unknown column, a clash, SQL that does not parse or is
  ///   not one SELECT.
  func validate(_ unit: JoinUnit) async throws -> ResultColumns

  /// Whether every value of a type is exactly a value of another one, so that files of both can be read.
  ///
  /// - Throws: `EngineError.definition` for a type that the engine does not know.
  func reads(_ type: String, as wider: String) async throws -> Bool

  /// Whether a join compares values of two types exactly: neither is rounded, and no spelling decides.
  ///
  /// True for types that the engine does not know, which binding refuses by name.
  func compares(_ type: String, with other: String) async throws -> Bool
}

/// The columns of a job's result, without the output's keys.
public struct ResultColumns: Hashable, Sendable {
  /// As they are written for the `types` that the unit asked for.
  public let columns: [Column]
  /// The columns that are written as other types for `OutputTypes.spark`, whatever was asked for.
  public let conversions: [TypeConversion]
  /// What of the definition may give other rows of the same files, such as a LIMIT without an order, a
  /// sentence each.
  public let warnings: [String]

  /// Creates the columns of a result.
  public init(
    columns: [Column], conversions: [TypeConversion] = [], warnings: [String] = []
  ) {
    self.columns = columns
    self.conversions = conversions
    self.warnings = warnings
  }
}
