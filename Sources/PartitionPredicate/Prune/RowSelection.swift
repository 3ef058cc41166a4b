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
        UInt32(starts.lastIndex(startingAtOrBelow: codes[Int(row)]))
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
  /// The index of the last start that is not above a code; the first start is 0.
  fileprivate func lastIndex(startingAtOrBelow code: UInt32) -> Int {
    var (low, high) = (1, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= code { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  /// The rows but those of another list, in time linear in both.
  fileprivate func without(_ others: [UInt32], using marks: inout RowSet) -> [UInt32] {
    marks.insert(others)
    defer { marks.remove(others) }
    return filter { !marks.contains(Int($0)) }
  }
}
