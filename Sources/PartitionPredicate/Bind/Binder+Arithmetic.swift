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
