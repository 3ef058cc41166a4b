extension SparkText {
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
