extension DuckDBText {
  /// LIKE, whose pattern is rewritten with backslash as its escape.
  func like(
    _ value: PredicateNode, _ pattern: PredicateNode, _ escape: Unicode.Scalar, _ not: String,
    _ node: PredicateNode
  ) throws(PredicateDialectError) -> String {
    guard let text = try patternText(pattern, node) else { return literal(.null, .boolean) }
    if let problem = PredicateEvaluator.problem(inPattern: text, escape: escape) {
      throw refusal(.pattern(problem: problem), node)
    }
    var written = ""
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if !isEscaped, scalar == escape {
        isEscaped = true
        continue
      }
      if isEscaped ? "%_\\".unicodeScalars.contains(scalar) : scalar == "\\" { written += "\\" }
      written.unicodeScalars.append(scalar)
      isEscaped = false
    }
    return try operand(value, as: .string) + " \(not)LIKE " + string(written)
      + (written.utf8.contains(UInt8(ascii: "\\")) ? " ESCAPE '\\'" : "")
  }

  /// RLIKE: the regular expression matches a part of the text.
  func matches(
    _ value: PredicateNode, _ pattern: PredicateNode, _ not: String, _ node: PredicateNode
  ) throws(PredicateDialectError) -> String {
    guard let text = try patternText(pattern, node) else { return literal(.null, .boolean) }
    let translated: String
    do throws(JavaRegularExpression.Unknown) {
      translated = try JavaRegularExpression.translated(text)
    } catch { throw refusal(.regularExpression(construct: error.construct), node) }
    if let problem = PredicateEvaluator.problem(inRegularExpression: text) {
      throw refusal(.pattern(problem: problem), node)
    }
    return "\(not)regexp_matches("
      + "\(try operand(value, as: .string)), \(string(translated)))"
  }

  /// The text of a pattern; nil for NULL.
  private func patternText(
    _ pattern: PredicateNode, _ node: PredicateNode
  ) throws(PredicateDialectError) -> String? {
    guard pattern.isConstant else { throw refusal(.noLiteral, node) }
    let value = evaluator.value(of: pattern, [])
    guard
      case .string(let text) = value.cast(
        from: pattern.type, to: .string, today: predicate.today)
    else { return nil }
    return text
  }
}
