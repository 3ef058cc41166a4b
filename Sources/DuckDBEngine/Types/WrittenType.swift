import IncrementalJoin
import PartitionPredicate

extension ColumnType {
  /// The type that a column of the result has in the published files.
  ///
  /// HUGEINT, which Parquet does not have and DuckDB would round to DOUBLE, becomes DECIMAL(38,0) in any
  /// case, and the types that DuckDB itself writes as text are text.
  func written(for types: OutputTypes) -> ColumnType {
    replacingScalars { scalar in
      switch scalar.sql {
      case "HUGEINT", "UHUGEINT": .scalar("DECIMAL(38,0)")
      case "BIT", "BIGNUM", "TIME_NS": .scalar("VARCHAR")
      case "UUID", "TIME", "TIME WITH TIME ZONE", "INTERVAL":
        types == .spark ? .scalar("VARCHAR") : scalar
      case "TIMESTAMP_NS": types == .spark ? .scalar("TIMESTAMP") : scalar
      default: scalar
      }
    }
  }

  /// The SQL of a value of this type as it is written: exactly, or an error.
  func written(_ value: String, column: String, for types: OutputTypes, depth: Int = 0) -> String {
    let target = written(for: types)
    switch (self, target) {
    case (.scalar("INTERVAL"), .scalar("INTERVAL")):
      let isExact = "date_part('microseconds', \(value)) % 1000 = 0"
      return checked(
        value, value, isExact, column, "Parquet keeps only milliseconds of an INTERVAL")
    case (.scalar("TIMESTAMP_NS"), .scalar("TIMESTAMP")):
      let read = "CAST(\(value) AS TIMESTAMP)"
      return checked(
        value, read, "CAST(\(read) AS TIMESTAMP_NS) = \(value)", column,
        "`types: spark` writes microseconds")
    case (.list(let element), .list), (.array(let element, _), .array):
      guard element.isChecked(for: types) else { break }
      let name = "w\(depth)"
      let inner = element.written(name, column: column, for: types, depth: depth + 1)
      return "CAST(list_transform(\(value), lambda \(name): \(inner)) AS \(target.sql))"
    case (.structure(let fields), .structure):
      guard isChecked(for: types) else { break }
      let parts = fields.map { field in
        let inner = field.type.written(
          "(\(value)).\(field.name.sqlIdentifier)", column: "\(column).\(field.name)", for: types,
          depth: depth)
        return "\(field.name.sqlIdentifier) := \(inner)"
      }
      return "CASE WHEN \(value) IS NOT NULL THEN struct_pack(\(parts.joined(separator: ", "))) END"
    default: break
    }
    return self == target ? value : "CAST(\(value) AS \(target.sql))"
  }

  /// Whether some values inside cannot be written exactly.
  private func isChecked(for types: OutputTypes) -> Bool {
    var found = false
    _ = replacingScalars { scalar in
      let isInterval = scalar == .scalar("INTERVAL") && types == .duckdb
      if isInterval || scalar == .scalar("TIMESTAMP_NS") && types == .spark { found = true }
      return scalar
    }
    return found
  }

  private func checked(
    _ value: String, _ written: String, _ isExact: String, _ column: String, _ reason: String
  ) -> String {
    let parts = [
      "'\(Self.notWritten)'", column.sqlLiteral, sql.sqlLiteral, "CAST(\(value) AS VARCHAR)",
      reason.sqlLiteral,
    ]
    return "CASE WHEN \(isExact) OR \(value) IS NULL THEN \(written) "
      + "ELSE error(concat_ws(chr(31), \(parts.joined(separator: ", ")))) END"
  }

  /// How the error begins that a value raises which cannot be written exactly.
  private static let notWritten = "dovetail: a value that is not written exactly"

  /// What the error of such a value means; nil for another error.
  static func writingProblem(in error: DatabaseError) -> String? {
    guard error.message.exact.begins(with: notWritten.exact) else { return nil }
    let parts = error.message.exact.parts(separatedBy: "\u{1F}", omittingEmpty: false)
    guard parts.count >= 5 else { return nil }
    return "the result's column \"\(parts[1])\" (\(parts[2])) has \(parts[3]), and \(parts[4]). "
      + "Round it in the job's SQL, or cast it to VARCHAR."
  }
}
