extension PushdownPredicateError {
  /// What of other SQL predicates do not have, and what to write instead.
  static func sentence(_ feature: Feature) -> String {
    switch feature {
    case .arithmetic(let sign):
      sign == "/"
        ? "Predicates have no `/`, whose result is a double in Spark; write DIV for a whole number, or "
          + "the result as a literal."
        : "Arithmetic such as \(code(sign)) cannot stand here; put it in parentheses, or write the "
          + "result as a literal."
    case .clause(let word):
      "A predicate is one condition and has no \(word.exact.uppercased); remove what begins here, or "
        + "connect it with AND or OR."
    case .distinct:
      "Predicates have no IS DISTINCT FROM; write NOT a <=> b, and a <=> b for IS NOT DISTINCT FROM."
    case .doubleColon: "Predicates have no `::`; write CAST(... AS type)."
    case .exists: "Predicates have no EXISTS; a predicate only sees a table's partition keys."
    case .hint: "A comment that begins with /*+ is a hint to Spark; write a blank after /*."
    case .ilike: "Predicates have no ILIKE; write RLIKE '(?i)...'."
    case .innerNot:
      "NOT cannot stand inside a comparison; put NOT and its condition in parentheses."
    case .leadingWhere: "A predicate is the condition alone; leave WHERE out."
    case .likeQuantifier(let word):
      "Predicates have no LIKE \(word.exact.uppercased); write each LIKE, connected with AND or OR."
    case .literalPrefix(let word):
      "There are no literals such as \(word.exact.uppercased)'..'; the typed ones are DATE '..' and "
        + "TIMESTAMP '..'."
    case .name(let word): "A key named \(code(word)) is written in back quotes here."
    case .otherOperator(let sign, let word):
      "\(code(sign)) does not connect conditions in SQL; write \(word)."
    case .parameter(let sign):
      "Predicates have no parameters such as \(code(sign)); write the value as a literal."
    case .semicolon: "A predicate is one condition; remove the `;` and what follows."
    case .sign(let sign): "\(code(sign)) means nothing in a predicate; remove it."
    case .statement(let word):
      "A predicate is a condition, not a statement; leave out \(word.exact.uppercased) and write what "
        + "follows WHERE."
    case .subquery: "Predicates have no subqueries; write the values in the list."
    case .trimFrom:
      "Predicates have no TRIM(.. FROM ..); write trim, ltrim or rtrim of the text, which take off "
        + "blanks."
    case .unknown: "Predicates have no IS UNKNOWN; write IS NULL."
    }
  }
}
