/// Simplifies predicates by rules, until none of them applies.
public struct Minimiser: Sendable {
  /// The rules, in the order in which they are tried.
  public let rules: [MinimiserRule]
  /// After this many walks over the tree it stays as it is, even if a rule would still apply.
  ///
  /// Each rule makes the tree shorter or its NOTs deeper, so that few walks suffice.
  public static let maximumPasses = 20
  /// How often all rules are tried on one node in one walk.
  private static let maximumRounds = 20

  /// Creates a minimiser of some rules, by default all.
  public init(rules: [MinimiserRule] = MinimiserRule.allCases) { self.rules = rules }

  /// Simplifies a predicate to one that selects the same partitions, whatever their values.
  public func minimise(_ predicate: PushdownPredicate) -> MinimisedPredicate {
    var root = predicate.root
    var steps: [MinimisedPredicate.Step] = []
    for _ in 0..<Self.maximumPasses {
      let before = steps.count
      root = rewrite(root, predicate, &steps)
      if steps.count == before { break }
    }
    return MinimisedPredicate(
      predicate: PushdownPredicate(keys: predicate.keys, root: root, today: predicate.today),
      steps: steps)
  }

  /// Rewrites the terms of AND and OR, then the node itself.
  private func rewrite(
    _ node: PredicateNode, _ predicate: PushdownPredicate, _ steps: inout [MinimisedPredicate.Step]
  ) -> PredicateNode {
    var result = node
    switch node.kind {
    case .and(let terms):
      let count = steps.count
      let rewritten = terms.map { rewrite($0, predicate, &steps) }
      if steps.count > count {
        result = PredicateNode(.and(rewritten), .boolean, range: node.range)
      }
    case .or(let terms):
      let count = steps.count
      let rewritten = terms.map { rewrite($0, predicate, &steps) }
      if steps.count > count { result = PredicateNode(.or(rewritten), .boolean, range: node.range) }
    default: break
    }
    for _ in 0..<Self.maximumRounds {
      let count = steps.count
      for rule in rules {
        guard let next = rule.rewrite(result, predicate) else { continue }
        let replaced = PredicateNode(next.kind, next.type, range: node.range)
        steps.append(MinimisedPredicate.Step(rule: rule, before: result, after: replaced))
        result = replaced
      }
      if steps.count == count { break }
    }
    return result
  }
}
