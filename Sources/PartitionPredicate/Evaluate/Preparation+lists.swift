extension Preparation {
  /// IN: TRUE when an element equals the value, else NULL when the value or an element is NULL.
  func membership(
    _ value: PredicateNode, _ list: [PredicateNode], _ type: ValueType
  ) -> Condition {
    let value = cast(value, to: type)
    if let literals = literals(list, type) {
      let otherwise = literals.hasNull ? Truth.isNull : .isFalse
      return { values in
        let value = value(values)
        if value == .null { return .isNull }
        return literals.values.contains(value) ? .isTrue : otherwise
      }
    }
    let comparison = ValueComparison(operation: .equal, type: type)
    let elements = list.map { cast($0, to: type) }
    return { values in
      let value = value(values)
      var result = Truth.isFalse
      for element in elements {
        let truth = comparison.truth(value, element(values))
        if truth == .isTrue { return .isTrue }
        if truth == .isNull { result = .isNull }
      }
      return result
    }
  }

  /// The elements as a set, when all are literals and their type has values.
  private func literals(
    _ list: [PredicateNode], _ type: ValueType
  ) -> (values: Set<PartitionValue>, hasNull: Bool)? {
    guard type != .double else { return nil }
    var values: Set<PartitionValue> = []
    for element in list {
      guard case .literal = element.kind else { return nil }
      values.insert(literal(element, as: type))
    }
    let hasNull = values.remove(.null) != nil
    return (values, hasNull)
  }
}
