import Wording

extension PredicateFunction {
  /// What a function takes.
  enum Parameters: Sendable {
    /// These, and perhaps the optional ones.
    case list([Parameter], optional: [Parameter] = [])
    /// Any number of one kind, but at least so many.
    case each(Parameter, atLeast: Int)
    /// The parts of CASE: a condition and a value again and again, and perhaps the value of ELSE; with
    /// an operand in front, values that are compared with it take the place of the conditions.
    case cases(hasOperand: Bool)
  }

  /// What may stand in one place of a call, and what it is cast to.
  enum Parameter: Sendable {
    /// What Spark casts to a type unasked.
    case value(ValueType)
    /// The days of date_add, of which Spark casts only integers.
    case days
    /// A text, a date or an instant, which stays what it is.
    case moment
    /// The same, and everything else as text.
    case momentOrText
    case condition
    /// A condition or the literal NULL.
    case conditionOrNull
    /// A value of the type that all such values of the call have in common.
    case alternative
    /// A value of any type, as it is.
    case anything
    /// An int or a bigint.
    case number
    /// A literal pattern of dates.
    case pattern(DatePattern.Purpose)
    /// A literal number of characters.
    case length
  }
}

extension PredicateFunction.Parameters {
  /// Whether so many arguments may be given.
  func accepts(_ count: Int) -> Bool {
    switch self {
    case .list(let required, let optional):
      (required.count...required.count + optional.count).contains(count)
    case .each(_, let least): count >= least
    case .cases(let hasOperand): count >= (hasOperand ? 3 : 2)
    }
  }

  /// The parameter of one of so many arguments.
  func parameter(_ index: Int, of count: Int) -> PredicateFunction.Parameter {
    switch self {
    case .list(let required, let optional):
      return (required + optional)[index]
    case .each(let parameter, _): return parameter
    case .cases(let hasOperand):
      let place = hasOperand ? index - 1 : index
      if place < 0 { return .anything }
      let isElse = index == count - 1 && place.isMultiple(of: 2)
      if isElse || !place.isMultiple(of: 2) { return .alternative }
      return hasOperand ? .anything : .condition
    }
  }

  /// How many arguments it takes, in words.
  var count: String {
    func arguments(_ count: Int) -> String {
      count == 0 ? "no arguments" : Quantity.count(count, "argument")
    }
    return switch self {
    case .list(let required, let optional) where optional.isEmpty: arguments(required.count)
    case .list(let required, let optional):
      "\(required.count) or \(arguments(required.count + optional.count))"
    case .each(_, let least): "at least \(arguments(least))"
    case .cases: "conditions and values"
    }
  }
}

extension PredicateFunction.Parameter {
  /// The type to which an operand is cast.
  ///
  /// - Parameters:
  ///   - operand: The operand's own type.
  ///   - result: The type of the call.
  /// - Returns: The type that the function is given.
  func type(of operand: ValueType, result: ValueType) -> ValueType {
    switch self {
    case .value(let type): type
    case .days, .length: .int
    case .moment, .anything: operand
    case .momentOrText: operand == .date || operand == .timestamp ? operand : .string
    case .condition, .conditionOrNull: .boolean
    case .alternative, .number: result
    case .pattern: .string
    }
  }

  /// What stands in the place, with its article.
  var noun: String {
    switch self {
    case .value(let type): type.noun
    case .days: "an int of days"
    case .moment, .momentOrText: "a string, a date or a timestamp"
    case .condition, .conditionOrNull: "a condition"
    case .alternative, .anything: "a value"
    case .number: "an int or a bigint"
    case .pattern: "a pattern such as 'yyyyMMdd' that is a literal"
    case .length: "a literal number of characters, of at most \(Self.greatestLength)"
    }
  }

  /// The greatest literal length that a text is padded to.
  static let greatestLength = 100_000
}
