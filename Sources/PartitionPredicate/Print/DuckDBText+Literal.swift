extension DuckDBText {
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
