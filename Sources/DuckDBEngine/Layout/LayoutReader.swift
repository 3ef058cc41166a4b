import IncrementalJoin
import PartitionPredicate
import Synchronization

/// Reads the columns of data files, a work unit's at a time.
final class LayoutReader: Sendable {
  /// The layouts of the Parquet schemas seen so far: most files of a table have the same.
  private let known = Mutex<[[ParquetField]: FileLayout]>([:])
  /// Text files are looked at before they are read.
  let whole = WholeFiles()

  /// The groups of files of each input that spell the same columns, checked against the table's.
  ///
  /// Parquet files that do not fit are left out when they have no row, as their types are only a guess of
  /// their writers; so are JSON files without objects.
  ///
  /// - Throws: `EngineError.schemaMismatch`, `EngineError.unreadableFile`.
  func groups(of inputs: [JoinUnit.Input], on connection: Connection) async throws -> [[FileGroup]]
  {
    try Self.check(inputs.flatMap(\.files))
    let parquet = inputs.filter { $0.format == .parquet }.flatMap(\.files)
    var layouts = try await parquetLayouts(of: parquet, on: connection)
    var groups: [[FileGroup]] = []
    for input in inputs {
      if input.format != .parquet {
        for file in input.files {
          layouts[file.exact] = try await layout(of: file, as: input.reading, on: connection)
        }
      }
      var fitting: [FileGroup] = []
      for member in input.members {
        let alike = Dictionary(grouping: member.files, by: { layouts[$0.exact] })
        for (layout, files) in alike.sorted(by: { $0.value[0].exact < $1.value[0].exact }) {
          guard let layout else { continue }
          let group = FileGroup(layout: layout, files: files, partition: member.partition)
          if try await fits(group, in: input, on: connection) { fitting.append(group) }
        }
      }
      groups.append(fitting)
    }
    return groups
  }

  /// Whether a group's files are read; false where they do not fit and have no row.
  ///
  /// - Throws: `EngineError.schemaMismatch` for the first file that does not fit and has rows.
  private func fits(
    _ group: FileGroup, in input: JoinUnit.Input, on connection: Connection
  ) async throws -> Bool {
    guard let refusal = input.refusal(of: group) else { return true }
    guard input.format == .parquet else { throw refusal }
    let rows = try await rowCounts(of: group.files, on: connection)
    let filled = group.files.filter { rows[$0.exact] != 0 }
    guard !filled.isEmpty else { return false }
    throw input.refusal(
      of: FileGroup(layout: group.layout, files: filled, partition: group.partition)) ?? refusal
  }

  /// Refuses the paths that DuckDB cannot read literally.
  ///
  /// - Throws: `EngineError.unreadableFile`.
  static func check(_ files: [String]) throws(EngineError) {
    for file in files where file.utf8.contains(UInt8(ascii: "\\")) {
      // DuckDB takes the backslash for a separator as soon as it has to read the rest as a pattern.
      guard !file.utf8.contains(where: { "*?[".utf8.contains($0) }) else {
        throw .unreadableFile(
          path: file, reason: "DuckDB cannot read a path with both a backslash and one of * ? [")
      }
    }
  }

  /// The columns of one file as it has them; nil for a file that has nothing to read.
  func layout(of file: String, as reading: FileReading, on connection: Connection) async throws
    -> FileLayout?
  {
    switch reading.format {
    case .parquet: try await parquetLayouts(of: [file], on: connection)[file.exact]
    case .csv: try await csvLayout(of: file, as: reading, on: connection)
    case .json:
      try await jsonContent(of: file, on: connection).map { content in
        FileLayout(
          columns: content.fields.map { Column(name: $0.name, type: $0.value.spelling.sql) },
          compression: TextCompression(ofFile: file), json: content.format,
          fieldProblem: content.nameProblem)
      }
    }
  }

  /// The columns of Parquet files, by file.
  func parquetLayouts(of files: [String], on connection: Connection) async throws
    -> [ExactText: FileLayout]
  {
    guard !files.isEmpty else { return [:] }
    // A file that is named twice would have its schema twice.
    let files = Set(files.map(\.exact)).sorted().map(\.text)
    let rows = try await connection.query(
      """
      SELECT file_name, column_id, name, coalesce(num_children, 0) AS num_children, \
      concat_ws(' ', type, converted_type, logical_type, duckdb_type) AS type \
      FROM parquet_schema(\(files.sqlPaths))
      """
    ).rows
    var layouts: [ExactText: FileLayout] = [:]
    for (file, rows) in try Dictionary(grouping: rows, by: { try $0.text("file_name").exact }) {
      let fields = try rows.map { try ParquetField(row: $0) }.sorted { $0.id < $1.id }
      if let known = known.withLock({ $0[fields] }) {
        layouts[file] = known
        continue
      }
      let types = try await connection.query(
        "DESCRIBE SELECT * FROM read_parquet(\(file.text.sqlPath), hive_partitioning = false)"
      ).rows.map { try Column(described: $0).type }
      let columns = ParquetColumn.columns(of: fields)
      let layout = FileLayout(
        columns: zip(columns, types).map {
          Column(name: $0.name, type: $0.type(describedAs: $1).sql)
        }, cut: columns.filter { $0.leaves.contains(where: \.isCut) }.map(\.name),
        fieldProblem: columns.lazy.compactMap(\.fieldProblem).first)
      known.withLock { $0[fields] = layout }
      layouts[file] = layout
    }
    return layouts
  }

  /// The number of rows of Parquet files, by file, from their footers.
  func rowCounts(of files: [String], on connection: Connection) async throws -> [ExactText: Int64] {
    let rows = try await connection.query(
      """
      SELECT file_name, CAST(num_rows AS BIGINT) AS num_rows \
      FROM parquet_file_metadata(\(files.sqlPaths))
      """
    ).rows
    var counts: [ExactText: Int64] = [:]
    for row in rows { counts[try row.text("file_name").exact] = try row.number("num_rows") }
    return counts
  }
}

/// How the files of a table are read.
struct FileReading: Hashable, Sendable {
  let format: DataFormat
  let csv: CSVDialect
  /// The names of the columns of CSV files without a header; nil while nobody knows them.
  let names: [String]?
}

extension JoinUnit.Input {
  var reading: FileReading {
    FileReading(format: format, csv: csv, names: columns.map(\.name))
  }
}
