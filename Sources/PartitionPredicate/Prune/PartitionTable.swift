/// Known partitions by column: per key the distinct values, sorted, and one code a row.
///
/// Built once from a listing, it answers many predicates: each clause is decided once a distinct
/// value, not once a partition. Rows are numbered as the partitions were given.
public struct PartitionTable: Sendable {
  /// One key's values.
  package struct Column: Sendable {
    /// Distinct and sorted; NULL is the first where it occurs.
    package let values: [PartitionValue]
    /// The index of each row's value.
    package let codes: [UInt32]
  }

  /// The keys, in the order of the partitions' values.
  public let keys: [PartitionKey]
  /// The number of partitions.
  public let count: Int
  package let columns: [Column]

  /// Encodes partitions in about O(n) for values that recur in the same order, as sorted ones do.
  ///
  /// - Parameters:
  ///   - partitions: In any order, each with one value a key.
  ///   - keys: The keys of the partitions' values, in their order.
  public init(_ partitions: [Partition], keys: [PartitionKey]) {
    self.keys = keys
    count = partitions.count
    columns = keys.indices.map { key in
      Column(partitions.lazy.map { $0.values[key] }, keys[key].type)
    }
  }

  /// The values of a row, one a key.
  public func values(at row: Int) -> [PartitionValue] {
    columns.map { $0.values[Int($0.codes[row])] }
  }

  /// The partition of a row.
  public func partition(at row: Int) -> Partition {
    Partition(keys: keys, values: values(at: row))
  }
}

extension PartitionTable.Column {
  /// Encodes a column's values.
  init(_ values: some Collection<PartitionValue>, _ type: KeyType) {
    switch type {
    case .string, .decimal: self.init(ColumnEncoder(values) { $0 })
    case .int, .bigint, .date, .timestamp, .boolean:
      // As bare numbers, which are hashed and sorted much faster.
      self.init(ColumnEncoder(values, \.number))
    }
  }

  private init<Plain>(_ encoder: ColumnEncoder<Plain>) {
    let plain = encoder.plain
    if zip(plain, plain.dropFirst()).allSatisfy({ $0 < $1 }) {
      values = encoder.values
      codes = encoder.codes
      return
    }
    let order = plain.indices.sorted { plain[$0] < plain[$1] }
    values = order.map { encoder.values[$0] }
    var rank = [UInt32](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { rank[old] = UInt32(new) }
    codes = encoder.codes.map { rank[Int($0)] }
  }
}

extension PartitionValue {
  /// A value of a type without text as a number in the same order, NULL first.
  fileprivate var number: Int128 {
    switch self {
    case .null, .string: .min
    case .boolean(let flag): flag ? 1 : 0
    case .integer(let number): Int128(number)
    case .decimal(let unscaled, _): unscaled
    case .date(let days): Int128(days)
    case .timestamp(let microseconds): Int128(microseconds)
    }
  }
}

/// Numbers a column's values as they come.
private struct ColumnEncoder<Plain: Hashable & Comparable> {
  /// The distinct values, and the same in the form in which they are compared.
  private(set) var values: [PartitionValue] = []
  private(set) var plain: [Plain] = []
  private(set) var codes: [UInt32] = []
  private var numbers: [Plain: UInt32] = [:]
  /// What came after each number the last time: partitions repeat their values in order, so that the
  /// guess saves hashing almost always.
  private var next: [UInt32] = []
  private var last: UInt32 = 0

  init(_ column: some Collection<PartitionValue>, _ form: (PartitionValue) -> Plain) {
    codes.reserveCapacity(column.count)
    for value in column { append(value, form(value)) }
  }

  private mutating func append(_ value: PartitionValue, _ form: Plain) {
    let code = number(of: value, form)
    if !next.isEmpty { next[Int(last)] = code }
    if code == next.count { next.append(code) }
    last = code
    codes.append(code)
  }

