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
}
