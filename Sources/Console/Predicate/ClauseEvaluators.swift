import PartitionPredicate

/// Evaluators for all clauses of a predicate, which find the clause that decides a partition.
struct ClauseEvaluators: Sendable {
  private let outline: PredicateOutline
  private let evaluators: [PredicateEvaluator]

  init(_ outline: PredicateOutline) {
    self.outline = outline
    let predicate = outline.predicate
    evaluators = outline.clauses.map {
      PredicateEvaluator(
        PushdownPredicate(keys: predicate.keys, root: $0.node, today: predicate.today))
    }
  }

  /// The clause that decides the predicate's value for these values, as counted by `ClauseCount.decides`.
  func deciding(_ values: [PartitionValue]) -> Int {
    var number = 1
    while true {
      let clause = outline[number]
      let truth = truth(of: number, values)
      let next: Int? =
        switch (clause.node.kind, truth) {
        case (.and, .isTrue), (.or, .isFalse): nil
        case (.and, _), (.or, _): clause.children.first { self.truth(of: $0, values) == truth }
        case (.not, _): clause.children.first
        default: nil
        }
      guard let next else { return number }
      number = next
    }
  }

  private func truth(of number: Int, _ values: [PartitionValue]) -> Truth {
    evaluators[number - 1].truth(values)
  }
}
