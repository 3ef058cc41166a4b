extension PredicateNode {
  /// Why a comparison cannot be TRUE for any partition, for a reason of type or spelling.
  ///
  /// - Parameters:
  ///   - outline: The predicate.
  ///   - spellings: The known values of the keys that are strings, by their index.
  /// - Returns: The finding; nil when some partition could make it TRUE.
  func impossibility(
    _ outline: PredicateOutline, _ spellings: [Int: KnownSpellings]
  ) -> PredicateFinding.Kind? {
    let keys = outline.predicate.keys
    let today = outline.predicate.today
    switch kind {
    case .comparison(.nullSafeEqual, _, _, _): return nil
    case .comparison(let comparison, let left, let right, let type):
      for (operand, other) in [(left, right), (right, left)] {
        if let kind = operand.noValue(as: type, outline, today) { return kind }
        if comparison == .equal, case .key(let index) = other.kind, type == .string,
          case .literal(.string(let text)) = operand.kind
        {
          return spellings[index]?.nearMiss(of: text, key: keys[index])
        }
      }
      return nil
    case .test(.isBetween(let between), negated: false):
      if let kind = between.low.noValue(as: between.lowType, outline, today)
        ?? between.high.noValue(as: between.highType, outline, today)
      {
        return kind
      }
      guard let type = between.sharedType, let from = between.low.constant(as: type),
        let to = between.high.constant(as: type), to < from
      else { return nil }
      return .emptyRange(low: outline.text(of: between.low), high: outline.text(of: between.high))
    case .test(.isIn(_, let list, _), negated: true):
      return list.contains { $0.kind == .literal(.null) } ? .notInNull : nil
    case .test(.isIn(let operand, let list, .string), negated: false):
      guard case .key(let index) = operand.kind else { return nil }
      for node in list {
        if case .literal(.string(let text)) = node.kind,
          let miss = spellings[index]?.nearMiss(of: text, key: keys[index])
        {
          return miss
        }
      }
      return nil
    default: return nil
    }
  }

  /// A literal that is NULL, or becomes it as the type that it is compared as.
  private func noValue(
    as type: ValueType, _ outline: PredicateOutline, _ today: Int
  ) -> PredicateFinding.Kind? {
    guard case .literal(let value) = kind else { return nil }
    if value == .null { return .comparesNull }
    let isNumber = type == .double && Cast.double(value) != nil
    if isNumber || type != .double && value.cast(from: self.type, to: type, today: today) != .null {
      return nil
    }
    return .literalIsNoValue(literal: outline.text(of: self), type: type)
  }
}
