import IncrementalJoin
import PartitionPredicate

/// How a JSON value is read as a value of one type: exactly, or with a failure.
///
/// DuckDB keeps no more digits of a number with a fraction or an exponent than a double does. So such numbers
/// are made text before DuckDB parses an object, see `marked(_:)`, and then follow the rules of text.
struct JSONValue: Sendable {
  /// The expression of the failure for a column, its type and a JSON value that is none of it.
  let failure: @Sendable (_ column: String, _ type: ColumnType, _ json: String) -> String
  /// Whether a number is a DOUBLE only where a double keeps all its digits, as guesses have it.
  var keepsDigits = false
  /// Whether text is looked at that DuckDB spells in another way; else it is a failure, too.
  var looksCloser = true

  /// An object's text with marked numbers.
  static func marked(_ object: String) -> String { "dovetail_marked(\(object))" }

  /// A JSON value as text, its numbers as the file has them.
  static func text(of json: String) -> String {
    "dovetail_unmarked(CAST(\(json) AS VARCHAR))"
  }

  /// The SQL of a value as a type.
  ///
  /// - Parameters:
  ///   - json: An expression of type JSON; NULL and the JSON null are NULL.
  ///   - type: The column's type, or that of a field or element inside it.
  ///   - spelling: The names of the fields as the file spells them.
  ///   - column: The column's name, with those of the fields that lead to the value.
  ///   - depth: How many lists and maps are around the value, whose variables have its number.
  /// - Returns: The expression.
  func sql(
    _ json: String, as type: ColumnType, spelling: ColumnType, column: String, depth: Int = 0
  ) -> String {
    let failure = failure(column, type, json)
    let element = "e\(depth)"
    switch type {
    case .scalar("JSON"):
      return "CASE WHEN NOT \(Self.isNull(json)) THEN CAST(\(Self.text(of: json)) AS JSON) END"
    case .scalar:
      let string = "json_extract_string(\(json), '$')"
      let isBlank = "json_type(\(json)) = 'VARCHAR' AND \(string.sqlBare) = ''"
      let isMissing = looksCloser ? "\(Self.isNull(json)) OR \(isBlank)" : Self.isNull(json)
      return "coalesce(\(scalar(json, as: type)), "
        + "CASE WHEN \(isMissing) THEN NULL ELSE \(failure) END)"
    case .list(let inner), .array(let inner, _):
      let spelled = if case .list(let spelled) = spelling { spelled } else { inner }
      let list =
        "list_transform(CAST(\(json) AS JSON[]), lambda \(element): "
        + sql(element, as: inner, spelling: spelled, column: column, depth: depth + 1) + ")"
      return Self.whole(json, "ARRAY", list, failure, type)
    case .structure(let fields):
      let spelled = if case .structure(let spelled) = spelling { spelled } else { fields }
      let parts = fields.map { field in
        let own = spelled.first { $0.name.isSameName(as: field.name) } ?? field
        let inner = sql(
          "json_extract(\(json), \(own.name.jsonPointer.sqlLiteral))", as: field.type,
          spelling: own.type, column: "\(column).\(field.name)", depth: depth)
        return "\(field.name.sqlIdentifier) := \(inner)"
      }
      return Self.whole(
        json, "OBJECT", "struct_pack(\(parts.joined(separator: ", ")))", failure, type)
    case .map(let keyType, let valueType):
      let value = sql(
        "json_extract(\(json), '/' || replace(replace(\(element), '~', '~0'), '/', '~1'))",
        as: valueType, spelling: valueType, column: column, depth: depth + 1)
      // A key that is not a value of its type is a failure, as no map has NULL for a key.
      let key = TextValue(keyType, csv: CSVDialect()).value(element)
      let name =
        keyType == .scalar("VARCHAR")
        ? element
        : "coalesce(\(key), \(self.failure(column, keyType, "to_json(\(element))")))"
      let entries =
        "list_transform(json_keys(\(json)), lambda \(element): "
        + "struct_pack(k := \(name), v := \(value)))"
      return Self.whole(json, "OBJECT", "map_from_entries(\(entries))", failure, type)
    case .union:
      return "CASE WHEN NOT \(Self.isNull(json)) THEN CAST(\(json) AS \(type.sql)) END"
    }
  }

  /// The value of a scalar type, or NULL where the JSON value is none of it.
  private func scalar(_ json: String, as type: ColumnType) -> String {
    let string = "json_extract_string(\(json), '$')"
    let reading = TextValue(type, csv: CSVDialect())
    if reading.isText {
      return "CASE json_type(\(json)) WHEN 'NULL' THEN NULL WHEN 'VARCHAR' "
        + "THEN dovetail_number(\(string)) ELSE \(Self.text(of: json)) END"
    }
    let isFloat = type.sql == "DOUBLE" || type.sql == "FLOAT"
    let text: String
    if isFloat || type.integer != nil || type.decimal != nil || type.sql == "BIGNUM" {
      text =
        "CASE json_type(\(json)) WHEN 'VARCHAR' THEN dovetail_number(\(string)) "
        + "WHEN 'BIGINT' THEN \(string) WHEN 'UBIGINT' THEN \(string) WHEN 'DOUBLE' THEN \(string) END"
    } else {
      let kinds = type.sql == "BOOLEAN" ? "('VARCHAR', 'BOOLEAN')" : "('VARCHAR')"
      text =
        "CASE WHEN json_type(\(json)) IN \(kinds) AND NOT dovetail_is_number(\(string)) THEN \(string) END"
    }
    guard looksCloser else {
      let candidate = reading.candidate(text)
      return "CASE WHEN \(reading.isExact(candidate, text)) THEN \(candidate) END"
    }
    guard keepsDigits, isFloat else { return reading.value(text) }
    return "CASE WHEN \(TypeGuess.keepsDigits(text)) THEN \(reading.value(text)) END"
  }

  private static func isNull(_ json: String) -> String {
    "(\(json) IS NULL OR json_type(\(json)) = 'NULL')"
  }

  private static func whole(
    _ json: String, _ kind: String, _ value: String, _ failure: String, _ type: ColumnType
  ) -> String {
    "CASE WHEN \(isNull(json)) THEN NULL WHEN json_type(\(json)) = '\(kind)' "
      + "THEN CAST(\(value) AS \(type.sql)) ELSE \(failure) END"
  }
}

extension String {
  /// A field's name as a JSON pointer (RFC 6901).
  var jsonPointer: String {
    let escaped = unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return "/\(escaped)"
  }
}
