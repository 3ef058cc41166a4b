/// The positions in a list of rows sorted by several keys, and how many of them are still left in
/// any part of that order.
struct SortedPlaces {
  /// The most significant key first.
  let keys: [Int]
  private let columns: [[UInt32]]
  /// The positions in order, and the place of each position in it.
  private(set) var sorted: [Int]
  private var place: [Int]
  /// A Fenwick tree over the places of the positions that are left.
  private var tree: [Int]

  /// Sorts positions by one key after the other, the least significant first.
  ///
  /// - Parameters:
  ///   - rows: Rows of the table.
  ///   - keys: The keys to sort by.
  ///   - isLeft: One flag a position.
  ///   - table: The rows' table.
  init(_ rows: [UInt32], by keys: [Int], isLeft: [Bool], _ table: PartitionTable) {
    self.keys = keys
    var sorted = Array(rows.indices)
    for key in keys.reversed() {
      let codes = table.columns[key].codes
      var starts = [Int](repeating: 0, count: table.columns[key].values.count + 1)
      for row in rows { starts[Int(codes[Int(row)]) + 1] += 1 }
      for code in starts.indices.dropFirst() { starts[code] += starts[code - 1] }
      var next = sorted
      for position in sorted {
        let code = Int(codes[Int(rows[position])])
        next[starts[code]] = position
        starts[code] += 1
      }
      sorted = next
    }
    columns = keys.map { key in
      let codes = table.columns[key].codes
      return sorted.map { codes[Int(rows[$0])] }
    }
    place = Array(repeating: 0, count: rows.count)
    tree = Array(repeating: 0, count: rows.count + 1)
    for (index, position) in sorted.enumerated() {
      place[position] = index
      tree[index + 1] += isLeft[position] ? 1 : 0
      let parent = (index + 1) + ((index + 1) & -(index + 1))
      if parent < tree.count { tree[parent] += tree[index + 1] }
    }
    self.sorted = sorted
  }

  /// The number of positions left in a part of the order.
  func count(_ part: Range<Int>) -> Int {
    count(below: part.upperBound) - count(below: part.lowerBound)
  }

  private func count(below end: Int) -> Int {
    var (index, sum) = (end, 0)
    while index > 0 {
      sum += tree[index]
      index &= index - 1
    }
    return sum
  }

  /// Takes a position out.
  mutating func remove(_ position: Int) {
    var index = place[position] + 1
    while index < tree.count {
      tree[index] -= 1
      index += index & -index
    }
  }

  /// The part of a part, in which the keys before this one are constant, with these codes.
  func part(_ part: Range<Int>, depth: Int, codes: Range<UInt32>) -> Range<Int> {
    let start = first(in: part, depth: depth, code: codes.lowerBound)
    return start..<first(in: start..<part.upperBound, depth: depth, code: codes.upperBound)
  }

  private func first(in part: Range<Int>, depth: Int, code: UInt32) -> Int {
    var (low, high) = (part.lowerBound, part.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if columns[depth][middle] < code { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
