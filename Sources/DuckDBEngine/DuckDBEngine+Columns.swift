public import IncrementalJoin

extension DuckDBEngine {
  /// The columns of one data file, without the table's partition keys.
  ///
  /// Text files are read in full: their types fit every row.
  ///
  /// - Throws: `EngineError.unreadableFile`, with the line of a broken row; `CancellationError`.
  public func columns(ofFiles paths: [String], of table: TableDefinition) async throws
    -> SeenColumns
  {
    let columns = try await columns(ofFile: paths[0], format: table.format, keys: table.keys)
    return SeenColumns(
      columns: columns.map { SeenColumn(name: $0.name, type: $0.type) }, files: paths,
      isGuess: table.format != .parquet)
  }

  public func reads(_ type: String, as wider: String) async throws -> Bool { type == wider }

  func columns(ofFile path: String, format: DataFormat, keys: [PartitionKey]) async throws
    -> [Column]
  {
    try await withConnection(for: JoinUnit(reading: [path], format: format)) { connection in
      let columns = try await self.layouts.columns(of: path, format: format, on: connection)
      return columns.filter { column in !keys.contains { $0.name.isSameName(as: column.name) } }
    }
  }
}

extension JoinUnit {
  /// A unit that only reads files, so that an error names the file that it is about.
  init(reading files: [String], format: DataFormat = .parquet) {
    let nowhere = Partition(keys: [], values: [])
    self.init(
      transformation: .sql(""),
      inputs: [
        Input(name: "", format: format, columns: [], partition: nowhere, files: files)
      ], partition: nowhere)
  }
}

extension LayoutReader {
  /// The columns of one file, with types; those of a text file are guessed from all its rows.
  func columns(of file: String, format: DataFormat, on connection: Connection) async throws
    -> [Column]
  {
    let columns = try await layout(of: file, format: format, on: connection)
    guard format != .parquet else { return columns }
    let scan: String
    if format == .csv {
      // Reading every row as text first finds the line of a broken row, which a sniffer does not name.
      let names = columns.map { "\($0.name.sqlLiteral): 'VARCHAR'" }.joined(separator: ", ")
      let dialect = "header = true, delim = ',', quote = '\"', escape = '\"'"
      let count = try await connection.query(
        """
        SELECT count(*) FROM read_csv(\(file.sqlPath), auto_detect = false, \(dialect), \
        columns = {\(names)})
        """
      ).rows.first?.first
      if count == "0" { throw Self.noRows(file) }
      scan = "read_csv(\(file.sqlPath), \(dialect), sample_size = -1, hive_partitioning = false)"
    } else {
      guard !columns.isEmpty else { throw Self.noRows(file) }
      scan = """
        read_json(\(file.sqlPath), format = 'newline_delimited', sample_size = -1, \
        hive_partitioning = false)
        """
    }
    let types = try await connection.query("DESCRIBE SELECT * FROM \(scan)").rows
    return columns.enumerated().map { index, column in
      let row = format == .csv ? types[index] : types.first { $0[0] == column.name }
      return Column(name: column.name, type: row?[1] ?? "VARCHAR")
    }
  }

  /// Types guessed from no row would be pinned for good.
  private static func noRows(_ file: String) -> EngineError {
    .schemaMismatch(
      path: file,
      reason: "the file has no row that shows the types of its columns. Declare the table's "
        + "`columns:`, or wait for a file with rows.")
  }
}
