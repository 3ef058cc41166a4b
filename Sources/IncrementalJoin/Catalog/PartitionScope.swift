public import PartitionPredicate

/// Which partitions of a table a listing is asked for.
public enum PartitionScope: Hashable, Sendable {
  case all
  /// Those that the table's `watch:` names when the listing begins; all of a table without one.
  case watched
  /// Those that a predicate over the table's keys selects.
  case selected(PushdownPredicate)
  /// Those that cover a time, and have certain values of other keys.
  case spans(SpanScope)
}

/// Partitions by the time that they cover, and by the values of other keys.
///
/// A partition whose keys say nothing about time, are all NULL or do not name a time is included whatever the ranges.
public struct SpanScope: Hashable, Sendable {
  /// The places of the keys whose values count, in ascending order.
  let compared: [Int]
  /// For each combination of values of these keys, the times of which at least one must overlap a partition's, in
  /// microseconds since 1970-01-01 UTC.
  private(set) var ranges: [[PartitionValue]: [Range<Int64>]]

  /// All partitions that end after an instant, in microseconds since 1970-01-01 UTC.
  public init(since instant: Int64) {
    self.init(compared: [], ranges: [[]: [instant ..< .max]])
  }

  init(compared: [Int], ranges: [[PartitionValue]: [Range<Int64>]]) {
    self.compared = compared
    self.ranges = ranges
  }

  /// Adds a time for some values of the compared keys; nil adds only partitions without a time.
  mutating func add(_ range: Range<Int64>?, for values: [PartitionValue]) {
    ranges[values, default: []] += range.map { [$0] } ?? []
  }

  /// From the first to the last time that counts; nil when there is none.
  package var hull: Range<Int64>? {
    let all = ranges.values.flatMap(\.self)
    guard let start = all.map(\.lowerBound).min(), let end = all.map(\.upperBound).max() else {
      return nil
    }
    return start..<end
  }

  /// The ranges by the first values only, ascending and disjoint.
  func ranges(byFirst count: Int) -> [[PartitionValue]: [Range<Int64>]] {
    Dictionary(grouping: ranges) { Array($0.key.prefix(count)) }
      .mapValues { $0.flatMap(\.value).merged }
  }
}

extension [Range<Int64>] {
  /// The same numbers in ascending ranges that do not touch.
  fileprivate var merged: [Range<Int64>] {
    sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
  }
}
