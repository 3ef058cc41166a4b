/// A comparison of two values; NULL on either side gives NULL, but for `<=>`.
public enum ComparisonOperator: String, Hashable, Sendable, CaseIterable {
  case equal = "="
  /// Also written `<>`.
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  /// Equality in which NULL equals NULL; never NULL itself.
  case nullSafeEqual = "<=>"
}
