/// CASE and the functions that choose among values, or ask for NULL.
extension PredicateFunction {
  static let choices = [
    coalesce,
    PredicateFunction("nvl", .list([.alternative, .alternative]), .common) { operands, _ in
      .call(coalesce, operands)
    },
    PredicateFunction("ifnull", .list([.alternative, .alternative]), .common) { operands, _ in
      .call(coalesce, operands)
    },
    PredicateFunction(
      "nvl2", .list([.anything, .alternative, .alternative]), .common
    ) { operands, _ in
      let isThere = PredicateNode(
        .test(.isNull(operands[0]), negated: true), .boolean, range: operands[0].range)
      return .call(caseWhen, [isThere, operands[1], operands[2]])
    },
    PredicateFunction("if", .list([.conditionOrNull, .alternative, .alternative]), .common) {
      operands, _ in
      let isTyped = operands[0].type == .boolean
      let condition =
        isTyped
        ? operands[0] : PredicateNode(.cast(operands[0]), .boolean, range: operands[0].range)
      return .call(caseWhen, [condition, operands[1], operands[2]])
    },
    PredicateFunction("isnull", .list([.anything]), .fixed(.boolean)) { operands, _ in
      .test(.isNull(operands[0]), negated: false)
    },
    PredicateFunction("isnotnull", .list([.anything]), .fixed(.boolean)) { operands, _ in
      .test(.isNull(operands[0]), negated: true)
    },
  ]

  /// The first of its values that is not NULL.
  static let coalesce = PredicateFunction(
    "coalesce", .each(.alternative, atLeast: 1), .common,
    compute: { $0.first { $0 != .null } ?? .null },
    duckDB: { call throws(PredicateDialectError) in
      var values: [String] = []
      for index in call.call.operands.indices { values.append(try call[index]) }
      return "coalesce(\(values.joined(separator: ", ")))"
    })

  /// `CASE WHEN condition THEN value ... ELSE value END`, NULL without ELSE, also written `if`.
  static let caseWhen = PredicateFunction(
    "CASE", .cases(hasOperand: false), .common, form: .cases(hasOperand: false),
    compute: { values in
      for index in stride(from: 0, to: values.count - 1, by: 2)
      where values[index] == .boolean(true) {
        return values[index + 1]
      }
      return values.count.isMultiple(of: 2) ? .null : values[values.count - 1]
    },
    duckDB: { call throws(PredicateDialectError) in
      let operands = call.call.operands
      var text = "(CASE"
      for index in stride(from: 0, to: operands.count - 1, by: 2) {
        text += " WHEN "
        try call.text.write(operands[index], .or, to: &text)
        text += " THEN \(try call[index + 1])"
      }
      if !operands.count.isMultiple(of: 2) { text += " ELSE \(try call[operands.count - 1])" }
      return text + " END)"
    })

  /// `CASE operand WHEN value THEN value ... END`, where each value is compared as by `=`.
  static let caseOf = PredicateFunction(
    "CASE of", .cases(hasOperand: true), .common, form: .cases(hasOperand: true),
    prepare: { call in
      let types = call.operands.indices.map { comparedType($0, of: call) }
      return { values in
        for index in stride(from: 1, to: values.count - 1, by: 2) {
          guard let type = types[index] else { continue }
          func cast(_ place: Int) -> PartitionValue {
            type == .double
              ? values[place]
              : values[place].cast(from: call.operands[place].type, to: type, today: call.today)
          }
          let comparison = ValueComparison(operation: .equal, type: type)
          if comparison.truth(cast(0), cast(index)) == .isTrue { return values[index + 1] }
        }
        return values.count.isMultiple(of: 2) ? values[values.count - 1] : .null
      }
    },
    duckDB: { call throws(PredicateDialectError) in
      let operands = call.call.operands
      var text = "(CASE"
      for index in stride(from: 1, to: operands.count - 1, by: 2) {
        guard let type = comparedType(index, of: call.call) else { continue }
        let (left, right) = (operands[0], operands[index])
        text += " WHEN \(try call.text.operand(left, as: type))"
        text += " = \(try call.text.operand(right, as: type)) THEN \(try call[index + 1])"
      }
      if operands.count.isMultiple(of: 2) { text += " ELSE \(try call[operands.count - 1])" }
      return text + " END)"
    })

  /// The type as which the operand of CASE is compared with what stands behind a WHEN.
  private static func comparedType(_ index: Int, of call: FunctionCall) -> ValueType? {
    Coercion.comparison(.equal, call.operands[0], call.operands[index])
  }
}
