/// A set of a column's codes, as ascending ranges that do not touch.
struct CodeSet: Hashable, Sendable {
  private(set) var ranges: [Range<UInt32>]

  /// Creates a set of ranges in any order.
  init(_ ranges: [Range<UInt32>]) {
    self.ranges = []
    let isAscending = zip(ranges, ranges.dropFirst()).allSatisfy { $0.lowerBound <= $1.lowerBound }
    for range in isAscending ? ranges : ranges.sorted(by: { $0.lowerBound < $1.lowerBound })
    where !range.isEmpty {
      if let last = self.ranges.last, range.lowerBound <= last.upperBound {
        self.ranges[self.ranges.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        self.ranges.append(range)
      }
    }
  }

  /// Creates the set of a column's values that belong to a set, by binary search of its ends.
  init(_ set: ValueSet, in column: PartitionTable.Column) {
    let hasNull = column.values.first == .null
    var ranges: [Range<UInt32>] = hasNull && set.hasNull ? [0..<1] : []
    for range in set.ranges {
      let start = column.firstCode(at: range.from)
      ranges.append(start..<max(start, column.firstCode(at: range.to)))
    }
    self.init(ranges)
  }

  var isEmpty: Bool { ranges.isEmpty }

  /// Whether it has all codes of a column of this many values.
  func isAll(of count: Int) -> Bool {
    count == 0 || ranges == [0..<UInt32(count)]
  }

  /// Whether a code belongs to the set, by binary search.
  func contains(_ code: UInt32) -> Bool {
    let next = ranges.partitioningIndex { $0.lowerBound > code }
    return next > 0 && ranges[next - 1].contains(code)
  }

  /// The codes that belong to both sets.
  func intersection(_ other: CodeSet) -> CodeSet {
    var common: [Range<UInt32>] = []
    var (mine, others) = (ranges[...], other.ranges[...])
    while let left = mine.first, let right = others.first {
      let start = max(left.lowerBound, right.lowerBound)
      let end = min(left.upperBound, right.upperBound)
      if start < end { common.append(start..<end) }
      if left.upperBound <= right.upperBound { mine.removeFirst() } else { others.removeFirst() }
    }
    return CodeSet(common)
  }

  /// One flag a code, for a column of this many values.
  func flags(_ count: Int) -> [Bool] {
    var flags = [Bool](repeating: false, count: count)
    for range in ranges {
      for code in range { flags[Int(code)] = true }
    }
    return flags
  }
}

extension PartitionTable.Column {
  /// The first code whose value, NULL aside, lies behind a place.
  fileprivate func firstCode(at cut: ValueCut) -> UInt32 {
    UInt32(values.partitioningIndex { $0 != .null && cut <= .before($0) })
  }
}
