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

  // MARK: Conversions

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

  // MARK: Versions of Spark

  /// What Spark 4 understands in another way than Spark 3, or not at all.
  func versionDifferences(_ outline: PredicateOutline) -> [PredicateFinding.Kind] {
    var kinds: [PredicateFinding.Kind] = []
    if hasBang(outline) { kinds.append(.bang) }
    if case .cast(let operand) = kind, type == .int, operand.type == .timestamp {
      kinds.append(.castsInstant)
    }
    if cutsDecimals { kinds.append(.cutsDecimals) }
    return kinds
  }

  /// A known text that a function cannot read by its pattern.
  func unreadable(
    _ outline: PredicateOutline, _ table: PartitionTable
  ) -> [PredicateFinding.Kind] {
    guard case .call(let function, let operands) = kind, operands.count == 2,
      case .pattern(.reading) = function.parameters.parameter(1, of: 2),
      case .literal(.string(let pattern)) = operands[1].kind
    else { return [] }
    let evaluator = PredicateEvaluator(outline.predicate)
    let preparation = Preparation(today: evaluator.predicate.today)
    let text = preparation.cast(operands[0], to: .string)
    let value = preparation.evaluation(of: self)
    var (example, count) = (PartitionValue.null, 0)
    for row in 0..<min(table.count, Self.mostRows) {
      let values = table.values(at: row)
      let written = text(values)
      guard written != .null, value(values) == .null else { continue }
      if count == 0 { example = written }
      count += 1
    }
    if count == 0 { return [] }
    return [
      .unreadable(
        text: example.literalText, pattern: PartitionValue.string(pattern).literalText,
        partitions: count)
    ]
  }

  /// So many partitions are looked at.
  private static let mostRows = 100_000

  /// Whether `!` stands where the operators of Spark 3 take it for NOT.
  private func hasBang(_ outline: PredicateOutline) -> Bool {
    guard case .test(_, negated: true) = kind, let operand = children.first,
      operand.range.upperBound < range.upperBound
    else { return false }
    let bytes = Array(outline.source.utf8)[operand.range.upperBound..<range.upperBound]
    var lexer = PredicateLexer(String(decoding: bytes, as: UTF8.self))
    while let token = try? lexer.next() {
      switch token.kind {
      case .not: return true
      case .close, .keyword(.is): continue
      default: return false
      }
    }
    return false
  }

  /// Whether decimals are compared that need more digits than a decimal has.
  private var cutsDecimals: Bool {
    switch kind {
    case .comparison(_, let left, let right, _): Coercion.isCut(left, right)
    case .test(.isBetween(let between), _):
      Coercion.isCut(between.value, between.low) || Coercion.isCut(between.value, between.high)
    case .test(.isIn(let value, let list, .decimal), _): list.contains { Coercion.isCut(value, $0) }
    default: false
    }
  }
}
