import TestSupport
import Testing

@testable import PartitionPredicate

@Suite("Pruning a partition table")
struct PruningTests {
  @Test("selects the rows that the evaluator selects, for random trees", arguments: [1, 2, 3, 7])
  func random(_ keyCount: Int) {
    var source = RandomPredicates(SeededGenerator())
    for _ in 0..<10 {
      let rows = (0..<150).map { _ in
        Partition(keys: RandomPredicates.keys, values: source.row())
      }
      let table = PartitionTable(rows, keys: RandomPredicates.keys)
      for _ in 0..<25 {
        let predicate = source.predicate(depth: 4, keyCount: keyCount)
        let evaluator = PredicateEvaluator(predicate)
        let expected = rows.indices.filter { evaluator.truth(rows[$0].values) == .isTrue }
        let selected = table.select(predicate)
        #expect(Array(selected) == expected, "seed \(source.random.seed): \(predicate.root)")
        #expect(selected.count == expected.count)
      }
    }
  }

  @Test("many alternatives of several keys are chosen by their codes")
  func alternatives() {
    var source = RandomPredicates(SeededGenerator())
    let rows = (0..<250).map { _ in
      Partition(keys: RandomPredicates.keys, values: source.row())
    }
    let table = PartitionTable(rows, keys: RandomPredicates.keys)
    for count in [5, 40, 200] {
      for _ in 0..<5 {
        let terms = (0..<count).map { _ in
          let clauses = (0..<3).map { source.clause($0, 3) }
          return PredicateNode.all(Array(clauses.shuffled(using: &source.random).prefix(3)))
        }
        let predicate = PushdownPredicate(
          keys: RandomPredicates.keys, root: .any(terms), today: 2)
        let evaluator = PredicateEvaluator(predicate)
        let expected = rows.indices.filter { evaluator.truth(rows[$0].values) == .isTrue }
        #expect(Array(table.select(predicate)) == expected, "seed \(source.random.seed)")
      }
    }
  }

  @Test("the plain predicate of any rows selects these, also of a large table")
  func plain() {
    var random = SeededGenerator()
    let keys = Fixture.keys
    var rows: [Partition] = []
    for month in 0..<100 as Range<Int64> {
      for day in 0..<100 as Range<Int64> {
        let first: PartitionValue = month == 0 ? .null : .integer(month)
        rows.append(Partition(keys: keys, values: [first, .integer(day)]))
      }
    }
    rows.shuffle(using: &random)
    let table = PartitionTable(rows, keys: keys)
    #expect(table.count == 10_000)
    #expect(table.partition(at: 17) == rows[17])
    let chosen = rows.indices.filter { _ in Int.random(in: 0..<5, using: &random) == 0 }
    let predicate = PushdownPredicate.plain(chosen.map { rows[$0] }, keys: keys)
    #expect(Array(table.select(predicate)) == chosen, "seed \(random.seed)")
  }

  @Test("an empty table has no rows, and FALSE selects none")
  func nothing() {
    let keys = Fixture.keys
    let all = PushdownPredicate(keys: keys, root: .constant(true))
    let none = PushdownPredicate(keys: keys, root: .constant(false))
    #expect(Array(PartitionTable([], keys: keys).select(all)).isEmpty)
    let table = PartitionTable(
      [Partition(keys: keys, values: [.integer(1), .null])], keys: keys)
    #expect(Array(table.select(all)) == [0])
    #expect(table.select(none).isEmpty)
    #expect(!table.select(none).contains(0))
    #expect(table.select(all).contains(0))
    #expect(!table.select(all).contains(1_000))
  }

  @Test("partitions are found by their values, in tables of any order")
  func find() {
    let keys = Fixture.keys
    let rows = [(2, 1), (1, 3), (1, 1)].map {
      Partition(keys: keys, values: [.integer($0), .integer($1)])
    }
    let table = PartitionTable(rows, keys: keys)
    let unknown = Partition(keys: keys, values: [.integer(2), .integer(3)])
    let other = Partition(keys: keys, values: [.integer(7), .null])
    #expect(table.rows(of: [rows[2], unknown, rows[0], other, rows[1]]) == [2, nil, 0, nil, 1])
  }
}
