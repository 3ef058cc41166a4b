/// Writes a predicate in one dialect, with exactly the parentheses that AND and OR ask for.
struct PredicatePrinter {
  /// The operator around a term; a conjunction needs no parentheses inside AND or at the top.
  enum Context {
    case or
    case and
  }

  let dialect: PredicateDialect

  func text(_ predicate: Predicate, inside context: Context) -> String {
    switch predicate {
    case .constant(let flag): return flag ? "TRUE" : "FALSE"
    case .equals(let key, let value):
      return dialect == .plain
        ? "\(name(key))==\(literal(value))" : "\(name(key)) = \(literal(value))"
    case .isNull(let key): return "\(name(key)) \(keyword("IS NULL"))"
    case .isIn(let key, let values):
      let list = values.map(literal).joined(separator: ", ")
      return "\(name(key)) \(keyword("IN")) (\(list))"
    case .isBetween(let key, let low, let high):
      return "\(name(key)) \(keyword("BETWEEN")) \(literal(low)) \(keyword("AND")) \(literal(high))"
    case .and(let terms):
      let joined = terms.map { text($0, inside: .and) }.joined(separator: " \(keyword("AND")) ")
      // The recipe writes parentheses around every partition, also a single one.
      return context == .or && dialect == .plain ? "(\(joined))" : joined
    case .or(let terms):
      let joined = terms.map { part(of: terms.count, $0) }
        .joined(separator: " \(keyword("OR")) ")
      return context == .and && terms.count > 1 ? "(\(joined))" : joined
    }
  }

  /// A conjunction among several alternatives is put in parentheses for the reader's sake.
  private func part(of count: Int, _ term: Predicate) -> String {
    if case .and = term, count > 1, dialect == .compact { return "(\(text(term, inside: .or)))" }
    return text(term, inside: .or)
  }

  private func keyword(_ word: String) -> String {
    dialect == .plain ? word.lowercased() : word
  }

  private func literal(_ value: PartitionValue) -> String {
    guard dialect == .compact else { return quoted(value.text) }
    switch value {
    case .null: return "NULL"
    case .boolean(let flag): return flag ? "TRUE" : "FALSE"
    case .integer, .decimal: return value.text
    case .date: return "DATE \(quoted(value.text))"
    case .timestamp: return "TIMESTAMP \(quoted(value.text))"
    case .string: return quoted(value.text)
    }
  }

  /// A Spark SQL string literal, in which backslash is the escape.
  private func quoted(_ text: String) -> String {
    var literal = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'": literal += "\\'"
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      case _ where scalar.isInvisible:
        // Whoever prints the predicate may not print these; Spark reads the escape.
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFFFF ? 8 : 4
        literal += (width == 4 ? "\\u" : "\\U")
        literal += String(repeating: "0", count: width - digits.count) + digits
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "'"
  }

  private func name(_ key: PartitionKey) -> String {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let simple =
      key.name.utf8.first.map { !digits.contains($0) } ?? false
      && key.name.utf8.allSatisfy {
        $0 == UInt8(ascii: "_") || digits.contains($0) || letters.contains($0 | 0x20)
      }
    let reserved = Self.reserved.contains(key.name.lowercased())
    return simple && !reserved ? key.name : "`\(key.name.replacing("`", with: "``"))`"
  }

  /// Words that would be read as operators or literals if a key had them as its name.
  private static let reserved: Set<String> = [
    "and", "between", "case", "cast", "exists", "false", "in", "interval", "is", "like", "not",
    "null", "or", "rlike", "true",
  ]
}

extension Unicode.Scalar {
  /// Controls, format characters, unusual spaces and whatever else leaves no clear mark on a screen.
  fileprivate var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
    case .spaceSeparator: self != " "
    case .nonspacingMark: properties.isVariationSelector
    default: false
    }
  }
}
