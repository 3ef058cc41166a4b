import IncrementalJoin

/// How text is read as a value of one type: exactly, or not at all.
///
/// docs/guide/own-tables.md has the table of spellings. A value is found in two steps, since most text is
/// spelled as DuckDB spells it: DuckDB's own cast is right where it gives the text back, and only other
/// text is looked at with a regular expression.
struct TextValue: Sendable {
  let type: ColumnType
  let csv: CSVDialect

  init(_ type: ColumnType, csv: CSVDialect) {
    self.type = type
    self.csv = csv
  }

  /// Whether the type keeps all text as it is.
  var isText: Bool { type == .scalar("VARCHAR") }

  /// DuckDB's own reading, which is tried first.
  func candidate(_ text: String) -> String { "TRY_CAST(\(caught(text)) AS \(type.sql))" }

  /// The text, or NULL where TRY_CAST does not catch what goes wrong: DuckDB reads nanoseconds of the day
  /// before the first one on which it can write them, and fails on instants beyond its last year.
  private func caught(_ text: String) -> String {
    switch type.sql {
    case "TIMESTAMP_NS": "CASE WHEN \(text) >= '1677-09-22' THEN \(text) END"
    case "TIMESTAMP WITH TIME ZONE": "CASE WHEN \(text) LIKE '____-__-__%' THEN \(text) END"
    default: text
    }
  }

  /// Whether the candidate, an expression, is exactly the text.
  func isExact(_ candidate: String, _ text: String) -> String {
    let back = "CAST(\(candidate) AS VARCHAR) = \(text)"
    switch type.sql {
    case "DOUBLE", "FLOAT":
      // Every spelling of a number is one of the nearest double; DuckDB takes some that are none.
      return isPlain
        ? "isfinite(\(candidate)) AND NOT contains(\(text), '_') AND NOT contains(\(text), '+')"
        : "false"
    case "BOOLEAN": return "\(text) IN ('true', 'false')"
    case "DATE": return csv.dateFormat == nil ? "\(back) AND \(text) LIKE '____-__-__'" : "false"
    case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE":
      guard csv.timestampFormat == nil else { return "false" }
      return "\(back) AND \(text) LIKE '____-__-__ __:__:__%'"
    case "TIME": return "\(back) AND \(text) < '24'"
    case _ where isNumber: return isPlain ? back : "false"
    default: return back
    }
  }

