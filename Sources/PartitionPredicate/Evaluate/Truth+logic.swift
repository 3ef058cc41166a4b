extension Truth {
  /// TRUE or FALSE.
  init(_ flag: Bool) { self = flag ? .isTrue : .isFalse }

  /// NOT, which leaves NULL.
  var negated: Truth {
    switch self {
    case .isTrue: .isFalse
    case .isFalse: .isTrue
    case .isNull: .isNull
    }
  }

  /// The boolean value, or NULL.
  var value: PartitionValue {
    switch self {
    case .isTrue: .boolean(true)
    case .isFalse: .boolean(false)
    case .isNull: .null
    }
  }
}
