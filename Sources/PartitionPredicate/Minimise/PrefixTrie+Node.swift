extension PrefixTrie {
  /// The predicate: alternatives of values with their rests, by their first value.
  func node() -> PredicateNode {
    var written: [Int: PredicateNode] = [:]
    return node(root, depth: 0, &written)
  }

  private func node(
    _ number: Int, depth: Int, _ written: inout [Int: PredicateNode]
  ) -> PredicateNode {
    if number == Self.end || isComplete[number] && domain == .known { return .constant(true) }
    if let known = written[number] { return known }
    var alternatives: [PredicateNode] = []
    for group in groups[number] {
      let rest = node(group.rest, depth: depth + 1, &written)
      let values = ValueRuns(group.codes, at: places[number], depth: depth, in: self).node(table)
      let terms =
        (values.map { [$0] } ?? []) + (rest == .constant(true) ? [] : rest.terms(of: .and))
      alternatives.append(.all(declared(terms)))
    }
    let node = PredicateNode.any(alternatives.flatMap { $0.terms(of: .or) })
    written[number] = node
    return node
  }

  /// The terms in the order of the keys as declared, those on several keys last.
  private func declared(_ terms: [PredicateNode]) -> [PredicateNode] {
    if order == Array(table.keys.indices) { return terms }
    let places = terms.map { term in
      let keys = term.usedKeys
      return keys.count == 1 ? keys.first ?? 0 : table.keys.count
    }
    return zip(places, terms.indices).sorted { $0 < $1 }.map { terms[$0.1] }
  }
}
