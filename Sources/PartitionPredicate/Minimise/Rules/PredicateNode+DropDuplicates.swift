extension PredicateNode {
  /// The junction with each term once.
  func droppingDuplicates() -> PredicateNode? {
    guard let (junction, terms) = junction else { return nil }
    var seen: Set<PredicateNode> = []
    let distinct = terms.filter { seen.insert($0).inserted }
    return distinct.count == terms.count ? nil : junction.node(distinct)
  }
}
