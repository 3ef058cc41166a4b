import IncrementalJoin
import PartitionPredicate

/// A value in a file that is not exactly a value of its column's type, as the query that met it reports it.
struct MisreadValue: Hashable, Sendable {
  let file: String
  let column: String
  let type: ColumnType
  /// The beginning of the text, or of the value as text.
  let text: String
  /// What finds the row again: for JSON the MD5 of its object, else nothing.
  let object: String

  /// How many characters of a value are reported.
  private static let excerpt = 80
  private static let prefix = "dovetail: a value that is none of its column's type"
  private static let separator: Unicode.Scalar = "\u{1F}"

  /// The SQL of an error that says so.
  ///
  /// - Parameters:
  ///   - file: An expression of the file's path.
  ///   - column: The column's name, with dots before those of fields.
  ///   - type: What the value should be.
  ///   - value: An expression of what it is, which is NULL for no row.
  ///   - object: An expression of the JSON object's text, or nil.
  /// - Returns: The expression.
  static func sql(
    file: String, column: String, type: ColumnType, value: String, object: String? = nil
  ) -> String {
    let parts = [
      prefix.sqlLiteral, file, column.sqlLiteral, type.sql.sqlLiteral,
      "left(CAST(\(value) AS VARCHAR), \(excerpt + 1))", object.map { "md5(\($0))" } ?? "''",
    ]
    return "error(concat_ws(chr(31), \(parts.joined(separator: ", "))))"
  }

  /// Reads the error that the SQL raises; nil for another one.
  init?(_ error: DatabaseError) {
    guard error.message.exact.begins(with: Self.prefix.exact) else { return nil }
    let parts = error.message.exact.parts(
      separatedBy: Self.separator, omittingEmpty: false
    ).map(\.text)
    guard parts.count >= 5 else { return nil }
    file = parts[1]
    column = parts[2]
    type = ColumnType(parts[3])
    text = parts[4..<max(5, parts.count - 1)].joined(separator: String(Self.separator))
    object = parts.count > 5 ? parts[parts.count - 1] : ""
  }

  /// What is wrong with the file, and where.
  ///
  /// - Parameters:
  ///   - place: `line 7` or `row 12`; nil when it is not known.
  ///   - isParquet: Whether the file is Parquet, which has no spellings to declare.
  /// - Returns: A clause to follow the file's path.
  func reason(at place: String?, isParquet: Bool = false) -> String {
    let shown =
      text.unicodeScalars.count > Self.excerpt
      ? "\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.excerpt))))..." : text
    // JSON text has its own quotes.
    let quoted = object.isEmpty ? "\"\(shown)\"" : shown
    return (place.map { "\($0), " } ?? "")
      + "column \"\(column)\": \(quoted) is not exactly a value of \(type.sql)\(isParquet ? "" : hint)"
  }

  /// What may help, where the text looks like a value of another spelling or type.
  private var hint: String {
    let bare = text.utf8.drop { $0 == UInt8(ascii: " ") }
    let isNumber =
      type.integer != nil || type.decimal != nil || ["DOUBLE", "FLOAT"].contains(type.sql)
    let hasDigits = bare.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    // JSON and Parquet have no dialect to declare.
    guard hasDigits, object.isEmpty else { return "" }
    if isNumber, bare.contains(UInt8(ascii: ",")) {
      return " (`csv: { decimal: \",\" }` or `thousands:` declare marks of other writers)"
    }
    if type.sql == "DATE" {
      return bare.contains(UInt8(ascii: ":"))
        ? " (declare the column as TIMESTAMP to keep the time of day)"
        : " (`csv: { date_format: }` declares another spelling than ISO 8601)"
    }
    guard let digits = type.timestampDigits else { return "" }
    if type.sql != "TIMESTAMP WITH TIME ZONE",
      text.firstMatch(of: /(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)$/) != nil,
      bare.contains(UInt8(ascii: ":"))
    {
      return " (declare the column as TIMESTAMP WITH TIME ZONE, since the text has an offset)"
    }
    if digits < 9, text.firstMatch(of: /[.,][0-9]{7,9}$/) != nil {
      return " (declare the column as TIMESTAMP_NS to keep nanoseconds)"
    }
    return " (`csv: { timestamp_format: }` declares another spelling than ISO 8601)"
  }
}
