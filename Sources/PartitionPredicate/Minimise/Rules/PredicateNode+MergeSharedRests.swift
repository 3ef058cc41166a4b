extension PredicateNode {
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
}
