/// The recursion of `SparkPrinter`, as deep as the tree, into one string.
struct SparkText {
  let keys: [PartitionKey]

  /// How tightly the grammar binds, loosest first.
  enum Level: Int, Comparable {
    case or
    case and
    case not
    case predicate
    case comparison
    case sum
    case product
    case primary

    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

    init(_ kind: PredicateNode.Kind) {
      switch kind {
      case .call(let function, _):
        switch function.form {
        case .infix(let level): self = level
        case .interval: self = .sum
        case .call, .cases: self = .primary
        }
      case .or: self = .or
      case .and: self = .and
      case .not: self = .not
      case .test: self = .predicate
      case .comparison: self = .comparison
      case .literal, .key, .cast: self = .primary
      }
    }
  }

  /// Writes a node, in parentheses where it binds more loosely than its place asks for.
  ///
  /// - Parameters:
  ///   - node: What to write.
  ///   - level: What the place asks for.
  ///   - type: The type as which the place compares; boolean in AND, OR and NOT.
  ///   - text: To which it is written.
  func write(
    _ node: PredicateNode, _ level: Level = .or, as type: ValueType? = .boolean,
    to text: inout String
  ) {
    let isOpen = Level(node.kind) < level
    if isOpen { text += "(" }
    writeBare(node, as: type, to: &text)
    if isOpen { text += ")" }
  }

  private func writeBare(_ node: PredicateNode, as type: ValueType?, to text: inout String) {
    switch node.kind {
    case .literal(let value): write(value, node.type, as: type, to: &text)
    case .key(let index): write(name: keys[index].name, to: &text)
    case .call(let function, let operands): write(function, operands, to: &text)
    case .cast(let operand):
      text += "CAST("
      write(operand, as: nil, to: &text)
      text += " AS \(node.type))"
    case .comparison(let comparison, let left, let right, as: let type):
      // The operators are left-associative: a comparison on the right needs parentheses.
      write(left, .comparison, as: type, to: &text)
      text += " \(comparison.rawValue) "
      write(right, .sum, as: type, to: &text)
    case .test(let test, let negated): write(test, negated ? "NOT " : "", to: &text)
    case .not(let operand):
      text += "NOT "
      write(operand, .not, to: &text)
    case .and(let terms): write(terms, " AND ", .not, to: &text)
    // A conjunction among several alternatives is put in parentheses for the reader's sake.
    case .or(let terms): write(terms, " OR ", .not, to: &text)
    }
  }

  private func write(_ test: PredicateNode.Test, _ not: String, to text: inout String) {
    switch test {
    case .isBetween(let between):
      write(between.value, .comparison, as: between.sharedType, to: &text)
      text += " \(not)BETWEEN "
      write(between.low, .comparison, as: between.lowType, to: &text)
      text += " AND "
      write(between.high, .comparison, as: between.highType, to: &text)
    case .isIn(let value, let list, as: let type):
      write(value, .comparison, as: type, to: &text)
      text += " \(not)IN "
      write(list: list, as: type, to: &text)
    case .isLike(let value, let pattern, let escape):
      write(value, .comparison, as: nil, to: &text)
      text += " \(not)LIKE "
      write(pattern, .comparison, as: nil, to: &text)
      if escape != "\\" {
        text += " ESCAPE "
        write(string: String(escape), to: &text)
      }
    case .matches(let value, let pattern):
      write(value, .comparison, as: nil, to: &text)
      text += " \(not)RLIKE "
      write(pattern, .comparison, as: nil, to: &text)
    case .isNull(let operand):
      write(operand, .comparison, as: nil, to: &text)
      text += " IS \(not)NULL"
    case .isTruth(let operand, let flag, as: let type):
      write(operand, .comparison, as: type, to: &text)
      text += " IS \(not)\(flag ? "TRUE" : "FALSE")"
    }
  }

  private func write(
    _ terms: [PredicateNode], _ word: String, _ level: Level, to text: inout String
  ) {
    for (index, term) in terms.enumerated() {
      if index > 0 { text += word }
      write(term, level, to: &text)
    }
  }

  func write(list: [PredicateNode], as type: ValueType?, to text: inout String) {
    text += "("
    for (index, element) in list.enumerated() {
      if index > 0 { text += ", " }
      write(element, as: type, to: &text)
    }
    text += ")"
  }
}
