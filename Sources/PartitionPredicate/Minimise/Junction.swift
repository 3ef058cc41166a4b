/// An AND or an OR seen from one side, so that a rule and its mirror image are one.
enum Junction: Hashable, Sendable {
  case and
  case or

  var other: Junction { self == .and ? .or : .and }

  /// The constant that a term leaves unchanged.
  var neutral: Bool { self == .and }

  /// The node that joins terms; the neutral constant for none.
  func node(_ terms: [PredicateNode], range: Range<Int> = 0..<0) -> PredicateNode {
    guard terms.count > 1 else { return terms.first ?? .constant(neutral) }
    return PredicateNode(self == .and ? .and(terms) : .or(terms), .boolean, range: range)
  }
}

extension PredicateNode {
  /// The junction and its terms, where the node is one.
  var junction: (kind: Junction, terms: [PredicateNode])? {
    switch kind {
    case .and(let terms): (.and, terms)
    case .or(let terms): (.or, terms)
    default: nil
    }
  }

  /// The terms of the node as a junction: itself when it is no such one.
  func terms(of junction: Junction) -> [PredicateNode] {
    guard let (kind, terms) = self.junction, kind == junction else { return [self] }
    return terms
  }

  /// Whether the node is TRUE, FALSE or NULL as a filter, in which NULL does not select.
  var constantSelection: Bool? {
    guard case .literal(let value) = kind, let truth = Truth(value) else { return nil }
    return truth == .isTrue
  }
}
