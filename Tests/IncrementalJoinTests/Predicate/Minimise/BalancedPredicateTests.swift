import Testing

@testable import IncrementalJoin

@Suite("Balanced predicates")
struct BalancedPredicateTests {
  @Test("long junctions become groups of groups", arguments: [2, 3, 10])
  func groups(_ maximum: Int) {
    for count in 1...40 {
      let plain = PushdownPredicate.plain(days(count), keys: FlightsAndWeather.keys)
      let balanced = plain.balanced(maximumTerms: maximum)
      #expect(widest(balanced.root) <= max(2, maximum))
      #expect(leaves(balanced.root) == leaves(plain.root))
    }
  }

  @Test("short ones stay as they are, and the depth grows slowly")
  func depth() {
    let short = PushdownPredicate.plain(days(10), keys: FlightsAndWeather.keys)
    #expect(short.balanced(maximumTerms: 10) == short)
    let long = PushdownPredicate.plain(days(1_000), keys: FlightsAndWeather.keys)
    #expect(depth(long.balanced(maximumTerms: 10).root) == depth(short.root) + 2)
  }

  private func days(_ count: Int) -> [Partition] {
    (0..<count).map {
      Partition(keys: FlightsAndWeather.keys, values: [.integer(1), .integer(Int64($0))])
    }
  }

  private func widest(_ node: PredicateNode) -> Int {
    guard let (_, terms) = node.junction else { return 0 }
    return terms.reduce(terms.count) { max($0, widest($1)) }
  }

  private func leaves(_ node: PredicateNode) -> [PredicateNode] {
    node.junction.map { $0.terms.flatMap(leaves) } ?? [node]
  }

  private func depth(_ node: PredicateNode) -> Int {
    node.junction.map { 1 + ($0.terms.map(depth).max() ?? 0) } ?? 0
  }
}
