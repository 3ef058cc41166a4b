/// The types as which Spark 3.5 compares values of different types, without ANSI mode.
enum Coercion {
  /// The type of a comparison: `TypeCoercion`'s PromoteStrings and ImplicitTypeCasts, BooleanEquality
  /// and DecimalPrecision; nil when Spark refuses it.
  static func comparison(
    _ comparison: ComparisonOperator, _ leftNode: PredicateNode, _ rightNode: PredicateNode
  ) -> ValueType? {
    let left = operandType(leftNode, beside: rightNode.type)
    let right = operandType(rightNode, beside: leftNode.type)
    return switch comparison {
    case .equal, .notEqual, .nullSafeEqual:
      isTruth(leftNode, beside: right) || isTruth(rightNode, beside: left)
        ? .boolean : equality(left, right)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: order(left, right)
    }
  }

  /// The type of `=`, `!=` and `<=>`, which also compare booleans with numbers.
  static func equality(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch (left, right) {
    case (.boolean, .int), (.boolean, .bigint), (.boolean, .decimal): right
    case (.int, .boolean), (.bigint, .boolean), (.decimal, .boolean): left
    default: order(left, right)
    }
  }

  /// An order between an integer and a decimal literal that is not decided by a cast to their common
  /// type, as in `DecimalPrecision`'s integralAndDecimalLiteral; nil for every other comparison.
  ///
  /// A literal beyond every bigint decides alone, even where the integer is NULL. One with so many
  /// decimal places that the common type would be too small for integers is rounded to a bigint.
  static func order(
    _ comparison: ComparisonOperator, _ left: PredicateNode, _ right: PredicateNode
  ) -> PredicateNode.Kind? {
    let isLeft = left.type == .int || left.type == .bigint
    guard isLeft || right.type == .int || right.type == .bigint,
      case .literal(.decimal(let unscaled, let scale)) = (isLeft ? right : left).kind,
      let unit = Cast.powerOfTen(scale)
    else { return nil }
    let upwards: Bool
    switch comparison {
    case .less, .greaterOrEqual: upwards = isLeft
    case .lessOrEqual, .greater: upwards = !isLeft
    case .equal, .notEqual, .nullSafeEqual: return nil
    }
    if let side = sideOfBigints(isLeft ? right : left) {
      let isLess = isLeft == (side > 0)
      return .literal(.boolean(isLess == (comparison == .less || comparison == .lessOrEqual)))
    }
    let (integer, decimal) = isLeft ? (left, right) : (right, left)
    guard (integer.type == .int ? 10 : 20) + scale > 38 else { return nil }
    let (whole, fraction) = unscaled.quotientAndRemainder(dividingBy: unit)
    let step: Int128 = upwards ? (fraction > 0 ? 1 : 0) : (fraction < 0 ? -1 : 0)
    let rounded = PredicateNode(
      .literal(.integer(Int64(whole + step))), .bigint, range: decimal.range)
    return isLeft
      ? .comparison(comparison, integer, rounded, as: .bigint)
      : .comparison(comparison, rounded, integer, as: .bigint)
  }

  /// 1 for a decimal literal above every bigint, -1 for one below; nil for all others.
  private static func sideOfBigints(_ node: PredicateNode) -> Int? {
    guard case .literal(.decimal(let unscaled, let scale)) = node.kind,
      let unit = Cast.powerOfTen(scale)
    else { return nil }
    let (whole, fraction) = unscaled.quotientAndRemainder(dividingBy: unit)
    let (greatest, least) = (Int128(Int64.max), Int128(Int64.min))
    if whole > greatest || (whole == greatest && fraction > 0) { return 1 }
    return whole < least || (whole == least && fraction < 0) ? -1 : nil
  }

  /// Whether it is a literal 0 or 1 beside a boolean, which stands for FALSE or TRUE even where its
  /// type cannot hold a 1, such as that of 0.00.
  private static func isTruth(_ node: PredicateNode, beside other: ValueType) -> Bool {
    guard other == .boolean, case .literal(.decimal(let unscaled, let scale)) = node.kind else {
      return false
    }
    return unscaled == 0 || Cast.powerOfTen(scale) == unscaled
  }

  /// The type of `<` and its like.
  private static func order(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch (left, right) {
    case (.string, .string): .string
    case (.string, .decimal), (.decimal, .string): .double
    case (.string, .null), (.null, .string): .string
    case (.string, let other), (let other, .string): other
    default: tightest(left, right)
    }
  }

  /// Whether Spark casts a function's argument to the type of its parameter unasked, as
  /// `TypeCoercion.implicitCast`.
  static func accepts(_ type: ValueType, as parameter: ValueType) -> Bool {
    switch (type, parameter) {
    case (.null, _), (_, .string), (.string, _), (.date, .timestamp), (.timestamp, .date): true
    default: type == parameter || (decimal(type) != nil && decimal(parameter) != nil)
    }
  }

  /// The type of IN: as `findWiderCommonType`, where a string makes strings of all but booleans.
  static func wider(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch (left, right) {
    case (.string, .boolean), (.boolean, .string): nil
    case (.string, _), (_, .string): .string
    default: tightest(left, right)
    }
  }

  /// The common type of two that are no strings.
  private static func tightest(_ left: ValueType, _ right: ValueType) -> ValueType? {
    if left == right { return left }
    switch (left, right) {
    case (.null, let other), (let other, .null): return other
    case (.int, .bigint), (.bigint, .int): return .bigint
    case (.date, .timestamp), (.timestamp, .date): return .timestamp
    default:
      guard let (precision, scale) = decimal(left),
        let (otherPrecision, otherScale) = decimal(right)
      else { return nil }
      // DecimalPrecision.widerDecimalType
      let widerScale = max(scale, otherScale)
      let digits = max(precision - scale, otherPrecision - otherScale)
      return .decimal(precision: min(digits + widerScale, 38), scale: min(widerScale, 38))
    }
  }

  /// Whether two decimals have no common type with room for all their digits; a literal takes the digits
  /// that it has.
  static func isCut(_ left: PredicateNode, _ right: PredicateNode) -> Bool {
    let types = [operandType(left, beside: right.type), operandType(right, beside: left.type)]
    guard types.contains(where: { if case .decimal = $0 { true } else { false } }),
      let (precision, scale) = decimal(types[0]),
      let (otherPrecision, otherScale) = decimal(types[1])
    else { return false }
    return max(precision - scale, otherPrecision - otherScale) + max(scale, otherScale) > 38
  }

  private static func decimal(_ type: ValueType) -> (precision: Int, scale: Int)? {
    switch type {
    case .decimal(let precision, let scale): (precision, scale)
    case .int: (10, 0)
    case .bigint: (20, 0)
    default: nil
    }
  }

  /// The type of an operand; a literal integer beside a decimal has as many digits as it has.
  private static func operandType(_ node: PredicateNode, beside other: ValueType) -> ValueType {
    guard case .decimal = other, case .literal(.integer(let number)) = node.kind else {
      return node.type
    }
    return .decimal(precision: String(number.magnitude).utf8.count, scale: 0)
  }
}
