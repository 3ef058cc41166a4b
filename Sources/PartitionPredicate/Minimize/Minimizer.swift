/// Simplifies predicates by rules, until none of them applies.
public struct Minimizer: Sendable {
  /// The rules, in the order in which they are tried.
  public let rules: [MinimizerRule]
  /// After this many walks over the tree it stays as it is, even if a rule would still apply.
  ///
  /// Each rule makes the tree shorter or its NOTs deeper, so that few walks suffice.
  public static let maximumPasses = 20
  /// How often all rules are tried on one node in one walk.
  private static let maximumRounds = 20

  /// Creates a minimizer of some rules, by default all.
  public init(rules: [MinimizerRule] = MinimizerRule.allCases) { self.rules = rules }

  /// Simplifies a predicate to one that selects the same partitions, whatever their values.
  public func minimize(_ predicate: PushdownPredicate) -> MinimizedPredicate {
    var root = predicate.root
    var steps: [MinimizedPredicate.Step] = []
    for _ in 0..<Self.maximumPasses {
      let before = steps.count
      root = rewrite(root, predicate, &steps)
      if steps.count == before { break }
    }
    return MinimizedPredicate(
      predicate: PushdownPredicate(keys: predicate.keys, root: root, today: predicate.today),
      steps: steps)
  }

  /// Rewrites the terms of AND and OR, then the node itself.
  private func rewrite(
    _ node: PredicateNode, _ predicate: PushdownPredicate, _ steps: inout [MinimizedPredicate.Step]
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
        steps.append(MinimizedPredicate.Step(rule: rule, before: result, after: replaced))
        result = replaced
      }
      if steps.count == count { break }
    }
    return result
  }
}

/// A simplified predicate, and how it came about.
public struct MinimizedPredicate: Hashable, Sendable {
  /// One application of a rule.
  public struct Step: Hashable, Sendable {
    /// The rule that applied.
    public let rule: MinimizerRule
    /// The node before; its range is its place in the text, where it was read from one.
    public let before: PredicateNode
    /// What replaced it.
    public let after: PredicateNode
  }

  /// Selects the same partitions as the predicate that was simplified.
  public let predicate: PushdownPredicate
  /// The rules that applied, in order.
  public let steps: [Step]
}

extension PushdownPredicate {
  /// An equivalent filter, by all rules: it selects the same partitions, whatever their values.
  ///
  /// Where this predicate is NULL the simplified one may be FALSE; neither selects.
  public func simplified() -> PushdownPredicate { Minimizer().minimize(self).predicate }
}

/// One way of making a predicate shorter without changing which partitions it selects.
///
/// A rule looks at one node of the tree's positive part: the root and the terms of AND and OR below
/// it, where NULL and FALSE are the same, since neither selects. No rule changes what a comparison
/// casts: clauses that cast a key or call functions are only ever moved, negated in their operator,
/// dropped, or replaced by their constant value.
public enum MinimizerRule: String, Hashable, Sendable, CaseIterable {
  case foldConstants = "fold constants"
  case pushNegationDown = "push NOT down"
  case dropTruthTest = "drop IS TRUE"
  case flatten
  case gatherPartitions = "gather partitions"
  case absorbConstants = "absorb constants"
  case dropDuplicates = "drop duplicates"
  case absorbTerms = "absorb terms"
  case mergeKeyClauses = "merge clauses on a key"
  case mergeSharedRests = "merge alternatives"
  case pullOutCommonFactors = "pull out common factors"
  case dropImpliedClauses = "drop implied clauses"

  /// What the rule does, in one sentence with an example.
  public var explanation: String {
    switch self {
    case .foldConstants:
      "What depends on no key is computed once: day = day(DATE '2013-01-31') is day = 31."
    case .pushNegationDown:
      "NOT moves into the operators: NOT (month = 1 OR day IN (2, 3)) is month != 1 AND "
        + "day NOT IN (2, 3)."
    case .dropTruthTest:
      "A predicate selects what is TRUE anyway: (month = 1) IS TRUE is month = 1."
    case .flatten:
      "AND inside AND and OR inside OR need no parentheses: a AND (b AND c) is a AND b AND c."
    case .gatherPartitions:
      "Alternatives that each name one partition by all of its keys become the compact predicate of "
        + "these partitions."
    case .absorbConstants:
      "TRUE, FALSE and NULL among terms decide or vanish: a AND TRUE is a, a AND NULL is FALSE."
    case .dropDuplicates:
      "A term that is written twice counts once: a OR b OR a is a OR b."
    case .absorbTerms:
      "A narrower alternative adds nothing: a OR (a AND b) is a, and a AND (a OR b) is a."
    case .mergeKeyClauses:
      "Clauses on one key become one: day >= 3 AND day <= 9 is day BETWEEN 3 AND 9, and "
        + "month = 1 AND month = 2 is FALSE."
    case .mergeSharedRests:
      "Alternatives that differ in one key share the rest: (month = 1 AND day = 5) OR "
        + "(month = 2 AND day = 5) is month IN (1, 2) AND day = 5."
    case .pullOutCommonFactors:
      "A term common to several alternatives is written once: (a AND b) OR (a AND c) is "
        + "a AND (b OR c)."
    case .dropImpliedClauses:
      "What an enclosing clause decides is dropped: month = 1 AND (month = 2 OR day = 3) is "
        + "month = 1 AND day = 3."
    }
  }

  /// The node rewritten by this rule, in positive position; nil where the rule does not apply.
  func rewrite(_ node: PredicateNode, _ predicate: PushdownPredicate) -> PredicateNode? {
    switch self {
    case .foldConstants: node.foldingConstants()
    case .pushNegationDown: node.pushingNegationDown()
    case .dropTruthTest: node.droppingTruthTest()
    case .flatten: node.flattening()
    case .gatherPartitions: node.gatheringPartitions(predicate.keys)
    case .absorbConstants: node.absorbingConstants()
    case .dropDuplicates: node.droppingDuplicates()
    case .absorbTerms: node.absorbingTerms()
    case .mergeKeyClauses: node.mergingKeyClauses(predicate.keys)
    case .mergeSharedRests: node.mergingSharedRests(predicate.keys)
    case .pullOutCommonFactors: node.pullingOutCommonFactors()
    case .dropImpliedClauses: node.droppingImpliedClauses(predicate.keys)
    }
  }
}
