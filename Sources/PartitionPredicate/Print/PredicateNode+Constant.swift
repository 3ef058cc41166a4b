extension PredicateNode {
  /// Whether the node computes the same for every partition.
  var isConstant: Bool {
    switch kind {
    case .literal: true
    case .key: false
    default: children.allSatisfy(\.isConstant)
    }
  }
}
