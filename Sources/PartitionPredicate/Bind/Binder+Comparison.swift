extension Binder {
  /// `left = right` and its like.
  func comparison(
    _ comparison: ComparisonOperator, _ left: PredicateSyntax, _ right: PredicateSyntax,
    _ range: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateNode {
    let left = try expression(left)
    let right = try expression(right)
    guard let type = Coercion.comparison(comparison, left, right) else {
      throw error(.incomparable("`\(comparison.rawValue)`", left.type, right.type), range)
    }
    try checkWord(left, as: type)
    try checkWord(right, as: type)
    if let order = Coercion.order(comparison, left, right) {
      return PredicateNode(order, .boolean, range: range)
    }
    return PredicateNode(.comparison(comparison, left, right, as: type), .boolean, range: range)
  }

  /// BETWEEN is `>=` and `<=`, each with its own type.
  func between(
    _ value: PredicateSyntax, _ low: PredicateSyntax, _ high: PredicateSyntax, negated: Bool,
    _ range: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateNode {
    let value = try expression(value)
    let low = try expression(low)
    let high = try expression(high)
    guard let asLow = Coercion.comparison(.greaterOrEqual, value, low) else {
      throw error(.incomparable("BETWEEN", value.type, low.type), low)
    }
    guard let asHigh = Coercion.comparison(.lessOrEqual, value, high) else {
      throw error(.incomparable("BETWEEN", value.type, high.type), high)
    }
    try checkWord(value, as: asLow)
    try checkWord(value, as: asHigh)
    try checkWord(low, as: asLow)
    try checkWord(high, as: asHigh)
    let aboveLow = Coercion.order(.greaterOrEqual, value, low)
    let belowHigh = Coercion.order(.lessOrEqual, value, high)
    if aboveLow != nil || belowHigh != nil {
      let bounds = PredicateNode(
        .and([
          PredicateNode(
            aboveLow
              ?? .comparison(.greaterOrEqual, value, low, as: asLow), .boolean, range: low.range),
          PredicateNode(
            belowHigh
              ?? .comparison(.lessOrEqual, value, high, as: asHigh), .boolean, range: high.range),
        ]), .boolean, range: range)
      return negated ? PredicateNode(.not(bounds), .boolean, range: range) : bounds
    }
    let between = PredicateNode.Between(
      value: value, low: low, high: high, lowType: asLow, highType: asHigh)
    return PredicateNode(.test(.isBetween(between), negated: negated), .boolean, range: range)
  }

  /// IN compares all values as one type: that of the strings if there is one, which makes `1 IN ('01')`
  /// false where `1 = '01'` is true.
  func membership(
    _ value: PredicateSyntax, _ list: [PredicateSyntax], negated: Bool, _ range: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateNode {
    let value = try expression(value)
    let elements = try list.map(expression)
    let type = try listType(value, elements)
    return PredicateNode(
      .test(.isIn(value, elements, as: type), negated: negated), .boolean, range: range)
  }

  /// The type of IN: the widest, found from the left after the strings.
  ///
  /// The error marks the element that has no common type with those before it.
  private func listType(
    _ value: PredicateNode, _ elements: [PredicateNode]
  ) throws(PushdownPredicateError) -> ValueType {
    let string = elements.first { $0.type == .string }
    var type = string == nil ? value.type : .string
    if let string, Coercion.wider(.string, value.type) == nil {
      throw error(.mixedList(value.type, .string), string)
    }
    for element in elements {
      guard let wider = Coercion.wider(type, element.type) else {
        let isOther = Coercion.wider(value.type, element.type) == nil
        throw error(.mixedList(isOther ? value.type : type, element.type), element)
      }
      type = wider
    }
    return type
  }

  // MARK: Literals

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
    if let problem = LikePattern.problem(text, escape: escape) {
      throw error(.invalidPattern(problem), pattern)
    }
  }

  /// Checks a regular expression that is a literal; Spark refuses a wrong one when it runs.
  func checkRegularExpression(_ pattern: PredicateNode) throws(PushdownPredicateError) {
    guard case .literal(.string(let text)) = pattern.kind else { return }
    if let problem = RegularExpression.problem(text) {
      throw error(.invalidRegularExpression(problem), pattern)
    }
  }
}
