import IncrementalJoin

/// How a JSON value is read as a value of one type: exactly, or the query fails.
///
/// Strings follow the rules of text, see `TextValue`. Numbers are read from their digits in the file, since
/// DuckDB keeps no more of them than a double does.
struct JSONValue: Sendable {
  /// The expression of the whole object's text, in which numbers are looked up.
  let object: String
  /// The expression of an error for a column, its type and the JSON text that is no value of it.
  let failure: @Sendable (_ column: String, _ type: ColumnType, _ json: String) -> String

  /// The SQL of a value as a type.
  ///
  /// - Parameters:
  ///   - json: An expression of type JSON; NULL and the JSON null are NULL.
  ///   - type: The column's type, or that of a field or element inside it.
  ///   - spelling: The names of the fields as the file spells them.
  ///   - column: The column's name, with those of the fields that lead to the value.
  ///   - key: The field's name in the file; nil for an element of a list.
  func sql(
    _ json: String, as type: ColumnType, spelling: ColumnType, column: String, key: String?,
    depth: Int = 0
  ) -> String {
    let failure = failure(column, type, json)
    let element = "e\(depth)"
    switch type {
    case .scalar(let name) where name != "JSON" && !name.hasPrefix("UNION"):
      let value = scalar(json, as: type, key: key)
      return "coalesce(\(value), CASE WHEN \(Self.isNull(json)) OR (json_type(\(json)) = 'VARCHAR' "
        + "AND \(text(json).sqlBare) = '') THEN NULL ELSE \(failure) END)"
    case .list(let inner), .array(let inner, _):
      let spelled = if case .list(let spelled) = spelling { spelled } else { inner }
      let list =
        "list_transform(CAST(\(json) AS JSON[]), lambda \(element): "
        + sql(
          element, as: inner, spelling: spelled, column: column, key: nil, depth: depth + 1) + ")"
      return Self.whole(json, "ARRAY", list, failure, type)
    case .structure(let fields):
      let spelled = if case .structure(let spelled) = spelling { spelled } else { fields }
      let parts = fields.map { field in
        let name = spelled.first { $0.name.isSameName(as: field.name) }
        let inner = sql(
          "json_extract(\(json), \((name ?? field).name.jsonPointer.sqlLiteral))", as: field.type,
          spelling: name?.type ?? field.type, column: "\(column).\(field.name)",
          key: (name ?? field).name, depth: depth)
        return "\(field.name.sqlIdentifier) := \(inner)"
      }
      return Self.whole(
        json, "OBJECT", "struct_pack(\(parts.joined(separator: ", ")))", failure, type)
    case .map(let keyType, let valueType):
      let value = sql(
        "json_extract(\(json), '/' || replace(replace(\(element), '~', '~0'), '/', '~1'))",
        as: valueType, spelling: valueType, column: column, key: nil, depth: depth + 1)
      let name = TextValue(keyType, csv: CSVDialect()).value(element)
      let entries =
        "list_transform(json_keys(\(json)), lambda \(element): "
        + "struct_pack(k := \(name), v := \(value)))"
      return Self.whole(json, "OBJECT", "map_from_entries(\(entries))", failure, type)
    default:
      return "CASE WHEN \(Self.isNull(json)) THEN NULL ELSE CAST(\(json) AS \(type.sql)) END"
    }
  }

  /// The value of a scalar type, or NULL where the JSON value is none of it.
  func scalar(_ json: String, as type: ColumnType, key: String?) -> String {
    let reading = TextValue(type, csv: CSVDialect())
    if reading.isText {
      return "CASE json_type(\(json)) WHEN 'NULL' THEN NULL WHEN 'VARCHAR' THEN \(text(json)) "
        + "WHEN 'DOUBLE' THEN \(digits(json, key: key, "dovetail_spelling")) ELSE CAST(\(json) AS VARCHAR) END"
    }
    let ofText = "WHEN 'VARCHAR' THEN \(reading.value(text(json)))"
    if type.sql == "BOOLEAN" {
      return "CASE json_type(\(json)) \(ofText) WHEN 'BOOLEAN' THEN CAST(\(json) AS BOOLEAN) END"
    }
    let whole = "CAST(\(json) AS VARCHAR)"
    let isInexact = type.sql == "DOUBLE" || type.sql == "FLOAT"
    guard isInexact || type.integer != nil || type.decimal != nil || type.sql == "BIGNUM" else {
      return "CASE json_type(\(json)) \(ofText) END"
    }
    let ofNumber = reading.value(isInexact ? whole : digits(json, key: key, "dovetail_number"))
    return "CASE json_type(\(json)) \(ofText) WHEN 'DOUBLE' THEN \(ofNumber) "
      + "WHEN 'BIGINT' THEN \(reading.value(whole)) WHEN 'UBIGINT' THEN \(reading.value(whole)) END"
  }

  /// The characters of a number with a fraction or an exponent; NULL where the object has several that
  /// could be it.
  private func digits(_ json: String, key: String?, _ macro: String) -> String {
    let name = key.map { "\"\($0.jsonEscaped)\"" }
    let label = name.map { "\($0):" } ?? ""
    let number = "(-?[0-9][0-9.eE+-]*)"
    let pattern = name.map { "\($0.sqlPattern)\\s*:\\s*\(number)" } ?? number
    return
      "\(macro)(\(object), \(label.sqlLiteral), \(pattern.sqlLiteral), CAST(\(json) AS VARCHAR))"
  }

  private func text(_ json: String) -> String { "json_extract_string(\(json), '$')" }

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

  /// The text as most writers of JSON spell it between quotes.
  fileprivate var jsonEscaped: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      if scalar == "\"" || scalar == "\\" { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
  }
}
