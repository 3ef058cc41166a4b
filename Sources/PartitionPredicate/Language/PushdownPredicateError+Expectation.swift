extension PushdownPredicateError {
  /// What was expected, where, what was found, and the near word.
  func sentence(_ expected: Expectation, found: String?, after: String?) -> String {
    let place = after.map { " after \(Self.code($0))" } ?? ""
    let discovery = found.map { "found \(Self.code($0))" } ?? "the predicate ends"
    let advice = found.map { Self.advice(expected, found: $0, after: after) } ?? ""
    return "Expected \(phrase(expected))\(place), but \(discovery).\(advice)"
  }

  private func phrase(_ expected: Expectation) -> String {
    switch expected {
    case .value: "a key, a literal, a function or `(`"
    case .more(let comparable, let closing):
      Self.alternatives(
        (comparable ? ["a comparison", "IN", "BETWEEN", "LIKE", "RLIKE", "IS"] : [])
          + ["AND", "OR"] + ends(closing))
    case .negatable: "BETWEEN, IN, LIKE or RLIKE"
    case .upperBound: "AND and the upper bound of BETWEEN"
    case .list: "`(` and the list of values"
    case .escapeText: "a string of one character"
    case .truth: "NULL, TRUE, FALSE or NOT"
    case .castOperand: "`(` as in CAST(month AS int)"
    case .type: "a type such as int or decimal(5,2)"
    case .typeNumber: "a number of digits"
    case .castEnd(let opened): close(opened)
    case .decimalEnd: "`)` as in decimal(5,2)"
    }
  }

  private func ends(_ closing: Closing) -> [String] {
    switch closing {
    case .end: ["the end"]
    case .parenthesis(let opened): [close(opened)]
    case .list(let opened): ["`,`", close(opened)]
    case .castType: ["AS with a type"]
    case .when: ["WHEN"]
    case .then: ["THEN"]
    case .branch: ["WHEN", "ELSE", "END"]
    case .endOfCase: ["END"]
    }
  }

  private func close(_ opened: Range<Int>) -> String {
    let other = PushdownPredicateError(kind, source: source, range: opened)
    let place =
      other.line == line
      ? "column \(other.column)" : "line \(other.line), column \(other.column)"
    return "`)` for the `(` at \(place)"
  }

  private static func alternatives(_ phrases: [String]) -> String {
    "\(phrases.dropLast().joined(separator: ", ")) or \(phrases.last ?? "")"
  }

  /// What a mistyped word or sign may have meant, with a blank before it.
  private static func advice(
    _ expected: Expectation, found: String, after: String?
  ) -> String {
    guard expected == .value else {
      // A word of CASE is meant as it stands.
      let isOfCase = ["when", "then", "else", "end"].contains(found.exact.lowercased)
      return isOfCase ? "" : suggestion(found, of: words(expected))
    }
    if after == "=", [">", "<"].contains(found) { return " Did you mean `\(found)=`?" }
    return PredicateKeyword.all[found.exact.lowercased] == nil
      ? "" : " A key of that name is written in back quotes."
  }

  /// The words that a mistyped one may have meant.
  private static func words(_ expected: Expectation) -> [String] {
    switch expected {
    case .more(_, .castType): ["AND", "OR", "AS"]
    case .more(_, .when): ["AND", "OR", "WHEN"]
    case .more(_, .then): ["AND", "OR", "THEN"]
    case .more(_, .branch): ["AND", "OR", "WHEN", "ELSE", "END"]
    case .more(_, .endOfCase): ["AND", "OR", "END"]
    case .more(let comparable, _):
      ["AND", "OR"] + (comparable ? ["IN", "BETWEEN", "LIKE", "RLIKE", "IS", "NOT"] : [])
    case .negatable: ["BETWEEN", "IN", "LIKE", "RLIKE"]
    case .upperBound: ["AND"]
    case .truth: ["NULL", "TRUE", "FALSE", "NOT"]
    default: []
    }
  }

  // MARK: Features of other SQL

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
