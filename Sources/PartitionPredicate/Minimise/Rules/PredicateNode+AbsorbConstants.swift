extension PredicateNode {
  /// The junction without neutral constants, or the constant that decides it; NULL is FALSE here.
  func absorbingConstants() -> PredicateNode? {
    guard let (junction, terms) = junction else {
      if case .literal(.null) = kind { return .constant(false) }
      return nil
    }
    let constants = terms.map(\.constantSelection)
    if constants.contains(!junction.neutral) { return .constant(!junction.neutral) }
    guard constants.contains(junction.neutral) else { return nil }
    return junction.node(zip(terms, constants).filter { $0.1 == nil }.map(\.0))
  }
}
