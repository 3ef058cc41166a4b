extension PredicateNode {
  /// The clauses on each key of a junction as one clause, where that is shorter.
  ///
  /// A clause alone is rewritten too: day IN (1, 2, 3) is day BETWEEN 1 AND 3.
  func mergingKeyClauses(_ keys: [PartitionKey]) -> PredicateNode? {
    guard let (junction, terms) = junction else { return shorterClause(keys) }
    var clauses: [Int: [(index: Int, values: ValueSet)]] = [:]
    for (index, term) in terms.enumerated() {
      guard let clause = KeyClause(term, keys: keys) else { continue }
      clauses[clause.key, default: []].append((index, clause.values))
    }
    var replacement: [Int: [PredicateNode]] = [:]
    for (key, clauses) in clauses.sorted(by: { $0.key < $1.key }) where clauses.count > 1 {
      let sets = clauses.map(\.values)
      let type = keys[key].type
      let merged =
        junction == .and ? ValueSet.intersection(sets, type) : ValueSet.union(sets, type)
      let old = clauses.map { terms[$0.index] }
      // One of the clauses may already say it all, in the words of whoever wrote it.
      let new =
        clauses.first { $0.values == merged }.map { terms[$0.index] }
        ?? merged.node(key, keys[key])
      let parts = new.terms(of: junction)
      guard junction.node(parts).length < junction.node(old).length else { continue }
      for clause in clauses { replacement[clause.index] = [] }
      replacement[clauses[0].index] = parts
    }
    if replacement.isEmpty { return nil }
    return junction.node(
      terms.indices.flatMap { replacement[$0] ?? [terms[$0]] })
  }

  private func shorterClause(_ keys: [PartitionKey]) -> PredicateNode? {
    // An equality is the shortest clause, and there may be very many.
    if case .comparison(.equal, _, let right, _) = kind, case .literal(let value) = right.kind,
      value != .null
    {
      return nil
    }
    guard let clause = KeyClause(self, keys: keys) else { return nil }
    let node = clause.values.node(clause.key, keys[clause.key])
    let isSimpler = node.length == length && node.children.count < children.count
    return node.length < length || isSimpler ? node : nil
  }

  /// The alternatives that differ only in the clause on one key as one, for the last such key.
  func mergingSharedRests(_ keys: [PartitionKey]) -> PredicateNode? {
    guard case .or(let nodes) = kind else { return nil }
    let table = TermTable(nodes, .and)
    let clauses = table.factors.map { KeyClause($0, keys: keys) }
    for key in keys.indices.reversed() {
      var groups: [[Int]: [Int]] = [:]
      var order: [[Int]] = []
      for (index, term) in table.terms.enumerated() where term.count > 1 {
        let rest = term.filter { clauses[$0]?.key != key }
        guard rest.count == term.count - 1 else { continue }
        let name = rest.sorted()
        if groups[name] == nil { order.append(name) }
        groups[name, default: []].append(index)
      }
      var replacement: [Int: PredicateNode] = [:]
      var dropped: Set<Int> = []
      for name in order {
        guard let group = groups[name], group.count > 1 else { continue }
        let sets = group.compactMap { index in
          table.terms[index].lazy.compactMap { clauses[$0] }.first { $0.key == key }?.values
        }
        let united = ValueSet.union(sets, keys[key].type).node(key, keys[key])
        // The united clause stands where the first alternative has its own.
        let factors = table.terms[group[0]].map { number in
          clauses[number]?.key == key ? united : table.factors[number]
        }
        replacement[group[0]] = PredicateNode.all(factors)
        dropped.formUnion(group.dropFirst())
      }
      if replacement.isEmpty { continue }
      return .any(
        nodes.indices.filter { !dropped.contains($0) }.map { replacement[$0] ?? nodes[$0] })
    }
    return nil
  }

  /// The junction without the deeper clauses that its own clauses decide.
  ///
  /// In month = 1 AND (month = 2 OR day = 3) the second month is FALSE wherever it matters, and in
  /// month = 1 OR (month != 1 AND day = 3) it is TRUE.
  func droppingImpliedClauses(_ keys: [PartitionKey]) -> PredicateNode? {
    guard let (junction, terms) = junction else { return nil }
    // Per key the values for which the deeper terms still matter.
    var open: [Int: ValueSet] = [:]
    for term in terms {
      guard let clause = KeyClause(term, keys: keys) else { continue }
      let values = junction == .and ? clause.values : clause.values.complement
      open[clause.key] = ValueSet.intersection(
        [values] + (open[clause.key].map { [$0] } ?? []), keys[clause.key].type)
    }
    if open.isEmpty { return nil }
    var isChanged = false
    let result = terms.map { term in
      term.junction == nil ? term : term.decided(within: open, keys, &isChanged)
    }
    return isChanged ? junction.node(result) : nil
  }

  /// The node with the clauses that are constant for the open values replaced by these constants.
  private func decided(
    within open: [Int: ValueSet], _ keys: [PartitionKey], _ isChanged: inout Bool
  ) -> PredicateNode {
    if let (junction, terms) = junction {
      return junction.node(terms.map { $0.decided(within: open, keys, &isChanged) }, range: range)
    }
    guard let clause = KeyClause(self, keys: keys), let values = open[clause.key] else {
      return self
    }
    let flag: Bool
    if values.isSubset(of: clause.values) {
      flag = true
    } else if values.isSubset(of: clause.values.complement) {
      flag = false
    } else {
      return self
    }
    isChanged = true
    return .constant(flag)
  }

  /// The compact predicate of the alternatives that name one partition each, by `=` or IS NULL on
  /// every key, as the plain form does; in about linear time, however many they are.
  func gatheringPartitions(_ keys: [PartitionKey]) -> PredicateNode? {
    guard keys.count > 1, case .or(let terms) = kind else { return nil }
    var partitions: [Partition] = []
    var others: [PredicateNode] = []
    var place: Int?
    for term in terms {
      if let values = term.partitionValues(keys) {
        place = place ?? others.count
        partitions.append(Partition(keys: keys, values: values))
      } else {
        others.append(term)
      }
    }
    guard let place, partitions.count > 1 else { return nil }
    let compact = PushdownPredicate.compact(partitions, keys: keys).root
    others.insert(contentsOf: compact.terms(of: .or), at: place)
    let node = PredicateNode.any(others)
    // A compact predicate may have such alternatives itself; nothing is gained the second time.
    return node.length < length ? node : nil
  }

  /// The values of the one partition that a conjunction selects; nil where it may select others.
  private func partitionValues(_ keys: [PartitionKey]) -> [PartitionValue]? {
    guard case .and(let terms) = kind, terms.count == keys.count else { return nil }
    var values = [PartitionValue?](repeating: nil, count: keys.count)
    for term in terms {
      guard let (key, value) = term.equality(keys), values[key] == nil else { return nil }
      values[key] = value
    }
    return values.compactMap(\.self)
  }

  private func equality(_ keys: [PartitionKey]) -> (key: Int, value: PartitionValue)? {
    switch kind {
    case .test(.isNull(let operand), negated: false): return operand.keyIndex.map { ($0, .null) }
    case .comparison(.equal, let left, let right, let shared):
      guard let key = left.keyIndex, ValueType(keys[key].type) == shared,
        let value = right.constant(as: shared), value != .null
      else { return nil }
      return (key, value)
    default: return nil
    }
  }
}
