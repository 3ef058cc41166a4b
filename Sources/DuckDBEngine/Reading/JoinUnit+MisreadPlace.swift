import IncrementalJoin
import PartitionPredicate

extension JoinUnit {
  /// Where a value stands that was not read: `line 7` or `row 12`; nil when it is not found again.
  ///
  /// - Throws: `CancellationError`.
  func place(of misread: MisreadValue, on connection: Connection) async throws -> String? {
    guard let input = inputs.first(where: { $0.files.contains(misread.file) }) else { return nil }
    do {
      switch input.format {
      case .parquet: return try await input.row(of: misread, on: connection)
      case .csv: return try await input.line(of: misread, on: connection)
      case .json: return try await input.object(of: misread, on: connection)
      }
    } catch is DatabaseError {
      try Task.checkCancellation()
      return nil
    }
  }
}

extension JoinUnit.Input {
  /// The first row of a Parquet file whose value is not read.
  fileprivate func row(of misread: MisreadValue, on connection: Connection) async throws -> String?
  {
    let found = try await LayoutReader().parquetFiles([misread.file], on: connection)
    guard let column = found[misread.file.exact]?.layout.columns.named(misread.column),
      let conversion = ColumnType(column.type).converted(
        column.name.sqlIdentifier, to: misread.type)
    else { return nil }
    let number = try await connection.query(
      """
      SELECT CAST(min(file_row_number) + 1 AS BIGINT) AS n FROM read_parquet(\(misread.file.sqlPath), \
      file_row_number = true, hive_partitioning = false) \
      WHERE \(column.name.sqlIdentifier) IS NOT NULL AND (\(conversion.sql)) IS NULL
      """
    ).onlyRow().optionalNumber("n")
    return number.map { "row \($0)" }
  }

  /// The line of the first row of a CSV file whose value is not read.
  fileprivate func line(of misread: MisreadValue, on connection: Connection) async throws -> String?
  {
    let reader = LayoutReader()
    guard let layout = try await reader.layout(of: misread.file, as: reading, on: connection),
      let column = layout.columns.named(misread.column)
    else { return nil }
    let group = FileGroup(layout: layout, files: [misread.file])
    let rows = InputRelation(input: self, groups: []).scan(group, options: ", parallel = false")
    let text = column.name.sqlIdentifier
    let value = TextValue(misread.type, csv: csv).value(text)
    let found = try await connection.query(
      """
      SELECT n, text FROM (SELECT row_number() OVER () AS n, \(text) AS text, \
      \(text) IS NOT NULL AND \(text.sqlBare) <> '' AND (\(value)) IS NULL AS is_misread FROM \(rows)) \
      WHERE is_misread ORDER BY n LIMIT 1
      """
    ).rows.first
    guard let found else { return nil }
    let row = try found.number("n")
    let line = try await line(
      ofRow: row, text: try found.text("text"), in: group, on: connection)
    return line.map { "line \($0)" } ?? "row \(row)"
  }

  /// The line on which a row of a CSV file begins: a line goes on while a quote is open.
  ///
  /// - Returns: nil where the line that was found does not have the text, as quotes can stand elsewhere.
  private func line(
    ofRow row: Int64, text: String, in file: FileGroup, on connection: Connection
  ) async throws -> Int64? {
    let quotes = LayoutReader.countOfQuotes(in: csv)
    let lines = try await LayoutReader.rows(ofLinesIn: file.files[0], csv: csv, on: connection) {
      """
      WITH l AS (SELECT row_number() OVER () AS n, coalesce(line, '') AS line FROM \($0)), \
      q AS (SELECT n, line, coalesce(sum(\(quotes)) OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING \
      AND 1 PRECEDING), 0) % 2 = 0 AS begins FROM l), \
      b AS (SELECT n, row_number() OVER (ORDER BY n) - \(csv.hasHeader ? 1 : 0) AS record FROM q \
      WHERE begins AND (line <> '' OR \(file.columns.count == 1))) \
      SELECT n, (SELECT string_agg(line, chr(10) ORDER BY n) FROM q WHERE q.n >= b.n \
      AND q.n < b.n + 16) AS text FROM b WHERE record = \(row)
      """
    }.first
    guard let lines else { return nil }
    // The beginning of the field as the file spells it, by bytes: a delimiter or a quote may be followed by a
    // combining mark.
    let first = text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).first.map(Array.init)
    let written = (first ?? []).flatMap { byte in
      byte == csv.quote?.utf8.first ? Array((csv.escape ?? "").utf8) + [byte] : [byte]
    }
    guard try lines.text("text").utf8.firstRange(of: written) != nil else { return nil }
    return try lines.number("n")
  }

  /// The line of an object of a JSON file that has one a line.
  fileprivate func object(of misread: MisreadValue, on connection: Connection) async throws
    -> String?
  {
    let line = try await LayoutReader.rows(ofLinesIn: misread.file, on: connection) {
      """
      SELECT n FROM (SELECT row_number() OVER () AS n, line FROM \($0)) \
      WHERE md5(dovetail_bare(line)) = \(misread.object.sqlLiteral) ORDER BY n LIMIT 1
      """
    }.first?.number("n")
    return line.map { "line \($0)" }
  }
}
