import IncrementalJoin
import PartitionPredicate

extension LayoutReader {
  /// What data files of a table show of its columns, partition keys included.
  ///
  /// A file that cannot be read is passed over. Columns are in the order in which the files have them.
  ///
  /// - Throws: the error of the first file when not one can be read; `CancellationError`.
  func seenColumns(ofFiles files: [String], of table: TableDefinition, on connection: Connection)
    async throws -> SeenColumns
  {
    switch table.format {
    case .parquet: try await parquetColumns(of: files, in: table, on: connection)
    case .csv: try await csvColumns(of: files, in: table, on: connection)
    case .json: try await jsonColumns(of: files, in: table, on: connection)
    }
  }

  private func parquetColumns(
    of files: [String], in table: TableDefinition, on connection: Connection
  ) async throws -> SeenColumns {
    let layouts = try await readable(files, of: table, on: connection) { file in
      let found = try await self.parquetFiles([file], on: connection)[file.exact] ?? ParquetFile()
      try Self.check(found.layout, of: file)
      return found.layout.columns.map { column in
        // The types of a file without rows are only a guess of its writer.
        let type = ColumnType(column.type)
        // Nor has a column a type for the table that holds no value, or more digits than a DECIMAL.
        let isKnown = type != .scalar("\"NULL\"") && (type.decimal?.precision ?? 0) <= 38
        return (column.name, found.rows > 0 && isKnown ? type : nil)
      }
    }
    let all = layouts.flatMap(\.value)
    let columns = Self.distinct(all.map { $0.0 }).map { name in
      let types = all.filter { $0.0.isSameName(as: name) }.compactMap { $0.1 }
      let type = types.dropFirst().reduce(types.first) { type, other in
        type.map { $0.common(with: other) ?? $0 }
      }
      return SeenColumn(name: name, type: type?.withoutNull.sql)
    }
    return SeenColumns(
      columns: columns, sparse: Self.sparse(columns.map(\.name), layouts.map { $0.value.map(\.0) }),
      files: layouts.map(\.file))
  }

  private func csvColumns(
    of files: [String], in table: TableDefinition, on connection: Connection
  ) async throws -> SeenColumns {
    let reading = FileReading(
      format: .csv, csv: table.csv, names: table.columns?.map(\.name))
    func scan(_ layouts: [(file: String, value: FileLayout)]) -> String {
      let input = JoinUnit.Input(
        name: "", format: .csv, columns: [], partition: Partition(keys: [], values: []), files: [],
        csv: table.csv)
      let relation = InputRelation(input: input, groups: [])
      let scans = layouts.map { layout in
        "SELECT * FROM \(relation.scan(FileGroup(layout: layout.value, files: [layout.file])))"
      }
      return "(\(scans.joined(separator: " UNION ALL BY NAME ")))"
    }
    func guess(_ layouts: [(file: String, value: FileLayout)]) async throws -> SeenColumns {
      let names = Self.distinct(layouts.flatMap { $0.value.columns.map(\.name) })
      let guesses = names.map { TypeGuess(text: $0.sqlIdentifier, csv: table.csv) }
      let types = try await self.types(guesses, from: scan(layouts), on: connection)
      return SeenColumns(
        columns: zip(names, types).map { SeenColumn(name: $0, type: $1?.sql) },
        sparse: Self.sparse(names, layouts.map { $0.value.columns.map(\.name) }),
        files: layouts.map(\.file), isGuess: true)
    }
    let layouts = try await readable(files, of: table, on: connection) { file in
      let layout = try await self.csvLayout(of: file, as: reading, on: connection)
      try Self.check(layout, of: file)
      return layout
    }
    do {
      return try await guess(layouts)
    } catch let error as DatabaseError where !error.isInterrupt {
      // Some row of some file is broken: those that can be read are asked alone.
      return try await guess(
        readable(layouts.map(\.file), of: table, on: connection) { file in
          let layout = try await self.csvLayout(of: file, as: reading, on: connection)
          let counts = layout.columns.map { "count(\($0.name.sqlIdentifier))" }
          _ = try await connection.query(
            "SELECT \(counts.joined(separator: ", ")) FROM \(scan([(file, layout)]))")
          return layout
        })
    }
  }

  private func jsonColumns(
    of files: [String], in table: TableDefinition, on connection: Connection
  ) async throws -> SeenColumns {
    let contents = try await readable(files, of: table, on: connection) { file in
      let content = try await self.jsonContent(of: file, on: connection)
      if let problem = content?.nameProblem {
        throw EngineError.schemaMismatch(path: file, reason: problem)
      }
      return content
    }.compactMap { content in content.value.map { (file: content.file, value: $0) } }
    let structures = contents.map { JSONStructure.object($0.value.fields) }
    let merged = structures.dropFirst().reduce(structures.first ?? .object([])) {
      $0.merged(with: $1)
    }
    guard case .object(let fields) = merged, !fields.isEmpty else {
      return SeenColumns(columns: [], files: files, isGuess: true)
    }
    let scans = contents.map {
      "SELECT \(JSONValue.marked("json")) AS json FROM read_json_objects(\($0.file.sqlPath), "
        + "format = '\($0.value.format.rawValue)', compression = '\(TextCompression(ofFile: $0.file).rawValue)', hive_partitioning = false)"
    }
    let rows = "(\(scans.joined(separator: " UNION ALL ")))"
    let types = try await self.types(
      fields.map { TypeGuess(field: $0) }, from: rows, on: connection)
    let missing = fields.map {
      ["count(*) > count(json_extract(json, \($0.name.jsonPointer.sqlLiteral)))"]
    }
    let isSparse = try await answers(missing, from: rows, on: connection)
    return SeenColumns(
      columns: zip(fields, types).map { SeenColumn(name: $0.name, type: $1?.sql) },
      sparse: zip(fields, isSparse).filter { $1[0] }.map { $0.0.name },
      files: contents.map(\.file), isGuess: true)
  }

