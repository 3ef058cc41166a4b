/// A number as it is written, without its sign.
struct PredicateNumber: Equatable, Sendable {
  /// What the letters after the digits ask for.
  enum Suffix: Sendable {
    case none
    /// `L`
    case bigint
    /// `BD`
    case decimal
  }

  /// The digits without the point.
  let digits: Substring
  /// The digits after the point; nil when there is no point.
  let scale: Int?
  let suffix: Suffix

  /// The literal's value and type, as Spark chooses them: int if it fits, else bigint, else decimal
  /// with as many digits as are written.
  ///
  /// - Returns: nil when the type cannot hold the number.
  func literal(negative: Bool) -> (value: PartitionValue, type: ValueType)? {
    let sign = negative ? "-" : ""
    if scale == nil, suffix != .decimal, let number = Int64(sign + digits) {
      let type: ValueType = suffix == .none && Int32(exactly: number) != nil ? .int : .bigint
      return (.integer(number), type)
    }
    let significant = digits.drop { $0 == "0" }
    let scale = scale ?? 0
    let precision = max(significant.utf8.count, scale, 1)
    guard suffix != .bigint, precision <= 38,
      let unscaled = Int128(sign + (significant.isEmpty ? "0" : significant))
    else { return nil }
    return (
      .decimal(unscaled: unscaled, scale: scale), .decimal(precision: precision, scale: scale)
    )
  }
}
