extension Binder {
  /// A call whose arguments Spark would accept; the evaluation casts them to the parameters' types.
  func call(
    _ function: PredicateFunction, _ arguments: [PredicateSyntax], _ range: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateNode {
    if case .infix = function.form {
      return try arithmetic(function, arguments[0], arguments[1], range)
    }
    return try call(function, try arguments.map(expression), range)
  }

  /// A call of bound operands.
  func call(
    _ function: PredicateFunction, _ operands: [PredicateNode], _ range: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateNode {
    for (index, operand) in operands.enumerated() {
      let parameter = function.parameters.parameter(index, of: operands.count)
      try check(operand, at: index, of: function, parameter)
    }
    if function == .caseOf { try checkComparisons(operands) }
    let type = try resultType(function, operands)
    switch function.meaning {
    case .computed:
      let types = FunctionCall(function, operands, type, today: today).types
      for (operand, type) in zip(operands, types) { try checkWord(operand, as: type) }
      return PredicateNode(.call(function, operands), type, range: range)
    case .written(let kind):
      let node = PredicateNode(kind(operands, type), type, range: range)
      if case .cast(let operand) = node.kind { try checkWord(operand, as: type) }
      return node
    }
  }

  private func check(
    _ operand: PredicateNode, at index: Int, of function: PredicateFunction,
    _ parameter: PredicateFunction.Parameter
  ) throws(PushdownPredicateError) {
    let type = operand.type
    let isAccepted: Bool
    switch parameter {
    case .value(let wanted): isAccepted = Coercion.accepts(type, as: wanted)
    case .days:
      if case .literal(.string(let text)) = operand.kind {
        let bare = String(text.unicodeScalars.filter { !$0.properties.isWhitespace })
        if Int32(bare) != nil { return }
        throw error(.daysNotInteger(text), operand)
      }
      isAccepted = type == .int || type == .null
    case .moment: isAccepted = [.string, .date, .timestamp, .null].contains(type)
    case .condition: isAccepted = type == .boolean
    case .conditionOrNull: isAccepted = type == .boolean || type == .null
    case .number: isAccepted = [.int, .bigint, .null].contains(type)
    case .momentOrText, .alternative, .anything: isAccepted = true
    case .length:
      switch operand.kind {
      case .literal(.integer(let number)):
        isAccepted = type == .int && number <= PredicateFunction.Parameter.greatestLength
      case .literal(.null): isAccepted = true
      default: isAccepted = false
      }
    case .pattern(let purpose):
      switch operand.kind {
      case .literal(.string(let text)):
        do throws(DatePattern.Problem) {
          _ = try DatePattern(text, for: purpose)
        } catch { throw self.error(.invalidDatePattern(function, error.reason(purpose)), operand) }
        isAccepted = true
      case .literal(.null): isAccepted = true
      default: isAccepted = false
      }
    }
    if !isAccepted { throw error(.argumentType(function, index: index, type), operand) }
  }

  private func resultType(
    _ function: PredicateFunction, _ operands: [PredicateNode]
  ) throws(PushdownPredicateError) -> ValueType {
    switch function.result {
    case .fixed(let type): return type
    case .number: return operands.contains { $0.type == .bigint } ? .bigint : .int
    case .common:
      let alternatives = operands.enumerated().filter { index, _ in
        function.parameters.parameter(index, of: operands.count).isAlternative
      }.map(\.element)
      // As for IN, the strings come first.
      var type = alternatives.contains { $0.type == .string } ? ValueType.string : .null
      for alternative in alternatives {
        guard let wider = Coercion.wider(type, alternative.type) else {
          throw error(.mixedAlternatives(function, type, alternative.type), alternative)
        }
        type = wider
      }
      return type
    }
  }

  /// Checks that the operand of CASE can be compared with what stands behind each WHEN.
  private func checkComparisons(_ operands: [PredicateNode]) throws(PushdownPredicateError) {
    for index in stride(from: 1, to: operands.count - 1, by: 2) {
      let (left, right) = (operands[0], operands[index])
      guard let type = Coercion.comparison(.equal, left, right) else {
        throw error(.incomparable("CASE", left.type, right.type), right)
      }
      try checkWord(left, as: type)
      try checkWord(right, as: type)
    }
  }
}

extension PredicateFunction.Parameter {
  fileprivate var isAlternative: Bool {
    if case .alternative = self { return true }
    return false
  }
}

extension Binder {
  /// A sum, difference or product; of dates with days or an interval also the date that is meant.
  func arithmetic(
    _ function: PredicateFunction, _ left: PredicateSyntax, _ right: PredicateSyntax,
    _ range: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateNode {
    switch (left.kind, right.kind) {
    case (.interval, .interval): throw error(.misplacedInterval(nil), range)
    case (_, .interval(let interval)) where function == .plus || function == .minus:
      let moment = try expression(left)
      return try moved(moment, by: function == .plus ? interval : interval.negated, range)
    case (.interval(let interval), _) where function == .plus:
      return try moved(try expression(right), by: interval, range)
    default: break
    }
    let (left, right) = (try expression(left), try expression(right))
    let isNumber = [left, right].map { [.int, .bigint, .null].contains($0.type) }
    switch (left.type, right.type) {
    case (.date, .int) where function == .plus, (.date, .null) where function == .plus:
      return PredicateNode(.call(.dateAdd, [left, right]), .date, range: range)
    case (.int, .date) where function == .plus, (.null, .date) where function == .plus:
      return PredicateNode(.call(.dateAdd, [right, left]), .date, range: range)
    case (.date, .int) where function == .minus, (.date, .null) where function == .minus:
      return PredicateNode(.call(.dateSub, [left, right]), .date, range: range)
    case _ where isNumber == [true, true] && (left.type != .null || right.type != .null):
      return try call(function, [left, right], range)
    default: throw error(.arithmetic(function, left.type, right.type), range)
    }
  }

  /// A date or an instant and an interval: days and months leave a date a date.
  ///
  /// Of a text Spark makes an instant, and of the sum a text again.
  private func moved(
    _ moment: PredicateNode, by interval: PredicateInterval, _ range: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateNode {
    func number(_ number: Int, _ type: ValueType) -> PredicateNode {
      PredicateNode(.literal(.integer(Int64(number))), type, range: moment.range)
    }
    let kind: PredicateNode.Kind
    switch (moment.type, interval) {
    case (.date, .months(let months)): kind = .call(.addMonths, [moment, number(months, .int)])
    case (.date, .days(let days)): kind = .call(.dateAdd, [moment, number(days, .int)])
    case (.timestamp, .months(let months)):
      kind = .call(.plusMonths, [moment, number(months, .int)])
    case (.date, .microseconds), (.timestamp, .days), (.timestamp, .microseconds):
      kind = .call(.plusTime, [moment, number(Int(interval.microseconds), .bigint)])
    case (.string, .days), (.string, .microseconds):
      try checkWord(moment, as: .timestamp)
      let instant = PredicateNode(.cast(moment), .timestamp, range: moment.range)
      let sum = try moved(instant, by: interval, range)
      return PredicateNode(.cast(sum), .string, range: range)
    default: throw error(.misplacedInterval(moment.type), moment)
    }
    let isDate = moment.type == .date && interval.keepsDates
    return PredicateNode(kind, isDate ? .date : .timestamp, range: range)
  }
}

extension PredicateInterval {
  fileprivate var keepsDates: Bool {
    if case .microseconds = self { return false }
    return true
  }
}
