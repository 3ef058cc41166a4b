/// Writes any predicate as Spark SQL, with exactly the parentheses that its tree needs.
///
/// Parsing the text again gives the same tree, but for literals that Spark cannot spell in their
/// type, which get the CAST that gives them the type.
public struct SparkPrinter: Sendable {
  /// Creates a printer.
  public init() {}

  /// The predicate as Spark SQL, as `push_down_predicate` and `where` take it.
  public func text(_ predicate: PushdownPredicate) -> String {
    text(of: predicate.root, keys: predicate.keys)
  }

  /// A part of a predicate as Spark SQL.
  public func text(of node: PredicateNode, keys: [PartitionKey]) -> String {
    var text = ""
    SparkText(keys: keys).write(node, to: &text)
    return text
  }
}

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

  // MARK: Calls

  /// Writes a call in the form that Spark has for it.
  func write(
    _ function: PredicateFunction, _ operands: [PredicateNode], to text: inout String
  ) {
    switch function.form {
    case .call:
      text += function.name
      write(list: operands, as: nil, to: &text)
    case .infix(let level):
      // From the left: on the right what binds as tightly needs parentheses.
      write(operands[0], level, as: nil, to: &text)
      text += " \(function.name) "
      write(operands[1], level == .sum ? .product : .primary, as: nil, to: &text)
    case .cases(let hasOperand): write(cases: operands, hasOperand: hasOperand, to: &text)
    case .interval:
      write(operands[0], .sum, as: nil, to: &text)
      text += " + INTERVAL "
      guard case .literal(.integer(let number)) = operands[1].kind else { return }
      let (count, unit) =
        function == .plusMonths
        ? ("\(number)", "MONTH") : Self.length(number, isDate: operands[0].type == .date)
      text += "'\(count)' \(unit)"
    }
  }

  private func write(
    cases operands: [PredicateNode], hasOperand: Bool, to text: inout String
  ) {
    var index = 0
    text += "CASE"
    func write(_ word: String) {
      text += " \(word) "
      self.write(operands[index], .or, as: nil, to: &text)
      index += 1
    }
    if hasOperand {
      text += " "
      self.write(operands[0], .or, as: nil, to: &text)
      index = 1
    }
    while index + 1 < operands.count {
      write("WHEN")
      write("THEN")
    }
    if index < operands.count { write("ELSE") }
    text += " END"
  }

  /// The greatest unit of which an interval is a whole number; beside a date days would leave it a date.
  private static func length(_ microseconds: Int64, isDate: Bool) -> (String, String) {
    let units: [(String, Int64)] =
      (isDate ? [] : [("DAY", CivilDate.microsecondsADay)])
      + [
        ("HOUR", 3_600_000_000), ("MINUTE", 60_000_000), ("SECOND", 1_000_000),
        ("MILLISECOND", 1000),
      ]
    let unit = units.first { microseconds.isMultiple(of: $0.1) }
    return unit.map { ("\(microseconds / $0.1)", $0.0) } ?? ("\(microseconds)", "MICROSECOND")
  }
}
