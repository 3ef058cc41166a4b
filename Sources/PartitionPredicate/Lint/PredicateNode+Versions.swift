extension PredicateNode {
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
