package import PartitionPredicate

/// Decides by the first values of partitions whether any of them can belong to a scope, and by all values whether
/// one does.
///
/// So a folder `year=2013` is refused as a whole where all of 2013 is.
package struct PrefixFilter: Sendable {
  /// One for each number of first values.
  private let depths: [@Sendable ([PartitionValue]) -> Bool]

  /// Prepares the decisions for a table; nil for a scope that leaves nothing out.
  package init?(_ scope: PartitionScope, of table: TableDefinition) {
    let counts = 0...table.keys.count
    switch scope {
    case .all, .watched: return nil
    case .selected(let predicate):
      depths = counts.map { Self.decision(by: predicate, table, first: $0) }
    case .spans(let scope): depths = counts.map { Self.decision(by: scope, table, first: $0) }
    }
  }

  /// Whether a partition with these first values can belong to the scope, or, with all of them, does.
  package func admits(_ values: [PartitionValue]) -> Bool { depths[values.count](values) }

  private static func decision(
    by predicate: PushdownPredicate, _ table: TableDefinition, first count: Int
  ) -> @Sendable ([PartitionValue]) -> Bool {
    let keys = table.keys
    guard predicate.keys == keys else {
      let evaluator = PredicateEvaluator(predicate)
      return {
        $0.count < keys.count || evaluator.selects(Partition(keys: keys, values: $0))
      }
    }
    let evaluator = PredicateEvaluator(predicate.projected(onto: Set(0..<count)))
    return { evaluator.truth($0) == .isTrue }
  }

  private static func decision(
    by scope: SpanScope, _ table: TableDefinition, first count: Int
  ) -> @Sendable ([PartitionValue]) -> Bool {
    let compared = scope.compared.filter { $0 < count }
    let ranges = scope.ranges(byFirst: compared.count)
    let keys = Array(table.keys.prefix(count))
    let time = count == table.keys.count ? table.time : table.time?.leading(count)
    return { values in
      guard let ranges = ranges[compared.map { values[$0] }] else { return false }
      // A value that names no time is a problem of the listing, and must be found.
      guard let span = try? time?.span(of: Partition(keys: keys, values: values)),
        case .instants = span, let hull = span.hull
      else { return true }
      return ranges.overlap(hull)
    }
  }
}

extension [Range<Int64>] {
  /// Whether one of these ranges, which are ascending and disjoint, overlaps another range.
  fileprivate func overlap(_ range: Range<Int64>) -> Bool {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle].upperBound > range.lowerBound { high = middle } else { low = middle + 1 }
    }
    return low < endIndex && self[low].lowerBound < range.upperBound
  }
}
