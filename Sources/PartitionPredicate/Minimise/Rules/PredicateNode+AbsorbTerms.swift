extension PredicateNode {
  /// The junction without the terms that contain another term: a OR (a AND b), a AND (a OR b).
  ///
  /// Terms of more than eight factors are only compared with terms of one or two of them, which keeps
  /// the work linear.
  func absorbingTerms() -> PredicateNode? {
    guard let (junction, nodes) = junction else { return nil }
    let table = TermTable(nodes, junction.other)
    let terms = table.terms.map { $0.sorted() }
    let known = Set(terms)
    var kept: [PredicateNode] = []
    for (node, term) in zip(nodes, terms) where !Self.contains(term, another: known) {
      kept.append(node)
    }
    return kept.count == nodes.count ? nil : junction.node(kept)
  }

  /// Whether a proper part of a term's factors is a term itself.
  private static func contains(_ term: [Int], another known: Set<[Int]>) -> Bool {
    guard term.count > 1 else { return false }
    guard term.count > 8 else {
      return (1..<(1 << term.count) - 1).contains { part in
        known.contains(term.indices.filter { part >> $0 & 1 == 1 }.map { term[$0] })
      }
    }
    if term.count > 1_000 { return term.contains { known.contains([$0]) } }
    return term.indices.contains { first in
      known.contains([term[first]])
        || term[(first + 1)...].contains { known.contains([term[first], $0]) }
    }
  }
}
