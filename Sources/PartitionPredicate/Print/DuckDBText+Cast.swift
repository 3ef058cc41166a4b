extension DuckDBText {
  /// A primary expression cast from a type to a type by Spark's rules, as a primary expression.
  func cast(
    _ value: String, _ from: ValueType, to type: ValueType, _ node: PredicateNode
  ) throws(PredicateDialectError) -> String {
    if from == type { return value }
    let refusal = refusal(.cast(from: from, to: type), node)
    switch (from, type) {
    case (.null, _), (_, .null), (.date, .boolean), (.date, .int), (.date, .bigint),
      (.date, .decimal), (.date, .double):
      return literal(.null, type)
    case (_, .boolean), (.string, _), (_, .string):
      let written =
        type == .boolean
        ? boolean(value, from)
        : from == .string ? text(value, to: type) : string(value, from, node)
      guard let written else { throw refusal }
      return written
    case (.boolean, .int), (.boolean, .bigint), (.int, .bigint), (.int, .double),
      (.bigint, .double), (.timestamp, .date):
      return "CAST(\(value) AS \(name(of: type)))"
    // A computed date can lie beyond all timestamps: NULL, as in `PartitionValue.cast`.
    case (.date, .timestamp): return "TRY_CAST(\(value) AS TIMESTAMP)"
    case (.boolean, .double): return "CAST(CAST(\(value) AS INTEGER) AS DOUBLE)"
    case (.boolean, .decimal): return fitted("CAST(\(value) AS INTEGER)", to: type)
    case (.int, .decimal), (.bigint, .decimal), (.decimal, .decimal):
      return fitted(value, to: type)
    case (.bigint, .int): return wrapped(value)
    case (.decimal(let precision, let scale), .int), (.decimal(let precision, let scale), .bigint):
      // More digits than a bigint has are cut off bit by bit in Spark.
      guard precision - scale <= 18 else { throw refusal }
      let whole = "CAST(trunc(\(value)) AS BIGINT)"
      return type == .int ? wrapped(whole) : whole
    case (.decimal(let precision, _), .double):
      // DuckDB divides doubles, which is exact for 15 digits; of text it reads the nearest double.
      return precision <= 15
        ? "CAST(\(value) AS DOUBLE)" : "CAST(CAST(\(value) AS VARCHAR) AS DOUBLE)"
    case (.int, .timestamp): return "make_timestamp(CAST(\(value) AS BIGINT) * 1000000)"
    case (.timestamp, .int), (.timestamp, .bigint):
      let rest = "((epoch_us(\(value)) % 1000000 + 1000000) % 1000000)"
      let seconds = "((epoch_us(\(value)) - \(rest)) // 1000000)"
      return type == .int ? wrapped(seconds) : seconds
    case (.timestamp, .double): return "(CAST(epoch_us(\(value)) AS DOUBLE) / 1000000)"
    default: throw refusal
    }
  }

  /// The low 32 bits of a bigint, as Spark's cast to int takes them.
  func wrapped(_ value: String) -> String {
    "CAST(((\(value) & 4294967295) + 2147483648) % 4294967296 - 2147483648 AS INTEGER)"
  }

  /// A number as a decimal, NULL where it does not fit.
  ///
  /// DuckDB 1.5 compares `TRY_CAST(number AS DECIMAL)` with a constant as if the cast never failed;
  /// it does not see through the CASE.
  private func fitted(_ value: String, to type: ValueType) -> String {
    "(CASE WHEN \(value) IS NOT NULL THEN TRY_CAST(\(value) AS \(name(of: type))) END)"
  }

  private func boolean(_ value: String, _ from: ValueType) -> String? {
    switch from {
    case .int, .bigint, .decimal: return "(\(value) <> 0)"
    case .timestamp: return "(epoch_us(\(value)) <> 0)"
    case .string:
      // No (?i), in which RE2 takes some letters beyond ASCII for Latin ones.
      let yes = "[tT]|[tT][rR][uU][eE]|[yY]|[yY][eE][sS]|1"
      let no = "[fF]|[fF][aA][lL][sS][eE]|[nN]|[nN][oO]|0"
      return "(CASE WHEN regexp_matches(\(value), '^\(Self.blank)(?:\(yes))\(Self.blank)$') "
        + "THEN TRUE WHEN regexp_matches(\(value), '^\(Self.blank)(?:\(no))\(Self.blank)$') "
        + "THEN FALSE END)"
    default: return nil
    }
  }

  /// What Spark trims from text before it reads a value.
  private static let blank = #"[\x00-\x20\x7F]*"#
  /// What Java trims from text before it reads a floating-point number.
  private static let javaBlank = #"[\x00-\x20]*"#
  private static let digits = #"(?:[0-9]+\.?[0-9]*|\.[0-9]+)"#

  /// Text read as a value, NULL where it is none.
  private func text(_ value: String, to type: ValueType) -> String? {
    switch type {
    case .int, .bigint:
      // DuckDB would round; Spark cuts the fraction off.
      let number = #"^\#(Self.blank)([+-]?[0-9]+)(?:\.[0-9]*)?\#(Self.blank)$"#
      let fraction = #"^\#(Self.blank)[+-]?\.[0-9]*\#(Self.blank)$"#
      return "(CASE WHEN regexp_matches(\(value), '\(fraction)') THEN 0 "
        + "ELSE TRY_CAST(regexp_extract(\(value), '\(number)', 1) AS \(name(of: type))) END)"
    case .double:
      let exponent = "(?:[eE][+-]?[0-9]{1,9})?"
      let number =
        "^\(Self.javaBlank)([+-]?\(Self.digits)\(exponent))[fFdD]?\(Self.javaBlank)$"
      let word =
        "^\(Self.javaBlank)([+-]?[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN]|[+-]NaN)"
        + "\(Self.javaBlank)$"
      return unless(#"[+-]?0[xX].*[pP]"#, value, "a hexadecimal number")
        + "coalesce(TRY_CAST(regexp_extract(\(value), '\(number)', 1) AS DOUBLE), "
        + "TRY_CAST(ltrim(regexp_extract(\(value), '\(word)', 1), '+') AS DOUBLE)) END)"
    case .decimal:
      let number = "^\(Self.javaBlank)([+-]?\(Self.digits))\(Self.javaBlank)$"
      return unless(#"[+-]?[0-9.]+[eE]"#, value, "an exponent of a decimal")
        + "TRY_CAST(regexp_extract(\(value), '\(number)', 1) AS \(name(of: type))) END)"
    case .date:
      let parts = "[+-]?[0-9]{4,7}(?:-[0-9]{1,2}(?:-[0-9]{1,2}(?:[ T](?s:.*))?)?)?"
      let date = "[+-]?[0-9]{4,7}(?:-[0-9]{1,2}(?:-[0-9]{1,2})?)?"
      let whole =
        "CASE WHEN regexp_matches(\(value), '^\(Self.blank)\(parts)\(Self.blank)$') "
        + "THEN ltrim(regexp_extract(\(value), '\(date)'), '+') END"
      let read = ["", " || '-1'", " || '-1-1'"].map { "TRY_CAST((\(whole))\($0) AS DATE)" }
      return "coalesce(\(read.joined(separator: ", ")))"
    default: return nil
    }
  }

  /// The beginning of a CASE that fails for text of a form that only Spark reads.
  private func unless(_ form: String, _ value: String, _ what: String) -> String {
    "(CASE WHEN regexp_matches(\(value), '^\(Self.javaBlank)\(form)') "
      + "THEN error('\(what) is read only by Spark') ELSE "
  }

  /// A value as Spark writes it.
  private func string(_ value: String, _ from: ValueType, _ node: PredicateNode) -> String? {
    switch from {
    case .int, .bigint, .boolean: return "CAST(\(value) AS VARCHAR)"
    case .decimal(let precision, let scale):
      // Java writes a number below a millionth with an exponent.
      guard scale <= 6 else { return nil }
      // DuckDB leaves the zero before the point out where the type has no digit there.
      let padded = "CAST(\(value) AS \(name(of: .decimal(precision: precision + 1, scale: scale))))"
      return "CAST(\(precision == scale ? padded : value) AS VARCHAR)"
    case .date: return date(value, node)
    case .timestamp:
      return "(\(date("CAST(\(value) AS DATE)", node)) || ' ' || "
        + "CAST(CAST(\(value) AS TIME) AS VARCHAR))"
    default: return nil
    }
  }

  /// A date as Java writes it.
  private func date(_ value: String, _ node: PredicateNode) -> String {
    // The folders of a key have four digits for a year, a computed date may have a sign.
    if case .key = node.kind { return "strftime(\(value), '%Y-%m-%d')" }
    let sign =
      "CASE WHEN year(\(value)) > 9999 THEN '+' WHEN year(\(value)) < 0 THEN '-' ELSE '' END"
    return "(\(sign) || printf('%04d-%02d-%02d', abs(year(\(value))), month(\(value)), "
      + "day(\(value))))"
  }

  // MARK: Literals

  /// The value of a constant node as a primary expression.
  func literal(
    _ value: PartitionValue, _ type: ValueType, _ node: PredicateNode
  ) throws(PredicateDialectError) -> String {
    let isHeld =
      switch value {
      case .date(let days): Self.days.contains(days)
      case .timestamp(let microseconds): Self.microseconds.contains(microseconds)
      default: true
      }
    guard isHeld else { throw refusal(.range(text: Cast.string(value), type), node) }
    return literal(value, type)
  }

  /// What lies beyond is DuckDB's infinity.
  private static let days = -2_147_483_646...2_147_483_646
  /// From 290309-12-22 (BC), the first whole day.
  private static let microseconds: ClosedRange<Int64> = -9_223_372_022_400_000_000...(.max - 1)

  /// A value of a type as a primary expression.
  func literal(_ value: PartitionValue, _ type: ValueType) -> String {
    switch value {
    case .null: return "CAST(NULL AS \(name(of: type)))"
    case .boolean(let flag): return flag ? "TRUE" : "FALSE"
    case .integer(let number):
      // DuckDB reads a minus sign and a number, which in these cases is too great for the type.
      return number == Int64(Int32.min) || number == .min
        ? "CAST('\(number)' AS \(name(of: type)))" : String(number)
    case .decimal:
      // What DuckDB's own decimal literals hold without becoming doubles.
      if case .decimal(let precision, _) = type, precision <= 18 { return value.text }
      return "CAST('\(value.text)' AS \(name(of: type)))"
    case .date: return "DATE '\(unsigned(Cast.string(value)))'"
    case .timestamp: return "TIMESTAMP '\(unsigned(Cast.string(value)))'"
    case .string(let text): return string(text)
    }
  }

  /// DuckDB takes years beyond 9999 without Java's plus sign.
  private func unsigned(_ text: String) -> Substring {
    text.exact.begins(with: "+") ? text.dropFirst() : text[...]
  }

  /// A string literal; a zero byte, which SQL text cannot hold, is written as `chr(0)`.
  func string(_ text: String) -> String {
    let parts = text.exact.parts(separatedBy: "\0", omittingEmpty: false).map {
      "'\($0.replacing(every: "'", with: "''"))'"
    }
    return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " || chr(0) || ")))"
  }

  func identifier(_ name: String) -> String {
    "\"\(name.exact.replacing(every: "\"", with: "\"\""))\""
  }

  /// DuckDB's name of a type; NULL needs some type.
  func name(of type: ValueType) -> String {
    switch type {
    case .null, .int: "INTEGER"
    case .boolean: "BOOLEAN"
    case .bigint: "BIGINT"
    case .decimal(let precision, let scale): "DECIMAL(\(precision),\(scale))"
    case .double: "DOUBLE"
    case .date: "DATE"
    case .timestamp: "TIMESTAMP"
    case .string: "VARCHAR"
    }
  }
}
