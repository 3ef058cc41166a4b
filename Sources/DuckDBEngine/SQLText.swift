extension String {
  /// The text as an SQL literal.
  ///
  /// A zero byte, which SQL text cannot hold, is written as `chr(0)`.
  var sqlLiteral: String {
    guard utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "'") }) else { return "'\(self)'" }
    let parts = unicodeScalars.split(separator: "\0", omittingEmptySubsequences: false).map {
      "'\(String(Substring($0)).doubling("'"))'"
    }
    return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " || chr(0) || ")))"
  }

  /// The text as a quoted SQL identifier.
  var sqlIdentifier: String {
    "\"\(doubling("\""))\""
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

  /// The text with each of a kind of quotes written twice.
  ///
  /// It goes by scalars: a quote with a combining mark behind it is one `Character`, and to SQL still a
  /// quote.
  private func doubling(_ quote: Unicode.Scalar) -> String {
    guard unicodeScalars.contains(quote) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      text.unicodeScalars.append(scalar)
      if scalar == quote { text.unicodeScalars.append(scalar) }
    }
  }
}

extension Sequence<String> {
  /// The paths as an SQL list.
  var sqlPaths: String { "[\(map(\.sqlPath).joined(separator: ", "))]" }
}
