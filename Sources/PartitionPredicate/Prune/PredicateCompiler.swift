/// Turns a predicate whose NOTs are moved down into a filter of a table's rows.
struct PredicateCompiler {
  private let predicate: PushdownPredicate
  private let table: PartitionTable
  private let builder: RowFilterBuilder

  init(_ predicate: PushdownPredicate, _ table: PartitionTable) {
    self.predicate = predicate
    self.table = table
    builder = RowFilterBuilder(sizes: table.columns.map(\.values.count))
  }

  /// The filter of the rows for which a node is TRUE.
  func compile(_ node: PredicateNode) -> RowFilter {
    switch node.kind {
    case .and(let terms): return builder.all(terms.map(compile))
    case .or(let terms): return builder.any(terms.map(compile))
    default:
      if let (key, code) = equality(node) {
        return code.map { builder.codes(key, CodeSet([$0..<($0 + 1)])) } ?? .none
      }
      if let clause = KeyClause(node, keys: predicate.keys) {
        return builder.codes(
          clause.key, CodeSet(clause.values, in: table.columns[clause.key]))
      }
      let used = node.usedKeys
      let leaf = PredicateEvaluator(
        PushdownPredicate(keys: predicate.keys, root: node, today: predicate.today))
      guard used.count <= 1 else { return .evaluate(leaf) }
      guard let key = used.first else {
        let nothing = [PartitionValue](repeating: .null, count: predicate.keys.count)
        return leaf.truth(nothing) == .isTrue ? .all : .none
      }
      let truths = table.columns[key].truths(leaf, key: key, of: predicate.keys.count)
      let ranges = truths.indices.filter { truths[$0] == .isTrue }
        .map { UInt32($0)..<UInt32($0 + 1) }
      return builder.codes(key, CodeSet(ranges))
    }
  }
}

extension PredicateCompiler {
  /// The key and the code of `key = literal`, of which there may be very many; the code is nil where
  /// no row has the value, and the whole is nil for other nodes.
  private func equality(_ node: PredicateNode) -> (key: Int, code: UInt32?)? {
    guard case .comparison(.equal, let left, let right, let type) = node.kind,
      let key = left.keyIndex, case .literal(let value) = right.kind, right.type == type,
      ValueType(predicate.keys[key].type) == type
    else { return nil }
    return (key, value == .null ? nil : table.columns[key].code(of: value))
  }
}

extension PartitionTable.Column {
  /// The code of a value, by binary search.
  fileprivate func code(of value: PartitionValue) -> UInt32? {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < values.count && values[low] == value ? UInt32(low) : nil
  }

  /// The truth of a node that depends on this key alone, for each distinct value.
  func truths(_ leaf: PredicateEvaluator, key: Int, of count: Int) -> [Truth] {
    var row = [PartitionValue](repeating: .null, count: count)
    return values.map { value in
      row[key] = value
      return leaf.truth(row)
    }
  }
}

extension PredicateNode {
  /// The indices of the keys that the node's value depends on.
  var usedKeys: Set<Int> {
    if let index = keyIndex { return [index] }
    return children.reduce(into: []) { $0.formUnion($1.usedKeys) }
  }
}
