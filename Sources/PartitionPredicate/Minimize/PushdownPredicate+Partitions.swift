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

extension PushdownPredicate {
  /// A short equivalent of `plain`, exact over the whole domain: it selects these partitions and no
  /// other, whatever may appear later.
  ///
  /// Partitions with a common prefix share it, values with the same rest share an IN, and runs of
  /// three or more adjacent integers or dates become BETWEEN. Where it is cheap the prefixes are
  /// tried in other orders of the keys.
  ///
  /// - Parameters:
  ///   - partitions: In any order; one that is given twice counts once.
  ///   - keys: The keys of the partitions' values, in their order.
  /// - Returns: The predicate; FALSE for no partition.
  public static func compact(
    _ partitions: [Partition], keys: [PartitionKey]
  ) -> PushdownPredicate {
    let table = PartitionTable(partitions, keys: keys)
    return shortest(
      table, selected: [Bool](repeating: true, count: table.count), domain: .whole)
  }

  /// A shorter equivalent of `plain`, exact over the known partitions only: of these it selects the
  /// given ones, but a partition that appears later may be selected too.
  ///
  /// BETWEEN also spans values that no known partition has, for every type of key, and a key whose
  /// known values are all selected is left out.
  ///
  /// - Parameters:
  ///   - partitions: In any order; one that is not known is counted among the known ones.
  ///   - known: All partitions of the table, in any order.
  ///   - keys: The keys of the partitions' values, in their order.
  /// - Returns: The predicate; FALSE for no partition, else TRUE when all known ones are given.
  public static func compact(
    _ partitions: [Partition], among known: [Partition], keys: [PartitionKey]
  ) -> PushdownPredicate {
    let table = PartitionTable(known, keys: keys)
    let rows = table.rows(of: partitions)
    if rows.contains(nil) {
      let missing = zip(partitions, rows).filter { $0.1 == nil }.map(\.0)
      return compact(partitions, among: known + missing, keys: keys)
    }
    return compact(rows: rows.compactMap(\.self), of: table)
  }

  /// A short predicate, exact over the partitions of a table, that selects some of its rows.
  ///
  /// - Parameters:
  ///   - rows: Rows of the table, in any order.
  ///   - table: All known partitions.
  /// - Returns: The predicate; FALSE for no row, else TRUE for all of them.
  public static func compact(rows: [Int], of table: PartitionTable) -> PushdownPredicate {
    var selected = [Bool](repeating: false, count: table.count)
    for row in rows { selected[row] = true }
    return shortest(table, selected: selected, domain: .known)
  }

  /// The shortest of the predicates that the orders of the keys give.
  ///
  /// What is exact over the whole domain is so over the known partitions, and sometimes shorter.
  private static func shortest(
    _ table: PartitionTable, selected: [Bool], domain: PrefixTrie.Domain
  ) -> PushdownPredicate {
    let selectedCount = selected.count { $0 }
    guard selectedCount > 0 else {
      return PushdownPredicate(keys: table.keys, root: .constant(false))
    }
    var best: PrefixTrie?
    let domains: [PrefixTrie.Domain] = domain == .known ? [.known, .whole] : [.whole]
    for domain in domains {
      let rows = domain == .known ? table.count : selectedCount
      for order in KeyOrders.orders(table.keys.count, rows: rows) {
        let trie = PrefixTrie(table, selected: selected, order: order, domain: domain)
        if best.map({ trie.length < $0.length }) ?? true { best = trie }
      }
    }
    return PushdownPredicate(keys: table.keys, root: best?.node() ?? .constant(false))
  }
}

/// The orders of keys in which prefixes are looked for.
enum KeyOrders {
  /// So many rows are sorted anew for all orders together.
  private static let maximumRows = 250_000

  /// Orders of keys, the declared one first; fewer for many rows.
  static func orders(_ count: Int, rows: Int) -> [[Int]] {
    let declared = Array(0..<count)
    let limit = min(24, maximumRows / max(rows, 1))
    var orders = [declared]
    for key in declared.reversed() where orders.count <= limit {
      orders.append([key] + declared.filter { $0 != key })
    }
    if count <= 4 { permutations(declared[...], [], limit, &orders) }
    var seen: Set<[Int]> = []
    return orders.filter { seen.insert($0).inserted }
  }

  private static func permutations(
    _ rest: ArraySlice<Int>, _ prefix: [Int], _ limit: Int, _ orders: inout [[Int]]
  ) {
    if orders.count > limit { return }
    if rest.isEmpty { return orders.append(prefix) }
    for key in rest { permutations(rest.filter { $0 != key }[...], prefix + [key], limit, &orders) }
  }
}
