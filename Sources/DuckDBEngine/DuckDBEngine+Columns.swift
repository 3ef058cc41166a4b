public import IncrementalJoin
import PartitionPredicate

extension DuckDBEngine {
  /// What data files of a table show of its columns, without its partition keys.
  ///
  /// Text files are read in full: their types fit every row of all of them. A column without a value has no
  /// type, as has one of a Parquet file without rows.
  ///
  /// - Throws: `EngineError.unreadableFile`, with the line of a broken row, or
  ///   `EngineError.schemaMismatch`, when not one of the files can be read; `CancellationError`.
  public func columns(ofFiles paths: [String], of table: TableDefinition) async throws
    -> SeenColumns
  {
    do {
      return try await lending(to: JoinUnit(reading: paths, of: table)) { connection in
        try await self.look(at: paths, of: table, on: connection)
      }
    } catch let loan as BrokenLoan {
      return try await columns(ofReadable: paths, of: table, after: loan.breakdown)
    }
  }

  /// What those files show on which DuckDB does not break down.
  private func columns(
    ofReadable paths: [String], of table: TableDefinition, after breakdown: Breakdown
  ) async throws -> SeenColumns {
    let unit = JoinUnit(reading: paths, of: table)
    guard case .invalidated(let error) = breakdown else {
      throw try await self.error(for: breakdown, of: unit)
    }
    guard paths.count > 1 else {
      throw EngineError.unreadableFile(
        path: paths.first ?? "",
        reason: "DuckDB fails on it with an internal error: \(error.originalReason)")
    }
    var readable: [String] = []
    var failure: EngineError?
    for path in paths {
      do {
        _ = try await columns(ofFiles: [path], of: table)
        readable.append(path)
      } catch let error as EngineError {
        failure = failure ?? error
      }
    }
    if readable.isEmpty, let failure { throw failure }
    return try await withConnection(for: JoinUnit(reading: readable, of: table)) { connection in
      try await self.look(at: readable, of: table, on: connection)
    }
  }

  private func look(at paths: [String], of table: TableDefinition, on connection: Connection)
    async throws -> SeenColumns
  {
    try LayoutReader.check(paths)
    let seen = try await layouts.seenColumns(ofFiles: paths, of: table, on: connection)
    return SeenColumns(
      columns: seen.columns.filter { column in
        !table.keys.contains { $0.name.isSameName(as: column.name) }
      }, sparse: seen.sparse, files: seen.files, isGuess: seen.isGuess)
  }

  /// Whether every value of a type is exactly a value of another one, or is checked value by value.
  ///
  /// - Throws: `EngineError.definition` for a type that DuckDB does not know; `CancellationError`.
  public func reads(_ type: String, as wider: String) async throws -> Bool {
    try await withConnection(for: JoinUnit(reading: [])) { connection in
      var types: [ColumnType] = []
      for text in [type, wider] {
        guard let spelled = try await self.binder.ownType(text, on: connection) else {
          throw EngineError.definition(
            "\"\(text)\" is not a type that DuckDB knows; write one such as BIGINT or DECIMAL(18,2)."
          )
        }
        types.append(ColumnType(spelled))
      }
      return types[0].converted("v", to: types[1]) != nil
    }
  }
}

extension DuckDBEngine {
  /// Whether a join compares values of two types exactly; true for types that DuckDB does not know.
  ///
  /// - Throws: `CancellationError`.
  public func compares(_ type: String, with other: String) async throws -> Bool {
    try await withConnection(for: JoinUnit(reading: [])) { connection in
      guard let left = try await self.binder.ownType(type, on: connection),
        let right = try await self.binder.ownType(other, on: connection)
      else { return true }
      return ColumnType(left).isCompared(with: ColumnType(right))
    }
  }
}

extension JoinUnit {
  /// A unit that only reads files, so that an error names the file that it is about.
  init(reading files: [String], format: DataFormat = .parquet, csv: CSVDialect = CSVDialect()) {
    let nowhere = Partition(keys: [], values: [])
    self.init(
      transformation: .sql(""),
      inputs: [
        Input(name: "", format: format, columns: [], partition: nowhere, files: files, csv: csv)
      ], partition: nowhere)
  }

  /// A unit that only reads files of a table.
  init(reading files: [String], of table: TableDefinition) {
    self.init(reading: files, format: table.format, csv: table.csv)
  }
}
