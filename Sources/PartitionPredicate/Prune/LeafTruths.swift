/// The truth of a node without AND, OR and NOT for a table's rows.
enum LeafTruths: Sendable {
  /// Depends on no key.
  case constant(Truth)
  /// Depends on one key: the codes for which it is TRUE and NULL, FALSE for the others.
  case codes(key: Int, isTrue: CodeSet, isNull: CodeSet)
  /// Depends on several keys.
  case evaluate(PredicateEvaluator)

  /// Decides a node once a distinct value where one key decides.
  init(_ node: PredicateNode, _ predicate: PushdownPredicate, _ table: PartitionTable) {
    if let clause = KeyClause(node, keys: predicate.keys),
      let opposite = KeyClause(node.negated, keys: predicate.keys)
    {
      let column = table.columns[clause.key]
      let type = clause.values.type
      let neither = ValueSet.union([clause.values, opposite.values], type).complement
      self = .codes(
        key: clause.key, isTrue: CodeSet(clause.values, in: column),
        isNull: CodeSet(neither, in: column))
      return
    }
    let used = node.usedKeys
    let leaf = PredicateEvaluator(
      PushdownPredicate(keys: predicate.keys, root: node, today: predicate.today))
    if used.count > 1 {
      self = .evaluate(leaf)
    } else if let key = used.first {
      let truths = table.columns[key].truths(leaf, key: key, of: predicate.keys.count)
      func codes(_ truth: Truth) -> CodeSet {
        CodeSet(
          truths.indices.filter { truths[$0] == truth }.map { UInt32($0)..<UInt32($0 + 1) })
      }
      self = .codes(key: key, isTrue: codes(.isTrue), isNull: codes(.isNull))
    } else {
      self = .constant(
        leaf.truth([PartitionValue](repeating: .null, count: predicate.keys.count)))
    }
  }

  /// The truth for each of some rows.
  func truths(_ rows: [UInt32], _ table: PartitionTable) -> [Truth] {
    switch self {
    case .constant(let truth): return [Truth](repeating: truth, count: rows.count)
    case .evaluate(let leaf): return rows.map { leaf.truth(table.values(at: Int($0))) }
    case .codes(let key, let isTrue, let isNull):
      let column = table.columns[key]
      let codes = column.codes
      if rows.count < column.values.count / 8 {
        return rows.map { row in
          let code = codes[Int(row)]
          return isTrue.contains(code) ? .isTrue : isNull.contains(code) ? .isNull : .isFalse
        }
      }
      var truths = [Truth](repeating: .isFalse, count: column.values.count)
      for code in isTrue.ranges.joined() { truths[Int(code)] = .isTrue }
      for code in isNull.ranges.joined() { truths[Int(code)] = .isNull }
      return rows.map { truths[Int(codes[Int($0)])] }
    }
  }
}

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
