import IncrementalJoin
import Synchronization

/// Reads the columns of data files, a work unit's at a time.
final class LayoutReader: Sendable {
  /// The columns of the Parquet schemas seen so far: most files of a table have the same.
  private let known = Mutex<[[ParquetField]: [Column]]>([:])

  /// The groups of files of each input that spell the same columns, checked against the table's.
  ///
  /// - Throws: `EngineError.schemaMismatch`, `EngineError.unreadableFile`.
  func groups(of inputs: [JoinUnit.Input], on connection: Connection) async throws -> [[FileGroup]]
  {
    try Self.check(inputs.flatMap(\.files))
    let parquet = inputs.filter { $0.format == .parquet }.flatMap(\.files)
    var columns = try await parquetColumns(of: parquet, on: connection)
    var groups: [[FileGroup]] = []
    for input in inputs {
      if input.format != .parquet {
        for file in input.files {
          columns[file] = try await layout(of: file, format: input.format, on: connection)
        }
      }
      let grouped = Dictionary(grouping: input.files) { columns[$0] ?? [] }
        .map { FileGroup(columns: $0.key, files: $0.value) }
        .sorted { $0.files[0] < $1.files[0] }
      for group in grouped { try input.check(group) }
      groups.append(grouped)
    }
    return groups
  }

  /// Refuses the paths that DuckDB cannot read literally.
  ///
  /// - Throws: `EngineError.unreadableFile`.
  static func check(_ files: [String]) throws(EngineError) {
    for file in files where file.contains("\\") {
      // DuckDB takes the backslash for a separator as soon as it has to read the rest as a pattern.
      guard !file.contains(where: { "*?[".contains($0) }) else {
        throw .unreadableFile(
          path: file, reason: "DuckDB cannot read a path with both a backslash and one of * ? [")
      }
    }
  }

  /// The columns of one file as it has them; those of text formats are VARCHAR.
  func layout(of file: String, format: DataFormat, on connection: Connection) async throws
    -> [Column]
  {
    let names: [String]
    switch format {
    case .parquet: return try await parquetColumns(of: [file], on: connection)[file] ?? []
    case .csv: names = try await csvNames(of: file, on: connection)
    case .json: names = try await jsonNames(of: file, on: connection)
    }
    return names.map { Column(name: $0, type: "VARCHAR") }
  }

  /// The names in the header line of a CSV file, compressed or not.
  private func csvNames(of file: String, on connection: Connection) async throws -> [String] {
    let result = try await connection.query(
      """
      SELECT line FROM read_csv(\(file.sqlPath), auto_detect = false, header = false, \
      delim = '\u{1}', quote = '', escape = '', columns = {'line': 'VARCHAR'}, \
      parallel = false) LIMIT 1
      """)
    guard let line = result.rows.first?.first ?? nil else {
      throw EngineError.unreadableFile(path: file, reason: "the header line is missing")
    }
    guard let header = CSVHeader(line: line) else {
      throw EngineError.unreadableFile(
        path: file, reason: "line 1: a quote of the header is not closed")
    }
    return header.names
  }

  /// Every name of every object of a JSON lines file, which has to be read in full for it.
  private func jsonNames(of file: String, on connection: Connection) async throws -> [String] {
    try await connection.query(
      """
      SELECT DISTINCT unnest(json_keys(json)) AS name \
      FROM read_ndjson_objects(\(file.sqlPath)) ORDER BY name
      """
    ).rows.compactMap(\.[0])
  }

  /// The columns of Parquet files, by file.
  func parquetColumns(of files: [String], on connection: Connection) async throws
    -> [String: [Column]]
  {
    guard !files.isEmpty else { return [:] }
    let rows = try await connection.query(
      """
      SELECT file_name, column_id, name, num_children, concat_ws(' ', type, converted_type, \
      logical_type, duckdb_type) FROM parquet_schema(\(files.sqlPaths))
      """
    ).rows
    var columns: [String: [Column]] = [:]
    for (file, rows) in Dictionary(grouping: rows, by: { $0[0] ?? "" }) {
      let fields = rows.map(ParquetField.init).sorted { $0.id < $1.id }
      if let known = known.withLock({ $0[fields] }) {
        columns[file] = known
        continue
      }
      let names = ParquetField.topLevelNames(of: fields)
      let types = try await connection.query(
        "DESCRIBE SELECT * FROM read_parquet(\(file.sqlPath), hive_partitioning = false)"
      ).rows.map { $0[1] ?? "" }
      let described = zip(names, types).map { Column(name: $0, type: $1) }
      known.withLock { $0[fields] = described }
      columns[file] = described
    }
    return columns
  }
}
