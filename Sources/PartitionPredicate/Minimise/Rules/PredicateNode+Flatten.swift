extension PredicateNode {
  /// The junction with the terms of junctions of the same kind in place of these.
  func flattening() -> PredicateNode? {
    guard let (junction, terms) = junction,
      terms.contains(where: { $0.junction?.kind == junction })
    else { return nil }
    return junction.node(terms.flatMap { $0.terms(of: junction) })
  }
}
