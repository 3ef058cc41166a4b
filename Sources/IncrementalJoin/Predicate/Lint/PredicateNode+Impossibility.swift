extension PredicateNode {
  /// Why a comparison cannot be TRUE for any partition, for a reason of type or spelling; nil when
  /// it can.
  func impossibility(
    _ outline: PredicateOutline, _ table: PartitionTable
  ) -> PredicateFinding.Kind? {
    let today = outline.predicate.today
    switch kind {
    case .comparison(.nullSafeEqual, _, _, _): return nil
    case .comparison(let comparison, let left, let right, let type):
      for (operand, other) in [(left, right), (right, left)] {
        if let kind = operand.noValue(as: type, outline, today) { return kind }
        if comparison == .equal, case .key(let index) = other.kind, type == .string,
          case .literal(.string(let text)) = operand.kind
        {
          return table.nearMiss(of: text, key: index)
        }
      }
      return nil
    case .isBetween(_, let low, let high, let asLow, let asHigh, false):
      if let kind = low.noValue(as: asLow, outline, today)
        ?? high.noValue(as: asHigh, outline, today)
      {
        return kind
      }
      guard asLow == asHigh, let from = low.constant(as: asLow),
        let to = high.constant(as: asHigh), to < from
      else { return nil }
      return .emptyRange(low: outline.text(of: low), high: outline.text(of: high))
    case .isIn(_, let list, _, true):
      return list.contains { $0.kind == .literal(.null) } ? .notInNull : nil
    case .isIn(let operand, let list, .string, false):
      guard case .key(let index) = operand.kind else { return nil }
      let texts = list.compactMap { node -> String? in
        if case .literal(.string(let text)) = node.kind { text } else { nil }
      }
      guard texts.count == list.count else { return nil }
      let misses = texts.map { table.nearMiss(of: $0, key: index) }
      return misses.contains(nil) ? nil : misses.first ?? nil
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

extension PartitionTable {
  /// The known value of a string key that a literal is nearly; nil when the literal is known itself.
  fileprivate func nearMiss(of literal: String, key: Int) -> PredicateFinding.Kind? {
    let values = columns[key].values
    guard keys[key].type == .string, !values.contains(.string(literal)) else { return nil }
    let near = values.firstIndex { value in
      if case .string(let text) = value { text.isNearly(literal) } else { false }
    }
    guard let near else { return nil }
    return .spelling(
      key: keys[key].name, literal: PartitionValue.string(literal).literalText,
      known: values[near].literalText,
      partitions: columns[key].codes.count { Int($0) == near })
  }
}

extension String {
  /// Whether two texts are the same number with other zeros, or the same but for case and blanks.
  fileprivate func isNearly(_ other: String) -> Bool {
    func bare(_ text: String) -> String { text.filter { !$0.isWhitespace }.lowercased() }
    if bare(self) == bare(other) { return true }
    return Int(self).map { $0 == Int(other) } ?? false
  }
}
