extension PushdownPredicate {
  /// The recipe's form: one conjunction of equalities a partition, sorted and joined by OR.
  ///
  /// - Parameters:
  ///   - partitions: In any order; one that is given twice is written once.
  ///   - keys: The keys of the partitions' values, in their order.
  /// - Returns: The predicate; FALSE for no partition.
  public static func plain(
    _ partitions: [Partition], keys: [PartitionKey]
  ) -> PushdownPredicate {
    let table = PartitionTable(partitions, keys: keys)
    // Each clause is made once a value, not once a partition.
    let clauses = keys.indices.map { key in
      table.columns[key].values.map { PredicateNode.equals(key, keys[key], $0) }
    }
    var terms: [PredicateNode] = []
    var previous: UInt32?
    for row in table.sortedRows(Array(keys.indices)) {
      let isRepeated = previous.map { table.isSame(Int($0), Int(row)) } ?? false
      previous = row
      if isRepeated { continue }
      terms.append(
        .all(keys.indices.map { clauses[$0][Int(table.columns[$0].codes[Int(row)])] }))
    }
    return PushdownPredicate(keys: keys, root: .any(terms))
  }
}

extension PartitionTable {
  /// Whether two rows are the same partition.
  fileprivate func isSame(_ first: Int, _ second: Int) -> Bool {
    columns.allSatisfy { $0.codes[first] == $0.codes[second] }
  }
}
