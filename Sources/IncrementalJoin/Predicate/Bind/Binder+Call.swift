extension Binder {
  /// A call whose arguments Spark would accept; the evaluation casts them to the parameters' types.
  func call(
    _ function: PredicateFunction, _ arguments: [PredicateSyntax], _ range: Range<Int>
  ) throws(PushdownPredicateError) -> PredicateNode {
    var operands: [PredicateNode] = []
    for argument in arguments { operands.append(try expression(argument)) }
    for (index, operand) in operands.enumerated() {
      try check(operand, at: index, of: function)
    }
    for (operand, type) in zip(operands, function.parameters) {
      try checkWord(operand, as: type)
    }
    return PredicateNode(.call(function, operands), function.resultType, range: range)
  }

  private func check(
    _ operand: PredicateNode, at index: Int, of function: PredicateFunction
  ) throws(PushdownPredicateError) {
    switch (function, index) {
    case (.dateTrunc, 0): return  // Spark casts whatever it is to a string.
    case (.dateAdd, 1), (.dateSub, 1):
      if operand.type == .int || operand.type == .null { return }
      if case .literal(.string(let text)) = operand.kind {
        if Int32(text.filter { !$0.isWhitespace }) != nil { return }
        throw error(.daysNotInteger(text), operand)
      }
    default:
      switch operand.type {
      case .date, .timestamp, .string, .null: return
      default: break
      }
    }
    throw error(.argumentType(function, index: index, operand.type), operand)
  }
}

extension PredicateFunction {
  /// The type of what it computes.
  var resultType: ValueType {
    switch self {
    case .currentDate, .dateAdd, .dateSub: .date
    case .dateTrunc: .timestamp
    case .day, .month, .year: .int
    }
  }
}
