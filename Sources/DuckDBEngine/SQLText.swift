import PartitionPredicate

extension String {
  /// The text as an SQL literal.
  ///
  /// A zero byte, which SQL text cannot hold, is written as `chr(0)`.
  var sqlLiteral: String {
    guard utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "'") }) else { return "'\(self)'" }
    let parts = exact.parts(separatedBy: "\0", omittingEmpty: false).map {
      "'\($0.replacing(every: "'", with: "''"))'"
    }
    return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " || chr(0) || ")))"
  }

  /// The text as a quoted SQL identifier.
  var sqlIdentifier: String {
    "\"\(exact.replacing(every: "\"", with: "\"\""))\""
  }

  /// The path as a literal that DuckDB cannot expand as a pattern, so that a file called `[1].csv`
  /// is itself and a missing one is missing.
  var sqlPath: String {
    guard utf8.contains(where: { "*?[".utf8.contains($0) }) else { return sqlLiteral }
    let escaped = unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "*", "?", "[": text += "[\(scalar)]"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return escaped.sqlLiteral
  }
}

extension Sequence<String> {
  /// The paths as an SQL list.
  var sqlPaths: String { "[\(map(\.sqlPath).joined(separator: ", "))]" }
}
