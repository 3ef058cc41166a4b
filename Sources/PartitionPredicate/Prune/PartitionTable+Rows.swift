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
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if precedes(Int(order[middle]), codes) { low = middle + 1 } else { high = middle }
    }
    guard low < order.count else { return nil }
    let row = Int(order[low])
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
    return sortedByCounting(codes.indices.reversed().map { order[$0] }, rows)
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
  /// The code here of each of another column's values, which are sorted too; nil where it has none.
  fileprivate func translation(of others: [PartitionValue]) -> [UInt32?] {
    var code = 0
    return others.map { value in
      while code < values.count, values[code] < value { code += 1 }
      return code < values.count && values[code] == value ? UInt32(code) : nil
    }
  }
}
