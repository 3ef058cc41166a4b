import TestSupport
import Testing

@testable import PartitionPredicate

@Suite("Simplified predicates select the same partitions")
struct MinimizerEquivalenceTests {
  /// Random trees do not name partitions by all their keys; `PartitionSetTests` do.
  static let rules = MinimizerRule.allCases.filter { $0 != .gatherPartitions }

  @Test("each rule alone, on random trees and rows", arguments: rules)
  func alone(_ rule: MinimizerRule) {
    var hasApplied = false
    // Among so few trees there may be none of a rare shape.
    for _ in 0..<20 where !hasApplied {
      hasApplied = check(Minimizer(rules: [rule]), trees: 100, keyCount: 3).contains(rule)
    }
    #expect(hasApplied, "the rule never applied")
  }

  @Test("all rules together, on random trees over few and over many keys", arguments: [1, 2, 7])
  func together(_ keyCount: Int) {
    let applied = check(Minimizer(), trees: 300, keyCount: keyCount)
    #expect(applied.count >= 8)
  }

  @Test("every clause of every shape, at every value of its key and just beside it")
  func singleClauses() {
    let key = PartitionKey(name: "day", type: .int)
    let values: [PartitionValue] = [.null] + (0...3).map { .integer($0) }
    var mistakes: [String] = []
    for clause in Self.clauses(key) {
      for other in Self.clauses(key) {
        for root in [PredicateNode.all([clause, other]), .any([clause, other])] {
          let predicate = PushdownPredicate(keys: [key], root: root)
          let simplified = predicate.simplified()
          let before = PredicateEvaluator(predicate)
          let after = PredicateEvaluator(simplified)
          let isSame = values.allSatisfy {
            (before.truth([$0]) == .isTrue) == (after.truth([$0]) == .isTrue)
          }
          if !isSame { mistakes.append("\(root)") }
          if simplified.root.length > root.length { mistakes.append("longer: \(root)") }
        }
      }
    }
    #expect(mistakes.isEmpty)
  }

  @Test("every set of a small type is written as a clause that has exactly its values")
  func sets() {
    for type in [KeyType.int, .date, .boolean, .string, .timestamp] {
      let key = PartitionKey(name: "k", type: type)
      let values: [PartitionValue] = [.null] + RandomPredicates.values(type).sorted()
      for bits in 0..<(1 << values.count) {
        let chosen = values.indices.filter { bits >> $0 & 1 == 1 }.map { values[$0] }
        let set = ValueSet(type, values: chosen)
        for (set, isMember) in [(set, true), (set.complement, false)] {
          let node = set.node(0, key)
          let evaluator = PredicateEvaluator(PushdownPredicate(keys: [key], root: node))
          let selected = values.filter { evaluator.truth([$0]) == .isTrue }
          #expect(selected == values.filter { chosen.contains($0) == isMember }, "\(node)")
        }
      }
    }
  }

  /// Every clause over one key with the literals 1 and 2.
  private static func clauses(_ key: PartitionKey) -> [PredicateNode] {
    let clauses = KeyClauses(0, key)
    let literals: [PartitionValue] = (1...2).map { .integer($0) }
    var nodes = [clauses.isNull(negated: false), clauses.isNull(negated: true)]
    for comparison in ComparisonOperator.allCases {
      nodes += literals.map { clauses.compare(comparison, $0) }
    }
    for low in literals {
      for high in literals where low <= high || high == .integer(1) {
        nodes += [true, false].map { clauses.between(low, high, negated: $0) }
        nodes += [true, false].map { clauses.list([low, high], negated: $0) }
      }
    }
    return nodes + [
      clauses.compare(.equal, .null), clauses.list([.integer(2), .null], negated: true),
    ]
  }

  /// Compares the selections before and after, and returns the rules that applied.
  private func check(_ minimizer: Minimizer, trees: Int, keyCount: Int) -> Set<MinimizerRule> {
    var source = RandomPredicates(SeededGenerator())
    var applied: Set<MinimizerRule> = []
    for _ in 0..<trees {
      let predicate = source.predicate(depth: 4, keyCount: keyCount)
      let minimized = minimizer.minimize(predicate)
      applied.formUnion(minimized.steps.map(\.rule))
      let before = PredicateEvaluator(predicate)
      let after = PredicateEvaluator(minimized.predicate)
      let different = (0..<30).contains { _ in
        let row = source.row()
        return (before.truth(row) == .isTrue) != (after.truth(row) == .isTrue)
      }
      #expect(!different, "seed \(source.random.seed): \(predicate.root)")
      if different { break }
    }
    return applied
  }
}