  /// What is read of each file, without the files that cannot be read.
  ///
  /// - Throws: the first file's error when not one can be read; `CancellationError`.
  private func readable<Value: Sendable>(
    _ files: [String], of table: TableDefinition, on connection: Connection,
    _ read: (String) async throws -> Value
  ) async throws -> [(file: String, value: Value)] {
    var values: [(file: String, value: Value)] = []
    var failure: (any Error)?
    for file in files {
      do {
        values.append((file, try await read(file)))
      } catch let error as DatabaseError where !error.isInterrupt {
        guard failure == nil else { continue }
        let unit = JoinUnit(reading: [file], of: table)
        failure = try await EngineError(error, unit: unit, on: connection)
      } catch let error as EngineError {
        failure = failure ?? error
      }
    }
    if values.isEmpty, let failure { throw failure }
    return values
  }

  /// - Throws: `EngineError.schemaMismatch` for names that no table can have.
  private static func check(_ layout: FileLayout, of file: String) throws(EngineError) {
    guard let problem = layout.nameProblem else { return }
    throw .schemaMismatch(path: file, reason: problem)
  }

  /// Names without those that differ only in case from earlier ones.
  private static func distinct(_ names: [String]) -> [String] {
    var seen: Set<ExactText> = []
    return names.filter { seen.insert($0.exact.lowercased).inserted }
  }

  /// The names that not all files have.
  private static func sparse(_ names: [String], _ files: [[String]]) -> [String] {
    names.filter { name in
      !files.allSatisfy { own in own.contains { $0.isSameName(as: name) } }
    }
  }

  /// How many rows rule types out before all rows are asked.
  private static let sampleRows = 2048

  /// The first type of each guess that all its values are exactly; nil without a value.
  ///
  /// A few rows rule most types out, so that all rows are asked for one type a column, and for the next one
  /// only where that does not hold.
  private func types(_ guesses: [TypeGuess], from rows: String, on connection: Connection)
    async throws -> [ColumnType?]
  {
    let sample = "(SELECT * FROM \(rows) LIMIT \(Self.sampleRows))"
    var rest = zip(
      guesses,
      try await answers(
        guesses.map { $0.candidates.map(\.holds) }, from: sample, on: connection)
    ).map { guess, holds in zip(guess.candidates, holds).filter { $1 }.map { $0.0 } }
    var types: [ColumnType?] = guesses.map { _ in nil }
    var open = Array(guesses.indices)
    while !open.isEmpty {
      let conditions = open.map { [guesses[$0].hasValue] + rest[$0].prefix(1).map(\.holds) }
      let answers = try await answers(conditions, from: rows, on: connection)
      for (index, answer) in zip(open, answers) {
        let candidate = rest[index].first
        let isFound = candidate != nil && answer[1]
        rest[index] = answer[0] && !isFound ? Array(rest[index].dropFirst()) : []
        if answer[0] { types[index] = (isFound ? candidate?.type : nil) ?? .scalar("VARCHAR") }
      }
      open.removeAll { rest[$0].isEmpty }
    }
    return types
  }

  /// How many conditions are asked at once: planning many takes longer than reading the rows again.
  private static let conditionsAtOnce = 40

  /// Whether conditions over some rows are true, group by group; none is of no rows, nor one that is NULL.
  private func answers(_ conditions: [[String]], from rows: String, on connection: Connection)
    async throws -> [[Bool]]
  {
    let list = conditions.joined().enumerated().map { "coalesce(\($1), false) AS c\($0)" }
    var answers: [Bool] = []
    for start in stride(from: 0, to: list.count, by: Self.conditionsAtOnce) {
      let some = start..<min(start + Self.conditionsAtOnce, list.count)
      let row = try await connection.query(
        "SELECT \(list[some].joined(separator: ", ")) FROM \(rows)"
      ).onlyRow()
      for index in some { answers.append(try row.flag("c\(index)")) }
    }
    var rest = answers[...]
    return conditions.map { group in group.map { _ in rest.popFirst() ?? false } }
  }
}

extension ColumnType {
  /// The same type, with text for parts that hold no value.
  fileprivate var withoutNull: ColumnType {
    replacingScalars { $0 == .scalar("\"NULL\"") ? .scalar("VARCHAR") : $0 }
  }
}
