/// A comparison as one type: both operands are cast to it, then compared.
struct ValueComparison: Sendable {
  let operation: ComparisonOperator
  /// The type as which the operands compare.
  let type: ValueType

  /// The truth of the comparison for two values already cast to the type.
  ///
  /// `.double` is the one type that values cannot be cast to; they become doubles here.
  func truth(_ left: PartitionValue, _ right: PartitionValue) -> Truth {
    if type == .double { return truth(Cast.double(left), Cast.double(right)) }
    let isNull = left == .null || right == .null
    if isNull {
      return operation == .nullSafeEqual ? Truth(left == right) : .isNull
    }
    return switch operation {
    case .equal, .nullSafeEqual: Truth(left == right)
    case .notEqual: Truth(left != right)
    case .less: Truth(left < right)
    case .lessOrEqual: Truth(!(right < left))
    case .greater: Truth(right < left)
    case .greaterOrEqual: Truth(!(left < right))
    }
  }

  /// Doubles in Spark's order: NaN equals NaN and is the greatest.
  private func truth(_ left: Double?, _ right: Double?) -> Truth {
    guard let left, let right else {
      return operation == .nullSafeEqual ? Truth(left == nil && right == nil) : .isNull
    }
    let isEqual = left == right || (left.isNaN && right.isNaN)
    let isLess = left < right || (right.isNaN && !left.isNaN)
    return switch operation {
    case .equal, .nullSafeEqual: Truth(isEqual)
    case .notEqual: Truth(!isEqual)
    case .less: Truth(isLess)
    case .lessOrEqual: Truth(isLess || isEqual)
    case .greater: Truth(!isLess && !isEqual)
    case .greaterOrEqual: Truth(!isLess)
    }
  }
}
