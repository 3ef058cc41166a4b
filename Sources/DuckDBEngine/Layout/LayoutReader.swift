import IncrementalJoin
import PartitionPredicate
import Synchronization

/// Reads the columns of data files, a work unit's at a time.
final class LayoutReader: Sendable {
  /// The layouts of the Parquet schemas seen so far, by their bytes: most files of a table have the same.
  private let known = Mutex<[[UInt8]: FileLayout]>([:])
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
    let parquet = try await parquetFiles(
      inputs.filter { $0.format == .parquet }.flatMap(\.files), on: connection)
    var groups: [[FileGroup]] = []
    for input in inputs {
      var layouts: [ExactText: FileLayout] = [:]
      for file in input.files {
        layouts[file.exact] =
          input.format == .parquet
          ? parquet[file.exact]?.layout
          : try await layout(of: file, as: input.reading, on: connection)
      }
      var fitting: [FileGroup] = []
      for member in input.members {
        let alike = Dictionary(grouping: member.files, by: { layouts[$0.exact] })
        for (layout, files) in alike.sorted(by: { $0.value[0].exact < $1.value[0].exact }) {
          guard let layout else { continue }
          let group = FileGroup(
            layout: layout, files: files, rows: files.map { parquet[$0.exact]?.rows ?? 0 },
            times: files.map { parquet[$0.exact]?.times(of: input) },
            partition: member.partition, span: member.span)
          if try fits(group, in: input) { fitting.append(group) }
        }
      }
      groups.append(fitting)
    }
    return groups
  }

  /// Whether a group's files are read; false where they do not fit and have no row.
  ///
  /// - Throws: `EngineError.schemaMismatch` for the first file that does not fit and has rows.
  private func fits(_ group: FileGroup, in input: JoinUnit.Input) throws -> Bool {
    guard let refusal = input.refusal(of: group) else { return true }
    guard input.format == .parquet else { throw refusal }
    let filled = zip(group.files, group.rows).filter { $1 > 0 }.map(\.0)
    guard !filled.isEmpty else { return false }
    throw input.refusal(of: FileGroup(layout: group.layout, files: filled)) ?? refusal
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
    case .parquet: try await parquetFiles([file], on: connection)[file.exact]?.layout
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

  /// What Parquet files say, by file.
  ///
  /// DuckDB is asked once for every schema, and for every file whose footer only it may be able to read.
  func parquetFiles(_ files: [String], on connection: Connection) async throws
    -> [ExactText: ParquetFile]
  {
    var found: [ExactText: ParquetFile] = [:]
    let footers = await connection.footers(of: files)
    for (file, footer) in footers.sorted(by: { $0.key < $1.key }) {
      var layout = known.withLock { $0[footer.schema] }
      if layout == nil {
        layout = try await parquetLayouts(of: [file.text], on: connection)[file]
        known.withLock { $0[footer.schema] = layout }
      }
      found[file] = layout.map {
        ParquetFile(layout: $0, rows: footer.rows, metadata: footer.metadata)
      }
    }
    let others = Set(files.map(\.exact)).filter { footers[$0] == nil }.sorted().map(\.text)
    guard !others.isEmpty else { return found }
    let layouts = try await parquetLayouts(of: others, on: connection)
    let rows = try await connection.query(
      """
      SELECT file_name, CAST(num_rows AS BIGINT) AS num_rows \
      FROM parquet_file_metadata(\(others.sqlPaths))
      """
    ).rows
    for row in rows {
      let file = try row.text("file_name").exact
      found[file] = try layouts[file].map {
        ParquetFile(layout: $0, rows: try row.number("num_rows"))
      }
    }
    return found
  }

  private func parquetLayouts(of files: [String], on connection: Connection) async throws
    -> [ExactText: FileLayout]
  {
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
      let types = try await connection.query(
        "DESCRIBE SELECT * FROM read_parquet(\(file.text.sqlPath), hive_partitioning = false)"
      ).rows.map { try Column(described: $0).type }
      let columns = ParquetColumn.columns(of: fields)
      layouts[file] = FileLayout(
        columns: zip(columns, types).map {
          Column(name: $0.name, type: $0.type(describedAs: $1).sql)
        }, cut: columns.filter { $0.leaves.contains(where: \.isCut) }.map(\.name),
        fieldProblem: columns.lazy.compactMap(\.fieldProblem).first)
    }
    return layouts
  }
}

/// What a Parquet file says of itself.
struct ParquetFile: Sendable {
  var layout = FileLayout()
  var rows: Int64 = 0
  /// The end of the file as it is; empty where only DuckDB can read it.
  var metadata: [UInt8] = []

  /// Between which instants the rows lie; nil where the file does not say, and where a zone's clock says it.
  func times(of input: JoinUnit.Input) -> ClosedRange<Int64>? {
    guard let time = input.time, let column = input.columns.named(time.column),
      input.keys.named(time.column) == nil,
      let kind = TimeKind(ColumnType(column.type), unit: time.unit),
      let times = FileTimes(metadata: metadata, column: time.column, kind),
      times.isInstant || time.zone.exact == "UTC".exact
    else { return nil }
    return times.range
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
