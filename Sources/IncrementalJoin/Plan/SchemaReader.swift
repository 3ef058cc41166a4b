/// The readers' half of an engine: what columns files have, and whether a job fits them.
public protocol SchemaReader: Sendable {
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
}
