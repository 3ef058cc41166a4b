extension Preparation {
  /// A function, its operands cast to the types of its parameters; NULL when one of them is NULL.
  func call(_ function: PredicateFunction, _ operands: [PredicateNode]) -> Evaluation {
    let (today, parameters) = (today, function.parameters)
    let operands = zip(operands, parameters).map { cast($0, to: $1) }
    guard operands.count == parameters.count else { return { _ in .null } }
    return { values in
      let operands = operands.map { $0(values) }
      switch function {
      case .currentDate: return .date(days: today)
      case .year, .month, .day:
        guard case .date(let days) = operands[0] else { return .null }
        let date = CivilDate(daysSinceEpoch: days)
        let part = function == .year ? date.year : function == .month ? date.month : date.day
        return .integer(Int64(part))
      case .dateAdd, .dateSub:
        guard case .date(let days) = operands[0], case .integer(let number) = operands[1] else {
          return .null
        }
        // Beyond 32 bits Spark's days wrap.
        let sum = function == .dateAdd ? days + Int(number) : days - Int(number)
        return .date(days: Int(Int32(truncatingIfNeeded: sum)))
      case .dateTrunc:
        guard case .string(let word) = operands[0], let unit = TruncationUnit(word),
          case .timestamp(let microseconds) = operands[1]
        else { return .null }
        return unit.truncated(microseconds).map { .timestamp(microseconds: $0) } ?? .null
      }
    }
  }
}

extension PredicateFunction {
  /// The types to which the operands are cast.
  var parameters: [ValueType] {
    switch self {
    case .currentDate: []
    case .year, .month, .day: [.date]
    case .dateAdd, .dateSub: [.date, .int]
    case .dateTrunc: [.string, .timestamp]
    }
  }
}
