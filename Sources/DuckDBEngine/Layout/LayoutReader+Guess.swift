import IncrementalJoin

/// What one file shows of a column of its table.
private struct FoundColumn {
  let name: String
  /// The type that the file says, or that all its values have; nil without a value.
  let type: ColumnType?
  /// Whether only some of a JSON file's objects have it.
  let isSparse: Bool

  init(_ name: String, _ type: ColumnType?, isSparse: Bool = false) {
    self.name = name
    self.type = type
    self.isSparse = isSparse
  }
}

extension LayoutReader {
  /// What data files of a table show of its columns, partition keys included.
  ///
  /// Columns are in the order in which the files have them. Types of text are guessed, see `TypeGuess`.
  ///
  /// - Throws: the error of the first file when not one can be read; `CancellationError`.
  func seenColumns(ofFiles files: [String], of table: TableDefinition, on connection: Connection)
    async throws -> SeenColumns
  {
    var failure: (any Error)?
    var read: [(file: String, columns: [FoundColumn])] = []
    for file in files {
      do {
        let columns = try await columns(of: file, in: table, on: connection)
        read.append((file, columns))
      } catch let error as DatabaseError where !error.isInterrupt {
        guard failure == nil else { continue }
        failure = try await EngineError(
          error, unit: JoinUnit(reading: [file], of: table), on: connection)
      } catch let error as EngineError {
        failure = failure ?? error
      }
    }
    if read.isEmpty, let failure { throw failure }
    var names: [String] = []
    for column in read.flatMap(\.columns)
    where !names.contains(where: { $0.isSameName(as: column.name) }) {
      names.append(column.name)
    }
    var columns: [SeenColumn] = []
    for name in names {
      let found = read.flatMap(\.columns).filter { $0.name.isSameName(as: name) }
      let type = Self.merged(found.compactMap(\.type), isText: table.format != .parquet)
      columns.append(SeenColumn(name: name, type: type?.sql))
    }
    let sparse = names.filter { name in
      read.contains { file in
        let own = file.columns.filter { $0.name.isSameName(as: name) }
        return table.format == .json && !file.columns.isEmpty && (own.isEmpty || own[0].isSparse)
      }
    }
    return SeenColumns(
      columns: columns, sparse: sparse, files: read.map(\.file), isGuess: table.format != .parquet)
  }

  /// The type that holds the values of all files; text holds those of every kind.
  private static func merged(_ types: [ColumnType], isText: Bool) -> ColumnType? {
    guard var type = types.first else { return nil }
    for other in types.dropFirst() where other != type {
      if let common = type.common(with: other) {
        type = common
      } else if isText {
        return TypeGuess.common(type, other) ?? .scalar("VARCHAR")
      }
    }
    return type
  }

  private func columns(of file: String, in table: TableDefinition, on connection: Connection)
    async throws -> [FoundColumn]
  {
    let reading = FileReading(
      format: table.format, csv: table.csv, names: table.columns?.map(\.name))
    let columns: [FoundColumn]
    switch table.format {
    case .parquet:
      let layout = try await layout(of: file, as: reading, on: connection) ?? FileLayout()
      let hasRows = try await rowCounts(of: [file], on: connection)[file] != 0
      columns = layout.columns.map {
        FoundColumn($0.name, hasRows ? ColumnType($0.type).withoutNull : nil)
      }
    case .csv:
      let layout = try await csvLayout(of: file, as: reading, on: connection)
      try Self.refuseTwins(layout.columns.map(\.name), in: file)
      columns = try await csvColumns(of: file, layout, csv: table.csv, on: connection)
    case .json: columns = try await jsonColumns(of: file, on: connection)
    }
    try Self.refuseTwins(columns.map(\.name), in: file)
    return columns
  }

  /// - Throws: `EngineError.schemaMismatch` for two columns that are one, as names ignore case.
  private static func refuseTwins(_ names: [String], in file: String) throws(EngineError) {
    var seen: [String: String] = [:]
    for name in names {
      if let first = seen.updateValue(name, forKey: name.lowercased()) {
        throw .schemaMismatch(path: file, reason: JoinUnit.Input.twins(first, name))
      }
    }
  }

  private func csvColumns(
    of file: String, _ layout: FileLayout, csv: CSVDialect, on connection: Connection
  ) async throws -> [FoundColumn] {
    let input = JoinUnit.Input(
      name: "", format: .csv, columns: [], partition: Partition(keys: [], values: []),
      files: [file], csv: csv)
    let rows = InputRelation(input: input, groups: []).scan(
      FileGroup(layout: layout, files: [file]))
    let guesses = layout.columns.map { column in
      TypeGuess(text: column.name.sqlIdentifier, csv: csv)
    }
    let types = try await self.types(guesses, from: rows, on: connection)
    return zip(layout.columns, types).map { FoundColumn($0.name, $1) }
  }

  private func jsonColumns(of file: String, on connection: Connection) async throws
    -> [FoundColumn]
  {
    guard let content = try await jsonContent(of: file, on: connection) else { return [] }
    let rows =
      "read_json_objects(\(file.sqlPath), format = '\(content.format.rawValue)', "
      + "hive_partitioning = false)"
    let guesses = content.fields.map { TypeGuess(field: $0) }
    let types = try await self.types(guesses, from: rows, on: connection)
    let counts = content.fields.map {
      "count(*) FILTER (json_exists(json, \($0.name.jsonPointer.sqlLiteral)))"
    }
    let present =
      content.fields.isEmpty
      ? []
      : try await connection.query("SELECT \(counts.joined(separator: ", ")) FROM \(rows)").rows[0]
    return content.fields.indices.map { index in
      FoundColumn(
        content.fields[index].name, types[index],
        isSparse: present[index].flatMap { Int64($0) } != content.rows)
    }
  }

  /// The first type of each guess that all its values are exactly, by one reading of the rows.
  private func types(_ guesses: [TypeGuess], from rows: String, on connection: Connection)
    async throws -> [ColumnType?]
  {
    guard !guesses.isEmpty else { return [] }
    let tests = guesses.flatMap { [$0.hasValue] + $0.candidates.map(\.holds) }
      .map { "CAST(\($0) AS VARCHAR)" }
    var answers = try await connection.query(
      "SELECT \(tests.joined(separator: ", ")) FROM \(rows)"
    ).rows[0][...]
    return guesses.map { guess in
      let hasValue = answers.popFirst() == "true"
      let holds = guess.candidates.map { _ in answers.popFirst() == "true" }
      guard hasValue else { return nil }
      return zip(guess.candidates, holds).first { $1 }?.0.type ?? .scalar("VARCHAR")
    }
  }
}

extension ColumnType {
  /// The type; nil for the one of columns that hold no value.
  fileprivate var withoutNull: ColumnType? {
    self == .scalar("\"NULL\"") ? nil : self
  }
}
