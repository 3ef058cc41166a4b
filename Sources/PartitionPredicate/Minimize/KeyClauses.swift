extension ValueSet {
  /// The shortest clause that selects this set's values of a key: `=`, IN, BETWEEN, comparisons, and
  /// their complements.
  func node(_ index: Int, _ key: PartitionKey) -> PredicateNode {
    if isAll { return .constant(true) }
    if isEmpty { return .constant(false) }
    let clauses = KeyClauses(index, key)
    if hasAllButNull { return clauses.isNull(negated: true) }
    var terms: [PredicateNode] = []
    if !cuts.isEmpty {
      let listed = clauses.any(ranges, type)
      let excluded = clauses.allBut(self)
      let isShorter = PredicateNode.all(excluded).length < PredicateNode.any(listed).length
      terms = isShorter ? [.all(excluded)] : listed
    }
    if hasNull { terms.append(clauses.isNull(negated: false)) }
    return .any(terms)
  }
}

/// Writes clauses on one key, compared as the key's own type.
struct KeyClauses {
  private let operand: PredicateNode

  init(_ index: Int, _ key: PartitionKey) { operand = .key(index, key) }

  func isNull(negated: Bool) -> PredicateNode {
    PredicateNode(.test(.isNull(operand), negated: negated), .boolean)
  }

  func compare(_ comparison: ComparisonOperator, _ value: PartitionValue) -> PredicateNode {
    PredicateNode(
      .comparison(comparison, operand, .literal(value, operand.type), as: operand.type), .boolean)
  }

  func between(
    _ low: PartitionValue, _ high: PartitionValue, negated: Bool = false
  ) -> PredicateNode {
    let between = PredicateNode.Between(
      value: operand, low: .literal(low, operand.type), high: .literal(high, operand.type),
      lowType: operand.type, highType: operand.type)
    return PredicateNode(.test(.isBetween(between), negated: negated), .boolean)
  }

  /// `=` for one value, IN for more.
  func list(_ values: [PartitionValue], negated: Bool = false) -> PredicateNode {
    guard values.count > 1 else { return compare(negated ? .notEqual : .equal, values[0]) }
    let list = values.map { PredicateNode.literal($0, operand.type) }
    return PredicateNode(.test(.isIn(operand, list, as: operand.type), negated: negated), .boolean)
  }

  /// Clauses of which one selects the values of some range: runs first, then single values.
  func any(_ ranges: [(from: ValueCut, to: ValueCut)], _ type: KeyType) -> [PredicateNode] {
    var runs: [PredicateNode] = []
    var single: [PartitionValue] = []
    for range in ranges {
      if let values = Self.fewValues(range, type) {
        single += values
      } else {
        runs.append(.all(bounds(range, type)))
      }
    }
    return single.isEmpty ? runs : runs + [list(single)]
  }

  /// Clauses that together select every value between a set's ends but those in its gaps.
  func allBut(_ set: ValueSet) -> [PredicateNode] {
    guard let first = set.cuts.first, let last = set.cuts.last else { return [] }
    var terms = first == .start && last == .end ? [] : bounds((first, last), set.type)
    var single: [PartitionValue] = []
    for index in stride(from: 1, to: set.cuts.count - 1, by: 2) {
      let gap = (from: set.cuts[index], to: set.cuts[index + 1])
      if let values = Self.fewValues(gap, set.type) {
        single += values
      } else if let (low, high) = Self.closed(gap, set.type) {
        terms.append(between(low, high, negated: true))
      } else {
        return [.any(any(set.ranges, set.type))]
      }
    }
    if !single.isEmpty { terms.append(list(single, negated: true)) }
    return terms
  }

  /// One or two clauses that bound a range.
  private func bounds(_ range: (from: ValueCut, to: ValueCut), _ type: KeyType) -> [PredicateNode] {
    if let (low, high) = Self.closed(range, type) { return [between(low, high)] }
    var terms: [PredicateNode] = []
    switch range.from {
    case .before(let value): terms.append(compare(.greaterOrEqual, value))
    case .after(let value): terms.append(compare(.greater, value))
    case .start, .end: break
    }
    switch range.to {
    case .after(let value): terms.append(compare(.lessOrEqual, value))
    case .before(let value):
      if type.isCounted, let last = value.predecessor(type) {
        terms.append(compare(.lessOrEqual, last))
      } else {
        terms.append(compare(.less, value))
      }
    case .start, .end: break
    }
    return terms
  }

  /// The first and the last value of a range that has both.
  private static func closed(
    _ range: (from: ValueCut, to: ValueCut), _ type: KeyType
  ) -> (PartitionValue, PartitionValue)? {
    guard case .before(let low) = range.from else { return nil }
    switch range.to {
    case .after(let high): return (low, high)
    case .before(let high): return high.predecessor(type).map { (low, $0) }
    case .start, .end: return nil
    }
  }

  /// The values of a range that has one or two; nil when it has more.
  private static func fewValues(
    _ range: (from: ValueCut, to: ValueCut), _ type: KeyType
  ) -> [PartitionValue]? {
    if type == .boolean {
      return [.boolean(false), .boolean(true)].filter {
        range.from <= ValueCut.before($0).normalized(type)
          && ValueCut.after($0).normalized(type) <= range.to
      }
    }
    guard let (low, high) = closed(range, type) else { return nil }
    if low == high { return [low] }
    return low.successor(type) == high ? [low, high] : nil
  }
}
