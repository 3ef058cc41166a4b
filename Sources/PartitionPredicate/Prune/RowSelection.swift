/// Selects the rows of a table that pass a filter, a set of rows at a time.
struct RowSelection {
  private let table: PartitionTable
  /// Empty between uses.
  private var marks: RowSet

  init(_ table: PartitionTable) {
    self.table = table
    marks = RowSet(capacity: table.count)
  }

  /// The rows among some that pass a filter.
  mutating func rows(_ filter: RowFilter, among rows: [UInt32]) -> [UInt32] {
    if rows.isEmpty { return [] }
    switch filter {
    case .all: return rows
    case .none: return []
    case .codes(let key, let set): return codes(table.columns[key], set, rows)
    case .evaluate(let leaf):
      return rows.filter { leaf.truth(table.values(at: Int($0))) == .isTrue }
    case .and(let terms):
      var selected = rows
      for term in terms { selected = self.rows(term, among: selected) }
      return selected
    case .or(let terms):
      var rest = rows
      var selected: [UInt32] = []
      for (index, term) in terms.enumerated() {
        let found = self.rows(term, among: rest)
        selected += found
        if index + 1 < terms.count, !found.isEmpty { rest = rest.without(found, using: &marks) }
      }
      return selected
    case .dispatch(let key, let starts, let filters):
      return dispatch(table.columns[key], starts, filters, rows)
    }
  }

  private func codes(
    _ column: PartitionTable.Column, _ set: CodeSet, _ rows: [UInt32]
  ) -> [UInt32] {
    let codes = column.codes
    if set.ranges.count == 1 {
      let range = set.ranges[0]
      return rows.filter { range.contains(codes[Int($0)]) }
    }
    if rows.count < column.values.count / 8 {
      return rows.filter { set.contains(codes[Int($0)]) }
    }
    let flags = set.flags(column.values.count)
    return rows.filter { flags[Int(codes[Int($0)])] }
  }

  /// Sorts the rows by the filter that their code chooses, and goes on with each.
  private mutating func dispatch(
    _ column: PartitionTable.Column, _ starts: [UInt32], _ filters: [RowFilter], _ rows: [UInt32]
  ) -> [UInt32] {
    let chosen = choices(column, starts, rows)
    var ends = [Int](repeating: 0, count: filters.count)
    for choice in chosen { ends[Int(choice)] += 1 }
    var total = 0
    for index in ends.indices {
      if case .none = filters[index] {
        ends[index] = -1
      } else {
        (ends[index], total) = (total, total + ends[index])
      }
    }
    var sorted = [UInt32](repeating: 0, count: total)
    let begins = ends
    for (row, choice) in zip(rows, chosen) where ends[Int(choice)] >= 0 {
      sorted[ends[Int(choice)]] = row
      ends[Int(choice)] += 1
    }
    var selected: [UInt32] = []
    for index in filters.indices where ends[index] > begins[index] {
      selected += self.rows(filters[index], among: Array(sorted[begins[index]..<ends[index]]))
    }
    return selected
  }

  /// The index of the filter that each row's code chooses.
  private func choices(
    _ column: PartitionTable.Column, _ starts: [UInt32], _ rows: [UInt32]
  ) -> [UInt32] {
    let codes = column.codes
    if rows.count < column.values.count / 8 {
      return rows.map { row in
        let code = codes[Int(row)]
        return UInt32(starts.partitioningIndex { $0 > code } - 1)
      }
    }
    var choices = [UInt32](repeating: 0, count: column.values.count)
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? Int(starts[index + 1]) : choices.count
      for code in Int(start)..<max(Int(start), end) { choices[code] = UInt32(index) }
    }
    return rows.map { choices[Int(codes[Int($0)])] }
  }
}

extension [UInt32] {
  /// The rows but those of another list, in time linear in both.
  fileprivate func without(_ others: [UInt32], using marks: inout RowSet) -> [UInt32] {
    marks.insert(others)
    defer { marks.remove(others) }
    return filter { !marks.contains(Int($0)) }
  }
}

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
