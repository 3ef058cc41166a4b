extension PredicateNode {
  /// What is converted before it is compared, and what only looks like a quote.
  func conversions(_ outline: PredicateOutline) -> [PredicateFinding.Kind] {
    let keys = outline.predicate.keys
    var kinds: [PredicateFinding.Kind] = []
    switch kind {
    case .comparison(_, let left, let right, let type):
      kinds += [left, right].compactMap { $0.castKey(to: type, keys) }
      if case .comparison(_, _, let joined, _) = left.kind, case .call(.concat, _) = joined.kind,
        !outline.text(of: joined).exact.lowercased.begins(with: "concat")
      {
        kinds.append(.joinsTexts)
      }
    case .test(.isBetween(let between), _):
      if let kind = between.value.castKey(to: between.lowType, keys)
        ?? between.value.castKey(to: between.highType, keys)
      {
        kinds.append(kind)
      }
    case .test(.isIn(let value, let list, let type), _):
      if case .key(let index) = value.kind, type == .string, keys[index].type != .string,
        list.contains(where: { $0.type == .string })
      {
        kinds.append(.mixedList(key: keys[index].name, type: keys[index].type))
      }
    default: break
    }
    for child in children {
      if case .literal(.string(let text)) = child.kind,
        outline.text(of: child).contains(
          /''|""|['"]\s+['"]/.matchingSemantics(.unicodeScalar)), child.isSeveralStrings(outline)
      {
        kinds.append(
          .adjacentStrings(
            value: PartitionValue.string(text).literalText,
            isDoubledQuote: outline.text(of: child).contains(
              /''|""/.matchingSemantics(.unicodeScalar))))
      }
    }
    return kinds
  }

  /// A key whose values are cast in a way that can surprise: text to anything, anything to double.
  private func castKey(to type: ValueType, _ keys: [PartitionKey]) -> PredicateFinding.Kind? {
    guard case .key(let index) = kind else { return nil }
    let own = keys[index].type
    let surprises = own == .string && type != .string || type == .double
    return surprises ? .castsKey(key: keys[index].name, from: own, to: type) : nil
  }

  private func isSeveralStrings(_ outline: PredicateOutline) -> Bool {
    var lexer = PredicateLexer(outline.text(of: self))
    guard let first = try? lexer.next(), let second = try? lexer.next() else { return false }
    if case .string = first.kind, case .string = second.kind { return true }
    return false
  }
}
