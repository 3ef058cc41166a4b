extension PartitionTable {
  /// The rows for which a predicate is TRUE, and those for which it is NULL.
  ///
  /// A predicate is NULL only where one of its clauses is. So only such rows are evaluated one by one, and
  /// the work does not grow as terms times partitions where NULL is rare.
  ///
  /// - Parameter predicate: Bound to this table's keys.
  /// - Returns: Rows in ascending order; for all others it is FALSE.
  public func truths(of predicate: PushdownPredicate) -> (isTrue: RowSet, isNull: RowSet) {
    let isTrue = select(predicate)
    var search = NullSearch(predicate, self)
    search.visit(predicate.root)
    let evaluator = PredicateEvaluator(predicate)
    var isNull = RowSet(capacity: count)
    isNull.insert(
      search.rows.filter { row in
        !isTrue.contains(Int(row)) && evaluator.truth(values(at: Int(row))) == .isNull
      })
    return (isTrue, isNull)
  }
}

/// Finds the rows for which a clause of a predicate is NULL.
private struct NullSearch {
  private let predicate: PushdownPredicate
  private let table: PartitionTable
  /// Per key the codes for which a clause on this key is NULL.
  private var codes: [Set<UInt32>]
  /// Whether a clause may be NULL whatever a single key is.
  private var isAnywhere = false

  init(_ predicate: PushdownPredicate, _ table: PartitionTable) {
    self.predicate = predicate
    self.table = table
    codes = Array(repeating: [], count: table.columns.count)
  }

  /// In ascending order.
  var rows: [UInt32] {
    let all = 0..<UInt32(table.count)
    if isAnywhere { return Array(all) }
    let marked = codes.indices.filter { !codes[$0].isEmpty }.map { key in
      let column = table.columns[key]
      return (column.codes, column.values.indices.map { codes[key].contains(UInt32($0)) })
    }
    guard !marked.isEmpty else { return [] }
    return all.filter { row in marked.contains { codes, isNull in isNull[Int(codes[Int(row)])] } }
  }

  mutating func visit(_ node: PredicateNode) {
    guard !isAnywhere else { return }
    switch node.kind {
    case .and(let terms), .or(let terms): for term in terms { visit(term) }
    case .not(let term): visit(term)
    case .comparison(_, let left, let right, let type):
      // Very many clauses are this one: it is NULL where the key is.
      if let key = left.keyIndex, case .literal(let value) = right.kind, value != .null,
        right.type == type, ValueType(predicate.keys[key].type) == type
      {
        if table.columns[key].values.first == .null { codes[key].insert(0) }
      } else {
        visit(leaf: node)
      }
    default: visit(leaf: node)
    }
  }

  private mutating func visit(leaf node: PredicateNode) {
    switch LeafTruths(node, predicate, table) {
    case .constant(let truth): isAnywhere = truth == .isNull
    case .codes(let key, _, let isNull): codes[key].formUnion(isNull.ranges.joined())
    case .evaluate: isAnywhere = true
    }
  }
}
