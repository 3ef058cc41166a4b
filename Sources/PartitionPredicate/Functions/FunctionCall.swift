/// A call with the types to which its operands are cast: what a function needs to prepare itself.
struct FunctionCall: Sendable {
  let operands: [PredicateNode]
  /// The types to which the operands are cast.
  let types: [ValueType]
  /// The type of the call.
  let type: ValueType
  /// What `current_date` means, in days since 1970-01-01.
  let today: Int

  init(
    _ function: PredicateFunction, _ operands: [PredicateNode], _ type: ValueType, today: Int
  ) {
    self.operands = operands
    self.type = type
    self.today = today
    types = operands.enumerated().map { index, operand in
      function.parameters.parameter(index, of: operands.count)
        .type(of: operand.type, result: type)
    }
  }

  /// The text of a literal operand; nil for NULL, and for what is no text.
  func literal(_ index: Int) -> String? {
    guard case .literal(.string(let text)) = operands[index].kind else { return nil }
    return text
  }
}

/// A call that is written as DuckDB SQL.
struct DuckDBCall {
  let text: DuckDBText
  let node: PredicateNode
  let call: FunctionCall

  /// An operand as a primary expression of the type to which it is cast.
  subscript(index: Int) -> String {
    get throws(PredicateDialectError) {
      try text.operand(call.operands[index], as: call.types[index])
    }
  }

  /// The value of an operand that depends on no key, cast to its parameter's type; nil for others.
  func constant(_ index: Int) -> PartitionValue? {
    let operand = call.operands[index]
    guard operand.isConstant else { return nil }
    return text.evaluator.value(of: operand, [])
      .cast(from: operand.type, to: call.types[index], today: call.today)
  }

  /// NULL of the call's type.
  var null: String { text.literal(.null, call.type) }
}

extension Preparation {
  /// A function of its operands, each cast to the type of its parameter.
  func call(
    _ function: PredicateFunction, _ operands: [PredicateNode], _ type: ValueType
  ) -> Evaluation {
    guard case .computed(let prepare, _) = function.meaning else { return { _ in .null } }
    let call = FunctionCall(function, operands, type, today: today)
    let compute = prepare(call)
    let values = zip(operands, call.types).map { cast($0, to: $1) }
    return { row in compute(values.map { $0(row) }) }
  }
}

extension DuckDBText {
  /// A call as a primary expression.
  func call(
    _ function: PredicateFunction, _ operands: [PredicateNode], _ node: PredicateNode
  ) throws(PredicateDialectError) -> String {
    guard case .computed(_, let write) = function.meaning else { throw refusal(.noLiteral, node) }
    let call = FunctionCall(function, operands, node.type, today: predicate.today)
    return try write(DuckDBCall(text: self, node: node, call: call))
  }
}
