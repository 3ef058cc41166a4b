import CDuckDB
import IncrementalJoin

/// The rows of a finished query, whose values are read by the names of their columns.
///
/// An answer of another shape than expected is an error: never nothing, never 0.
struct QueryResult: Sendable {
  let rows: [QueryRow]

  /// Reads all rows of a result, which stays the caller's to destroy.
  init(reading result: inout duckdb_result, of sql: String) {
    let count = duckdb_column_count(&result)
    let names = (0..<count).map {
      duckdb_column_name(&result, $0).map { String(cString: $0) } ?? ""
    }
    let types = (0..<count).map { column in
      // Of maps only those of text are read.
      let type = duckdb_column_type(&result, column)
      return type == CDUCKDB_TYPE_MAP.rawValue && !cduckdb_is_text_map(&result, column) ? 0 : type
    }
    let layout = QueryRow.Layout(columns: names, sql: sql)
    var rows: [QueryRow] = []
    while let chunk = duckdb_fetch_chunk(result) {
      var chunk: duckdb_data_chunk? = chunk
      defer { duckdb_destroy_data_chunk(&chunk) }
      let vectors = (0..<count).map { duckdb_data_chunk_get_vector(chunk, $0) }
      for row in 0..<duckdb_data_chunk_get_size(chunk) {
        rows.append(
          QueryRow(
            layout: layout,
            values: zip(vectors, types).map { Self.value(in: $0, type: $1, row: row) }))
      }
    }
    self.init(rows: rows)
  }

  init(rows: [QueryRow]) { self.rows = rows }

  /// The row of a query that has exactly one.
  ///
  /// - Throws: `AnswerError`.
  func onlyRow() throws(AnswerError) -> QueryRow {
    guard rows.count == 1 else {
      throw AnswerError(
        problem: "it has \(rows.count) rows where one is expected",
        sql: rows.first?.layout.sql ?? "")
    }
    return rows[0]
  }

  private static func value(in vector: duckdb_vector?, type: UInt32, row: idx_t) -> QueryValue {
    guard cduckdb_is_valid(vector, row) else { return .null }
    switch type {
    case UInt32(CDUCKDB_TYPE_VARCHAR.rawValue): return .text(text(in: vector, row: row))
    case UInt32(CDUCKDB_TYPE_MAP.rawValue):
      var rows = duckdb_list_entry()
      let values = cduckdb_map_values(vector, row, &rows)
      let texts = (rows.offset..<rows.offset + rows.length).map { row in
        cduckdb_is_valid(values, row) ? text(in: values, row: row) : nil
      }
      return .texts(texts)
    case UInt32(CDUCKDB_TYPE_BIGINT.rawValue): return .number(cduckdb_bigint(vector, row))
    case UInt32(CDUCKDB_TYPE_UBIGINT.rawValue):
      return Int64(exactly: cduckdb_ubigint(vector, row)).map { .number($0) } ?? .other
    case UInt32(CDUCKDB_TYPE_BOOLEAN.rawValue): return .flag(cduckdb_boolean(vector, row))
    default: return .other
    }
  }

  private static func text(in vector: duckdb_vector?, row: idx_t) -> String {
    var length: UInt32 = 0
    let start = cduckdb_string(vector, row, &length)
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(length))
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// One value of an answer.
enum QueryValue: Hashable, Sendable {
  case null
  case text(String)
  case number(Int64)
  case flag(Bool)
  /// The values of a map of text, in its order; nil for NULL.
  case texts([String?])
  /// Of a type that is not read here: queries cast what they want to read.
  case other
}

/// One row of an answer.
struct QueryRow: Sendable {
  /// What all rows of an answer have in common.
  final class Layout: Sendable {
    let columns: [String]
    let sql: String

    init(columns: [String], sql: String) {
      self.columns = columns
      self.sql = sql
    }
  }

  let layout: Layout
  let values: [QueryValue]

  /// A text that is not NULL.
  func text(_ column: String) throws(AnswerError) -> String {
    guard let text = try optionalText(column) else { throw problem(column, "is NULL") }
    return text
  }

