import IncrementalJoin
import PartitionPredicate

extension LayoutReader {
  /// The names in the header of a CSV file, compressed or not.
  ///
  /// - Throws: `EngineError.unreadableFile` for a file without a header, or a compressed one that is not
  ///   whole; `EngineError.schemaMismatch` for fields that another character separates.
  func csvLayout(of file: String, as reading: FileReading, on connection: Connection) async throws
    -> FileLayout
  {
    try await whole.check(file, on: connection)
    let names: [String]
    if reading.csv.hasHeader {
      names = try await headerNames(of: file, as: reading, on: connection)
    } else if let declared = reading.names {
      names = declared
    } else {
      throw EngineError.definition(
        "CSV files without a header need the table's `columns:`, in the order of the fields.")
    }
    return FileLayout(
      columns: names.map { Column(name: $0, type: "VARCHAR") },
      compression: TextCompression(ofFile: file))
  }

  /// Names can be quoted and hold line ends, so that a header may have several lines.
  private static let headerLines = 16

  private func headerNames(of file: String, as reading: FileReading, on connection: Connection)
    async throws -> [String]
  {
    let csv = reading.csv
    let lines = try await Self.rows(ofLinesIn: file, csv: csv, on: connection) {
      "SELECT line FROM \($0) LIMIT \(Self.headerLines)"
    }.map { try $0.optionalText("line") ?? "" }
    guard !lines.isEmpty else {
      throw EngineError.unreadableFile(path: file, reason: "the header line is missing")
    }
    let read = lines.indices.lazy.compactMap { last in
      CSVHeader(lines[...last].joined(separator: "\n"), csv: csv).map { (header: $0, last: last) }
    }.first
    guard let (header, last) = read else {
      throw EngineError.unreadableFile(
        path: file, reason: "line 1: a quote of the header is not closed")
    }
    let next = last + 1 < lines.count ? lines[last + 1] : nil
    guard lines[...last].contains(where: { !$0.isEmpty }) else {
      throw EngineError.unreadableFile(
        path: file, reason: "line 1 is empty, where the header is expected")
    }
    let isKnown = reading.names?.contains { $0.isSameName(as: header.names[0]) } ?? false
    if !isKnown, let delimiter = header.otherDelimiter(than: csv.delimiter, beside: next) {
      let spelled = delimiter == "\t" ? "\\t" : delimiter
      throw EngineError.schemaMismatch(
        path: file,
        reason:
          "the header is one column, \"\(header.names[0])\", because the fields are separated "
          + "by another character than \"\(csv.delimiter)\". Declare `csv: { delimiter: \"\(spelled)\" }` "
          + "of the table.")
    }
    return header.names
  }

  /// What stands in a JSON file.
  struct JSONContent: Sendable {
    let format: JSONFormat
    /// The fields of its objects, in the order of their names' bytes.
    let fields: [JSONStructure.Field]
    /// Why the names of fields are none that a table can have, nested ones too; nil when they are.
    let nameProblem: String?
  }

  /// The objects of a JSON file, which has to be read in full for it; nil for a file without objects.
  ///
  /// - Throws: `EngineError.unreadableFile` for something else than objects, with its line, and for a
  ///   compressed file that is not whole.
  func jsonContent(of file: String, on connection: Connection) async throws -> JSONContent? {
    try await whole.check(file, on: connection)
    do {
      if let content = try await jsonContent(of: file, format: .lines, on: connection) {
        return content
      }
    } catch let error as DatabaseError where !error.isInterrupt {
      // Not one object a line, or damaged: then the first reading knows the line.
      for format in [JSONFormat.array, .objects] {
        do {
          if let content = try await jsonContent(of: file, format: format, on: connection) {
            return content
          }
        } catch let other as DatabaseError where !other.isInterrupt {
          continue
        } catch is EngineError {
          continue
        }
      }
      throw error
    }
    return nil
  }

  private func jsonContent(of file: String, format: JSONFormat, on connection: Connection)
    async throws -> JSONContent?
  {
    let row = try await connection.query(
      """
      SELECT count(*) AS found, count(object) AS objects, \
      count(*) FILTER (json_type(json) = 'ARRAY') AS arrays, \
      CAST(json_group_structure(object) AS VARCHAR) AS structure, \
      count(*) FILTER (len(json_keys(object)) <> len(list_distinct(json_keys(object)))) AS repeats \
      FROM (SELECT json, CASE json_type(json) WHEN 'OBJECT' THEN json END AS object \
      FROM read_json_objects(\(file.sqlPath), format = '\(format.rawValue)', \
      compression = '\(TextCompression(ofFile: file).rawValue)', hive_partitioning = false))
      """
    ).onlyRow()
    let found = try row.number("found")
    if found == 0 { return nil }
    if found == 1, try row.number("arrays") == 1, format == .lines {
      return try await jsonContent(of: file, format: .array, on: connection)
    }
    guard try row.number("objects") == found else {
      throw EngineError.unreadableFile(
        path: file,
        reason: try await place(
          of: "json_type(line) IS DISTINCT FROM 'OBJECT'", in: file, format: format,
          on: connection)
          + "a JSON value is not an object. A JSON file holds one object per line, one array of objects, "
          + "or objects one after the other")
    }
    guard let structure = JSONStructure(try row.text("structure")) else {
      throw AnswerError(problem: "it is not a structure of JSON", sql: row.layout.sql)
    }
    // Objects without any field have no structure.
    let fields = if case .object(let fields) = structure { fields } else { [JSONStructure.Field]() }
    let inner = JSONStructure.object(fields).objects().filter { !$0.isEmpty }
    try await refuseRepeatedFields(
      try row.number("repeats") > 0 ? [""] : inner, in: file, format: format, on: connection)
    return JSONContent(
      format: format, fields: fields,
      nameProblem: JSONStructure.object(fields).nameProblem())
  }

  /// - Throws: `EngineError.unreadableFile` when an object at one of these pointers names a field twice.
  private func refuseRepeatedFields(
    _ pointers: [String], in file: String, format: JSONFormat, on connection: Connection
  ) async throws {
    guard !pointers.isEmpty else { return }
    func repeats(_ json: String) -> String {
      pointers.map { pointer in
        let keys = "json_keys(json_extract(\(json), \(pointer.sqlLiteral)))"
        return "coalesce(len(\(keys)) <> len(list_distinct(\(keys))), false)"
      }.joined(separator: " OR ")
    }
    let found = try await connection.query(
      """
      SELECT coalesce(bool_or(\(repeats("json"))), false) AS repeats \
      FROM read_json_objects(\(file.sqlPath), format = '\(format.rawValue)', \
      compression = '\(TextCompression(ofFile: file).rawValue)', hive_partitioning = false)
      """
    ).onlyRow().flag("repeats")
    guard found else { return }
    let place = try await place(
      of: "json_valid(line) AND (\(repeats("line")))", in: file, format: format, on: connection)
    throw EngineError.unreadableFile(path: file, reason: "\(place)an object names a field twice")
  }

  /// The first line with a property, as the beginning of a sentence; empty where objects span lines.
  private func place(
    of condition: String, in file: String, format: JSONFormat, on connection: Connection
  ) async throws -> String {
    guard format == .lines else { return "" }
    let row = try await Self.rows(ofLinesIn: file, on: connection) {
      """
      SELECT n FROM (SELECT row_number() OVER () AS n, line FROM \($0)) \
      WHERE line IS NOT NULL AND \(condition) ORDER BY n LIMIT 1
      """
    }.first
    return try row.map { "line \(try $0.number("n")): " } ?? ""
  }
}