  private mutating func number(of value: PartitionValue, _ form: Plain) -> UInt32 {
    if !next.isEmpty {
      if plain[Int(last)] == form { return last }
      let guess = next[Int(last)]
      if plain[Int(guess)] == form { return guess }
    }
    if let known = numbers[form] { return known }
    let new = UInt32(values.count)
    numbers[form] = new
    values.append(value)
    plain.append(form)
    return new
  }
}

extension PartitionTable {
  /// The rows of partitions by their values; nil for a partition that is no row.
  ///
  /// Of rows with the same values the first is meant.
  public func rows(of partitions: [Partition]) -> [Int?] {
    let encoded = PartitionTable(partitions, keys: keys)
    // Per key the code here of each code there; a value that is unknown here has none.
    let translation = zip(columns, encoded.columns).map { mine, theirs in
      mine.translation(of: theirs.values)
    }
    let order = sortedRows(keys.indices.map { $0 })
    return (0..<partitions.count).map { row in
      var codes: [UInt32] = []
      for key in keys.indices {
        guard let code = translation[key][Int(encoded.columns[key].codes[row])] else { return nil }
        codes.append(code)
      }
      return find(codes, order)
    }
  }

  private func find(_ codes: [UInt32], _ order: [UInt32]) -> Int? {
    let place = order.partitioningIndex { !precedes(Int($0), codes) }
    guard place < order.count else { return nil }
    let row = Int(order[place])
    return columns.indices.allSatisfy { columns[$0].codes[row] == codes[$0] } ? row : nil
  }

  private func precedes(_ row: Int, _ codes: [UInt32]) -> Bool {
    for key in columns.indices {
      let code = columns[key].codes[row]
      if code != codes[key] { return code < codes[key] }
    }
    return false
  }

  /// The rows sorted by the keys in an order; rows that are sorted already are only looked through.
  func sortedRows(_ order: [Int]) -> [UInt32] {
    let rows = Array(0..<UInt32(count))
    let codes = order.map { columns[$0].codes }
    func isOrdered(_ first: Int, _ second: Int) -> Bool {
      for column in codes where column[first] != column[second] {
        return column[first] < column[second]
      }
      return first <= second
    }
    if count < 2 || (1..<count).allSatisfy({ isOrdered($0 - 1, $0) }) { return rows }
    return sortedByCounting(order.reversed(), rows)
  }

  /// Sorts by one key after the other, the least significant first, each in linear time.
  private func sortedByCounting(_ keys: [Int], _ rows: [UInt32]) -> [UInt32] {
    var rows = rows
    for key in keys {
      let codes = columns[key].codes
      var places = [Int](repeating: 0, count: columns[key].values.count + 1)
      for code in codes { places[Int(code) + 1] += 1 }
      for index in places.indices.dropFirst() { places[index] += places[index - 1] }
      var sorted = rows
      for row in rows {
        let code = Int(codes[Int(row)])
        sorted[places[code]] = row
        places[code] += 1
      }
      rows = sorted
    }
    return rows
  }
}

extension PartitionTable.Column {
  /// The code of a value; nil where no row has it.
  func code(of value: PartitionValue) -> UInt32? {
    let code = values.partitioningIndex { value <= $0 }
    return code < values.count && values[code] == value ? UInt32(code) : nil
  }

  /// The truth of a node that depends on this key alone, for each distinct value.
  func truths(_ leaf: PredicateEvaluator, key: Int, of count: Int) -> [Truth] {
    var row = [PartitionValue](repeating: .null, count: count)
    return values.map { value in
      row[key] = value
      return leaf.truth(row)
    }
  }

  /// The code here of each of another column's values, which are sorted too; nil where it has none.
  fileprivate func translation(of others: [PartitionValue]) -> [UInt32?] {
    var code = 0
    return others.map { value in
      while code < values.count, values[code] < value { code += 1 }
      return code < values.count && values[code] == value ? UInt32(code) : nil
    }
  }
}

extension RandomAccessCollection {
  /// The first index whose element and all behind it are of the second part, by binary search; the end
  /// where there is none.
  func partitioningIndex(where isInSecondPart: (Element) -> Bool) -> Index {
    var (low, size) = (startIndex, count)
    while size > 0 {
      let half = size / 2
      let middle = index(low, offsetBy: half)
      if isInSecondPart(self[middle]) {
        size = half
      } else {
        low = index(after: middle)
        size -= half + 1
      }
    }
    return low
  }
}
