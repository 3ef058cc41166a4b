/// A truth value of SQL's three-valued logic.
public enum Truth: String, Hashable, Sendable, CaseIterable {
  case isTrue = "TRUE"
  case isFalse = "FALSE"
  /// Unknown; a predicate that is NULL selects nothing.
  case isNull = "NULL"
}

extension Truth {
  /// The truth of a boolean value or NULL; nil for a value of another type.
  public init?(_ value: PartitionValue) {
    switch value {
    case .boolean(let flag): self = flag ? .isTrue : .isFalse
    case .null: self = .isNull
    default: return nil
    }
  }
}
