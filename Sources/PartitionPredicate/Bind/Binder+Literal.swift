extension Binder {
  /// The value of `DATE '..'` or `TIMESTAMP '..'`.
  func typedLiteral(
    _ type: ValueType, _ text: PredicateSyntax, _ range: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateNode {
    guard case .literal(.string(let string), _) = text.kind else {
      throw error(.invalidLiteral(type, ""), text.range)
    }
    let value = PartitionValue.string(string).cast(from: .string, to: type, today: today)
    guard value != .null else {
      let word = Self.dayWord(string)
      throw error(
        word.map { .specialLiteral(type, $0) } ?? .invalidLiteral(type, string), text.range)
    }
    return PredicateNode(.literal(value), type, range: range)
  }

  /// Refuses a literal such as `'today'` that becomes a date or an instant: Spark reads such a word
  /// there, and as a plain text it would silently be NULL.
  func checkWord(_ node: PredicateNode, as type: ValueType) throws(PushdownPredicateError) {
    guard type == .date || type == .timestamp, case .literal(.string(let text)) = node.kind,
      let word = Self.dayWord(text)
    else { return }
    throw error(.specialLiteral(type, word), node)
  }

  /// The word that Spark reads as a day, if the text begins with one; a zone may follow.
  private static func dayWord(_ text: String) -> String? {
    let word =
      text.unicodeScalars.split { $0.properties.isWhitespace }.first
      .map { Substring($0).exact.lowercased } ?? ""
    return ["epoch", "now", "today", "tomorrow", "yesterday"].contains(word) ? word.text : nil
  }

  /// Checks a pattern of LIKE that is a literal; Spark refuses a wrong one when it runs.
  func checkLike(_ pattern: PredicateNode, escape: Unicode.Scalar) throws(PushdownPredicateError) {
    guard case .literal(.string(let text)) = pattern.kind else { return }
    if let problem = PredicateEvaluator.problem(inPattern: text, escape: escape) {
      throw error(.invalidPattern(problem), pattern)
    }
  }

  /// Checks a regular expression that is a literal; Spark refuses a wrong one when it runs.
  func checkRegularExpression(_ pattern: PredicateNode) throws(PushdownPredicateError) {
    guard case .literal(.string(let text)) = pattern.kind else { return }
    if let problem = PredicateEvaluator.problem(inRegularExpression: text) {
      throw error(.invalidRegularExpression(problem), pattern)
    }
  }
}
