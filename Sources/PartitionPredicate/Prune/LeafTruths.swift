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