  /// A text; nil for NULL.
  func optionalText(_ column: String) throws(AnswerError) -> String? {
    switch try value(column) {
    case .null: return nil
    case .text(let text): return text
    default: throw problem(column, "is not text")
    }
  }

  /// A whole number that is not NULL.
  func number(_ column: String) throws(AnswerError) -> Int64 {
    guard let number = try optionalNumber(column) else { throw problem(column, "is NULL") }
    return number
  }

  /// A whole number; nil for NULL.
  func optionalNumber(_ column: String) throws(AnswerError) -> Int64? {
    switch try value(column) {
    case .null: return nil
    case .number(let number): return number
    default: throw problem(column, "is not a whole number of 64 bits")
    }
  }

  /// The text of the only entry of a map, which is not NULL.
  func onlyEntry(_ column: String) throws(AnswerError) -> String {
    guard case .texts(let texts) = try value(column), texts.count == 1, let text = texts[0] else {
      throw problem(column, "is not a map with one text")
    }
    return text
  }

  /// Whether something holds, which is never NULL.
  func flag(_ column: String) throws(AnswerError) -> Bool {
    guard case .flag(let flag) = try value(column) else {
      throw problem(column, "is neither true nor false")
    }
    return flag
  }

  /// All values of a row of texts, in the order of its columns; nil for NULL.
  func texts() throws(AnswerError) -> [String?] { try texts(ofFirst: layout.columns.count) }

  /// The values of the first columns, which are texts; nil for NULL.
  func texts(ofFirst count: Int) throws(AnswerError) -> [String?] {
    guard values.count >= count else {
      throw AnswerError(
        problem: "it has \(values.count) columns where \(count) are expected", sql: layout.sql)
    }
    var texts: [String?] = []
    for (value, column) in zip(values.prefix(count), layout.columns) {
      switch value {
      case .null: texts.append(nil)
      case .text(let text): texts.append(text)
      default: throw problem(column, "is not text")
      }
    }
    return texts
  }

  /// All values as text, whichever type they have; nil for NULL.
  func spelled() throws(AnswerError) -> [String?] {
    var texts: [String?] = []
    for (value, column) in zip(values, layout.columns) {
      switch value {
      case .null: texts.append(nil)
      case .text(let text): texts.append(text)
      case .number(let number): texts.append("\(number)")
      case .flag(let flag): texts.append("\(flag)")
      case .texts, .other: throw problem(column, "has a type that is not read")
      }
    }
    return texts
  }

  private func value(_ column: String) throws(AnswerError) -> QueryValue {
    guard let index = layout.columns.firstIndex(where: { $0.utf8.elementsEqual(column.utf8) })
    else { throw problem(column, "is missing") }
    return values[index]
  }

  private func problem(_ column: String, _ what: String) -> AnswerError {
    AnswerError(problem: "its column \"\(column)\" \(what)", sql: layout.sql)
  }
}

extension Column {
  /// Reads a row of `DESCRIBE`.
  init(described row: QueryRow) throws(AnswerError) {
    self.init(name: try row.text("column_name"), type: try row.text("column_type"))
  }
}

/// An answer of DuckDB that has another shape than expected.
struct AnswerError: Error, Hashable, Sendable {
  /// What is wrong with it, to follow "DuckDB's answer cannot be read:".
  let problem: String
  /// The query.
  let sql: String

  /// How much of a query is shown.
  private static let excerpt = 200
}

extension AnswerError: CustomStringConvertible {
  var description: String {
    let scalars = sql.unicodeScalars
    let shown = String(String.UnicodeScalarView(scalars.prefix(Self.excerpt)))
    return
      "DuckDB's answer cannot be read: \(problem). The library is \(LibraryVersion.loaded), and "
      + "Dovetail is tested with \(LibraryVersion.tested). Nothing was published of it; use that library, "
      + "or report the query: \(shown)\(scalars.count > Self.excerpt ? "..." : "")"
  }
}