  /// The value of text that is spelled in another way, or NULL.
  func otherwise(_ text: String) -> String {
    let bare = text.sqlBare
    if type.integer != nil { return number(scale: 0, bare) }
    if let decimal = type.decimal { return number(scale: decimal.scale, bare) }
    if let digits = type.timestampDigits { return instant(digits: digits, bare) }
    switch type.sql {
    case "DOUBLE", "FLOAT": return float(bare)
    case "BIGNUM": return number(scale: 0, bare)
    case "BOOLEAN": return boolean(bare)
    case "DATE": return date(bare)
    case "TIME":
      let pattern = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,6}0*)?)?"
      return matched(bare, pattern, "TRY_CAST(\(bare) AS TIME)")
    case "UUID":
      return matched(
        bare, "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "TRY_CAST(\(bare) AS UUID)")
    case "JSON": return "CASE WHEN json_valid(\(text)) THEN CAST(\(text) AS JSON) END"
    default: return "CAST(NULL AS \(type.sql))"
    }
  }

  /// The value of text, or NULL where the text is not a value of the type.
  func value(_ text: String) -> String {
    if isText { return text }
    let candidate = candidate(text)
    return "CASE WHEN \(isExact(candidate, text)) THEN \(candidate) ELSE \(otherwise(text)) END"
  }

  private var isNumber: Bool {
    type.integer != nil || type.decimal != nil || type.sql == "BIGNUM"
  }

  /// Whether numbers have no marks of their own.
  private var isPlain: Bool { csv.decimal == "." && csv.thousands == nil }

  /// An integer or a decimal: one sign, digits, one mark, and digits behind it only up to the scale.
  private func number(scale: Int, _ bare: String) -> String {
    let plain = plainNumber(bare)
    let pattern =
      scale == 0
      ? "[+-]?(?:[0-9]+\\.?0*|\\.0+)"
      : "[+-]?(?:[0-9]+(?:\\.[0-9]{0,\(scale)}0*)?|\\.[0-9]{1,\(scale)}0*)"
    let read = "TRY_CAST(\(plain) AS \(type.sql))"
    // DuckDB reads -0 without a sign, and -0.0 not.
    let isUnsigned = type.integer?.isSigned == false
    let value =
      isUnsigned
      ? "CASE WHEN ltrim(\(plain), '+-0.') = '' THEN CAST(0 AS \(type.sql)) ELSE \(read) END" : read
    return "CASE WHEN regexp_full_match(\(plain), '\(pattern)') THEN \(value) "
      + "WHEN regexp_matches(\(plain), '[eE]') "
      + "THEN TRY_CAST(dovetail_moved(\(plain), \(scale)) AS \(type.sql)) END"
  }

  private func float(_ bare: String) -> String {
    let plain = plainNumber(bare)
    let read = "TRY_CAST(\(plain) AS \(type.sql))"
    let pattern = "[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
    let names = [
      ("nan", ["nan"]), ("inf", ["inf", "+inf", "infinity", "+infinity"]),
      ("-inf", ["-inf", "-infinity"]),
    ].map {
      "WHEN dovetail_lower(\(bare)) IN (\($1.map(\.sqlLiteral).joined(separator: ", "))) THEN '\($0)'"
    }
    return "CASE WHEN regexp_full_match(\(plain), '\(pattern)') AND isfinite(\(read)) THEN \(read) "
      + "ELSE CAST(CASE \(names.joined(separator: " ")) END AS \(type.sql)) END"
  }

  /// A number with a point and without groups; NULL where the marks stand in wrong places.
  private func plainNumber(_ bare: String) -> String {
    guard !isPlain else { return bare }
    let decimal = csv.decimal.sqlPattern
    let digits =
      csv.thousands.map { "(?:[0-9]{1,3}(?:\($0.sqlPattern)[0-9]{3})+|[0-9]*)" } ?? "[0-9]*"
    let pattern = "[+-]?\(digits)(?:\(decimal)[0-9]*)?(?:[eE][+-]?[0-9]+)?"
    let ungrouped = csv.thousands.map { "replace(\(bare), \($0.sqlLiteral), '')" } ?? bare
    return "CASE WHEN regexp_full_match(\(bare), \(pattern.sqlLiteral)) "
      + "THEN replace(\(ungrouped), \(csv.decimal.sqlLiteral), '.') END"
  }

  private func boolean(_ bare: String) -> String {
    let yes = (["true"] + csv.true).map(\.sqlASCIILowercased)
    let no = (["false"] + csv.false).map(\.sqlASCIILowercased)
    return "CASE WHEN dovetail_lower(\(bare)) IN (\(yes.joined(separator: ", "))) THEN true "
      + "WHEN dovetail_lower(\(bare)) IN (\(no.joined(separator: ", "))) THEN false END"
  }

  private func date(_ bare: String) -> String {
    guard let format = csv.dateFormat else {
      return matched(bare, "[0-9]{4}-[0-9]{2}-[0-9]{2}", "TRY_CAST(\(bare) AS DATE)")
    }
    // A format with a time of day is a date only at midnight.
    let read = "try_strptime(\(bare), \(format.sqlLiteral))"
    return "CASE WHEN CAST(\(read) AS DATE) = \(read) AND \(format.yearCheck(of: read)) "
      + "THEN CAST(\(read) AS DATE) END"
  }

  private func instant(digits: Int, _ bare: String) -> String {
    let isZoned = type.sql == "TIMESTAMP WITH TIME ZONE"
    if let format = csv.timestampFormat {
      // %z and %Z make an instant of what is read, which a column without a zone does not hold.
      let read = "try_strptime(\(bare), \(format.sqlLiteral))"
      let value = "TRY(CAST(\(read) AS \(type.sql)))"
      guard isZoned || !format.hasZone else { return "CAST(NULL AS \(type.sql))" }
      return "CASE WHEN \(value) = \(read) AND \(format.yearCheck(of: read)) THEN \(value) END"
    }
    let fraction = digits == 0 ? "()0+" : "([0-9]{1,\(digits)})0*"
    let offset =
      isZoned ? "(?: ?(Z|[+-](?:(?:0[0-9]|1[0-7])(?::?[0-5][0-9])?|18(?::?00)?)))?" : "()"
    let pattern =
      "^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]((?:[01][0-9]|2[0-3]):[0-5][0-9])"
      + "(?::([0-5][0-9])(?:[.,]\(fraction))?)?\(offset))?$"
    let parts = "regexp_extract(\(caught(bare)), '\(pattern)', ['d', 'm', 's', 'f', 'z'])"
    return "TRY_CAST(list_transform([\(parts)], lambda x: dovetail_instant(x))[1] AS \(type.sql))"
  }

  private func matched(_ text: String, _ pattern: String, _ value: String) -> String {
    "CASE WHEN regexp_full_match(\(text), '\(pattern)') THEN \(value) END"
  }
}

extension String {
  /// The text as a regular expression that matches it alone.
  var sqlPattern: String {
    unicodeScalars.reduce(into: "") { pattern, scalar in
      if scalar.isASCII, !("0"..."9" ~= scalar || "a"..."z" ~= scalar || "A"..."Z" ~= scalar) {
        pattern.unicodeScalars.append("\\")
      }
      pattern.unicodeScalars.append(scalar)
    }
  }

  /// The text as a literal with its ASCII letters in lower case.
  fileprivate var sqlASCIILowercased: String { "dovetail_lower(\(sqlLiteral))" }

  /// Whether a `strftime` pattern reads an offset or the name of a zone.
  fileprivate var hasZone: Bool { hasSpecifier("zZ") }

  /// A condition on what was read with this pattern: `%Y` is a year of four digits, not 21 for 2021.
  fileprivate func yearCheck(of value: String) -> String {
    hasSpecifier("Y") ? "year(\(value)) BETWEEN 1000 AND 9999" : "true"
  }

  private func hasSpecifier(_ letters: StaticString) -> Bool {
    var isSpecifier = false
    for byte in utf8 {
      if isSpecifier, letters.withUTF8Buffer({ $0.contains(byte) }) { return true }
      isSpecifier = !isSpecifier && byte == UInt8(ascii: "%")
    }
    return false
  }
}
