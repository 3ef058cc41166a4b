extension ClauseCounter {
  /// An alternative such as `month = 1 AND day BETWEEN 2 AND 5`: single values of some keys and one
  /// run of the last, so that the rows that reach each clause are one part of a sorted list.
  struct Path {
    var keys: [Int] = []
    var codes: [Range<UInt32>] = []
    /// The indices of the clauses.
    var clauses: [Int] = []
  }

  /// The alternative as a path; nil where it is none, or where a clause may be NULL.
  func path(of term: (node: PredicateNode, index: Int)) -> Path? {
    var path = Path()
    var clauses = [term]
    if case .and = term.node.kind { clauses = children(term.node, term.index) }
    for clause in clauses {
      guard clause.node.isClause,
        case .codes(let key, let isTrue, let isNull) = LeafTruths(clause.node, predicate, table),
        isNull.isEmpty, isTrue.ranges.count <= 1, !path.keys.contains(key),
        path.codes.last.map({ $0.count <= 1 }) ?? true
      else { return nil }
      path.keys.append(key)
      path.codes.append(isTrue.ranges.first ?? 0..<0)
      path.clauses.append(clause.index)
    }
    return path
  }

  /// Counts the clauses of a path by binary search, and returns the positions that it selects.
  mutating func follow(
    _ path: Path, of term: (node: PredicateNode, index: Int), _ places: SortedPlaces,
    isLeft: [Bool], left: Int
  ) -> [Int] {
    var part = 0..<isLeft.count
    var reached = left
    for depth in path.keys.indices {
      part = places.part(part, depth: depth, codes: path.codes[depth])
      let selected = places.count(part)
      counts[path.clauses[depth]].add(.isTrue, selected)
      counts[path.clauses[depth]].add(.isFalse, reached - selected)
      reached = selected
    }
    if path.clauses != [term.index] {
      counts[term.index].add(.isTrue, reached)
      counts[term.index].add(.isFalse, left - reached)
    }
    return reached == 0 ? [] : places.sorted[part].filter { isLeft[$0] }
  }
}
