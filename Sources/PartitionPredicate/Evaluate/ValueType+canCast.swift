extension ValueType {
  /// Whether Spark's analyzer accepts `CAST(from AS to)` with ANSI mode off.
  ///
  /// Numbers and booleans are no dates, and nothing but NULL is cast to NULL; every other pair is
  /// accepted, although the value may become NULL.
  public static func canCast(from: ValueType, to: ValueType) -> Bool {
    switch (from, to) {
    case (.null, _): true
    case (_, .null): false
    case (.boolean, .date), (.int, .date), (.bigint, .date), (.decimal, .date), (.double, .date):
      false
    default: true
    }
  }
}
