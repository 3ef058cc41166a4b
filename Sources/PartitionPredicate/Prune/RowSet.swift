/// A set of rows of a partition table.
public struct RowSet: Hashable, Sendable {
  private var words: [UInt64]
  /// The number of rows in the set.
  public private(set) var count = 0

  /// Creates the empty set for a table of this many rows.
  init(capacity: Int) { words = Array(repeating: 0, count: (capacity + 63) / 64) }

  /// Whether no row belongs to the set.
  public var isEmpty: Bool { count == 0 }

  /// Whether a row belongs to the set.
  public func contains(_ row: Int) -> Bool {
    row >= 0 && row / 64 < words.count && words[row / 64] >> UInt64(row % 64) & 1 == 1
  }

  mutating func insert(_ rows: [UInt32]) {
    for row in rows {
      let bit = UInt64(1) << UInt64(row % 64)
      let index = Int(row / 64)
      if words[index] & bit == 0 {
        words[index] |= bit
        count += 1
      }
    }
  }

  mutating func remove(_ rows: [UInt32]) {
    for row in rows {
      let bit = UInt64(1) << UInt64(row % 64)
      let index = Int(row / 64)
      if words[index] & bit != 0 {
        words[index] &= ~bit
        count -= 1
      }
    }
  }
}

extension RowSet: Sequence {
  /// The rows in ascending order.
  public func makeIterator() -> AnyIterator<Int> {
    var index = 0
    var word = words.first ?? 0
    return AnyIterator {
      while word == 0 {
        index += 1
        guard index < words.count else { return nil }
        word = words[index]
      }
      let bit = word.trailingZeroBitCount
      word &= word - 1
      return index * 64 + bit
    }
  }
}
