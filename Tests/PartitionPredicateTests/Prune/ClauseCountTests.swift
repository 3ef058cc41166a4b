import TestSupport
import Testing

@testable import PartitionPredicate

@Suite("Clause counts")
struct ClauseCountTests {
  @Test("each clause says how many partitions reach it and what it makes of them")
  func example() {
    let keys = Fixture.keys
    let rows: [[PartitionValue]] = [
      [.integer(1), .integer(1)], [.integer(1), .integer(2)], [.integer(2), .integer(2)],
      [.null, .integer(2)], [.integer(1), .null],
    ]
    let table = PartitionTable(rows.map { Partition(keys: keys, values: $0) }, keys: keys)
    let root = PredicateNode.all([
      .equals(0, keys[0], .integer(1)), .equals(1, keys[1], .integer(2)),
    ])
    let counts = table.clauseCounts(PushdownPredicate(keys: keys, root: root))
    // AND, month = 1, month, 1, day = 2, day, 2
    #expect(counts.count == 7)
    #expect(facts(counts[0]) == [5, 1, 2, 2, 1])
    #expect(facts(counts[1]) == [5, 3, 1, 1, 2])
    #expect(facts(counts[4]) == [4, 2, 1, 1, 2])
    #expect(facts(counts[2]) == [0, 0, 0, 0, 0])
  }

  @Test("are those of an evaluation partition by partition, for random trees", arguments: [2, 7])
  func random(_ keyCount: Int) {
    var source = RandomPredicates(SeededGenerator())
    let rows = (0..<40).map { _ in
      Partition(keys: RandomPredicates.keys, values: source.row())
    }
    let table = PartitionTable(rows, keys: RandomPredicates.keys)
    for index in 0..<80 {
      var predicate = source.predicate(depth: 4, keyCount: keyCount)
      if index % 4 == 0 {
        // Many alternatives are counted in another way.
        let terms = (0..<12).map { _ in source.node(depth: 1, keyCount: keyCount) }
        predicate = PushdownPredicate(keys: predicate.keys, root: .any(terms), today: 2)
      }
      let naive = NaiveClauseCounts(predicate, rows.map(\.values))
      #expect(
        table.clauseCounts(predicate) == naive.counts,
        "seed \(source.random.seed): \(predicate.root)")
    }
  }

  @Test(
    "many alternatives that name partitions are counted as one by one, with and without NULL",
    arguments: [true, false])
  func paths(_ hasNull: Bool) {
    var source = RandomPredicates(SeededGenerator())
    let keys = Array(RandomPredicates.keys[0...2])
    let rows = (0..<100).map { _ in
      Partition(
        keys: keys,
        values: zip(keys, source.row()).map { key, value in
          hasNull || value != .null ? value : RandomPredicates.values(key.type)[0]
        })
    }
    let table = PartitionTable(rows, keys: keys)
    for count in [9, 60] {
      for order in [[0, 1, 2], [2, 0, 1]] {
        let terms = (0..<count).map { index in
          let values = rows[index].values
          return PredicateNode.all(
            order.prefix(1 + index % 3).map { .equals($0, keys[$0], values[$0]) })
        }
        let other = PredicateNode.equals(1, keys[1], rows[99].values[1])
        let predicate = PushdownPredicate(
          keys: keys, root: .any(terms + [PredicateNode(.not(other), .boolean)] + terms))
        let naive = NaiveClauseCounts(predicate, rows.map(\.values))
        #expect(table.clauseCounts(predicate) == naive.counts, "seed \(source.random.seed)")
      }
    }
  }

  private func facts(_ count: ClauseCount) -> [Int] {
    [count.reached, count.isTrue, count.isFalse, count.isNull, count.decides]
  }
}

/// Counts one partition and one node after the other.
private struct NaiveClauseCounts {
  var counts: [ClauseCount]
  let evaluator: PredicateEvaluator

  init(_ predicate: PushdownPredicate, _ rows: [[PartitionValue]]) {
    counts = Array(repeating: ClauseCount(), count: Self.size(predicate.root))
    evaluator = PredicateEvaluator(predicate)
    for row in rows {
      visit(predicate.root, 0, row)
      counts[decider(predicate.root, 0, row)].decides += 1
    }
  }

  private static func size(_ node: PredicateNode) -> Int {
    node.children.reduce(1) { $0 + size($1) }
  }

  private func truth(_ node: PredicateNode, _ row: [PartitionValue]) -> Truth {
    Truth(evaluator.value(of: node, row)) ?? .isNull
  }

  private mutating func visit(_ node: PredicateNode, _ index: Int, _ row: [PartitionValue]) {
    if node.type == .boolean { counts[index].add(truth(node, row)) }
    var next = index + 1
    for child in node.children {
      visit(child, next, row)
      if case .and = node.kind, truth(child, row) == .isFalse { break }
      if case .or = node.kind, truth(child, row) == .isTrue { break }
      next += Self.size(child)
    }
  }

  private func decider(_ node: PredicateNode, _ index: Int, _ row: [PartitionValue]) -> Int {
    let result = truth(node, row)
    switch node.kind {
    case .not(let operand): return decider(operand, index + 1, row)
    case .and where result == .isTrue, .or where result == .isFalse: return index
    case .and(let terms), .or(let terms):
      var next = index + 1
      for term in terms {
        if truth(term, row) == result { return decider(term, next, row) }
        next += Self.size(term)
      }
      return index
    default: return index
    }
  }
}
