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
