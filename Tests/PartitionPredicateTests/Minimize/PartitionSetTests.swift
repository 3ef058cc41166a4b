import TestSupport
import Testing

@testable import PartitionPredicate

@Suite("Predicates of a set of partitions select exactly these")
struct PartitionSetTests {
  static let values: [PartitionValue] = [.null, .integer(1), .integer(2), .integer(3)]
  static let few: [PartitionValue] = [.null, .integer(2), .integer(4)]

  @Test(
    "over the whole domain, for every subset of a small one",
    arguments: [(values, Array(few.prefix(2))), (Array(few.prefix(2)), values)])
  func wholeDomain(_ months: [PartitionValue], _ days: [PartitionValue]) {
    let domain = grid(months, days)
    let more: [PartitionValue] = [.null] + (0...5).map { .integer($0) }
    let everything = grid(more, more)
    for bits in 0..<(1 << domain.count) {
      let chosen = domain.indices.filter { bits >> $0 & 1 == 1 }.map { domain[$0] }
      let plain = PushdownPredicate.plain(chosen, keys: Fixture.keys)
      let compact = PushdownPredicate.compact(chosen, keys: Fixture.keys)
      let members = Set(chosen)
      let evaluators = [PredicateEvaluator(plain), PredicateEvaluator(compact)]
      let isExact = everything.allSatisfy { partition in
        evaluators.allSatisfy { $0.selects(partition) == members.contains(partition) }
      }
      #expect(isExact, "\(bits)")
      if !isExact { break }
    }
  }

  @Test("over the known partitions, for every subset of every set of known ones")
  func known() {
    let domain = Array(grid(Self.few, Self.few).dropLast(2))
    var longer = 0
    for known in 0..<(1 << domain.count) {
      var chosen = known
      while true {
        // Every subset of the known bits, down to none.
        if !isExact(domain, known: known, chosen: chosen, &longer) { return }
        if chosen == 0 { break }
        chosen = (chosen - 1) & known
      }
    }
    #expect(longer == 0)
  }

  @Test("over random known partitions of three keys of several types", arguments: [0.1, 0.5, 0.9])
  func random(_ density: Double) {
    var random = SeededGenerator()
    let keys = Array(RandomPredicates.keys[0...2])
    for _ in 0..<12 {
      var known: [Partition] = []
      for month in RandomPredicates.values(.int) + [.null] {
        for day in RandomPredicates.values(.date) + [.null] {
          for site in RandomPredicates.values(.string) + [.null]
          where Double.random(in: 0..<1, using: &random) < density {
            known.append(Partition(keys: keys, values: [month, day, site]))
          }
        }
      }
      let part = Double.random(in: 0...1, using: &random)
      // Whole prefixes are chosen, and single partitions besides.
      let months = Set(RandomPredicates.values(.int).filter { _ in Bool.random(using: &random) })
      let chosen = known.shuffled(using: &random).filter {
        months.contains($0.values[0]) || Double.random(in: 0..<1, using: &random) < part
      }
      let members = Set(chosen)
      let exact = [
        PushdownPredicate.compact(chosen, among: known, keys: keys),
        .compact(chosen, keys: keys), .plain(chosen, keys: keys),
        PushdownPredicate.plain(chosen, keys: keys).simplified(), gathered(chosen, keys),
      ]
      for (index, predicate) in exact.enumerated() {
        let evaluator = PredicateEvaluator(predicate)
        #expect(
          known.allSatisfy { evaluator.selects($0) == members.contains($0) },
          "form \(index), seed \(random.seed)")
      }
      #expect(exact[0].root.length <= exact[1].root.length + 20, "seed \(random.seed)")
    }
  }

  @Test("a partition that is not known is selected too")
  func unknown() {
    let domain = grid(Self.few, Self.few)
    let predicate = PushdownPredicate.compact(
      [domain[0], domain[4]], among: Array(domain[4...]), keys: Fixture.keys)
    let evaluator = PredicateEvaluator(predicate)
    #expect((domain[4...] + [domain[0]]).filter(evaluator.selects) == [domain[4], domain[0]])
  }

  /// The plain form, rewritten by the one rule that knows it.
  private func gathered(_ chosen: [Partition], _ keys: [PartitionKey]) -> PushdownPredicate {
    let plain = PushdownPredicate.plain(chosen, keys: keys)
    let minimized = Minimizer(rules: [.gatherPartitions]).minimize(plain)
    #expect(chosen.count < 10 || !minimized.steps.isEmpty)
    return minimized.predicate
  }

  private func isExact(
    _ domain: [Partition], known: Int, chosen: Int, _ longer: inout Int
  ) -> Bool {
    let all = domain.indices.filter { known >> $0 & 1 == 1 }.map { domain[$0] }
    let some = domain.indices.filter { chosen >> $0 & 1 == 1 }.map { domain[$0] }
    let predicate = PushdownPredicate.compact(some, among: all, keys: Fixture.keys)
    let constant: PredicateNode? =
      chosen == 0 ? .constant(false) : chosen == known ? .constant(true) : nil
    if let constant { #expect(predicate.root == constant) }
    let evaluator = PredicateEvaluator(predicate)
    let isExact = all.allSatisfy { evaluator.selects($0) == some.contains($0) }
    if !isExact { Issue.record("known \(known), chosen \(chosen)") }
    let whole = PushdownPredicate.compact(some, keys: Fixture.keys)
    // The lengths of tries are compared, which are estimates.
    if predicate.root.length > whole.root.length + 8 { longer += 1 }
    return isExact
  }

  private func grid(_ months: [PartitionValue], _ days: [PartitionValue]) -> [Partition] {
    months.flatMap { month in
      days.map { Partition(keys: Fixture.keys, values: [month, $0]) }
    }
  }
}
