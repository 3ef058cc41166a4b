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
}
