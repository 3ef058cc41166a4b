/// Evaluates every clause for the rows that reach it, a set of rows at a time.
struct ClauseCounter {
  /// What a node is for a row, and the node at which the path of this result ends.
  struct Outcome {
    var truth: Truth
    var decider: Int
  }

  let predicate: PushdownPredicate
  let table: PartitionTable
  var counts: [ClauseCount] = []
  /// The number of nodes in each node's subtree, in pre-order.
  private var sizes: [Int] = []

  init(_ predicate: PushdownPredicate, _ table: PartitionTable) {
    self.predicate = predicate
    self.table = table
    _ = measure(predicate.root)
    counts = Array(repeating: ClauseCount(), count: sizes.count)
  }

  /// The counts of all nodes.
  mutating func counted() -> [ClauseCount] {
    let rows = Array(0..<UInt32(table.count))
    for outcome in evaluate(predicate.root, 0, rows) { counts[outcome.decider].decides += 1 }
    return counts
  }

  private mutating func measure(_ node: PredicateNode) -> Int {
    let index = sizes.count
    sizes.append(1)
    var size = 1
    for child in node.children { size += measure(child) }
    sizes[index] = size
    return size
  }

  /// The children with their indices in pre-order.
  func children(_ node: PredicateNode, _ index: Int) -> [(node: PredicateNode, index: Int)] {
    var next = index + 1
    return node.children.map { child in
      defer { next += sizes[next] }
      return (child, next)
    }
  }

  /// The outcome of a node for each of the rows that reach it.
  mutating func evaluate(_ node: PredicateNode, _ index: Int, _ rows: [UInt32]) -> [Outcome] {
    let outcomes: [Outcome]
    switch node.kind {
    case .and, .or: outcomes = junction(node, index, rows)
    case .not(let operand):
      outcomes = evaluate(operand, index + 1, rows).map {
        Outcome(truth: $0.truth.negated, decider: $0.decider)
      }
    default:
      outcomes = LeafTruths(node, predicate, table).truths(rows, table)
        .map { Outcome(truth: $0, decider: index) }
      countOperands(node, index, rows)
    }
    for outcome in outcomes { counts[index].add(outcome.truth) }
    return outcomes
  }

  /// Counts the boolean nodes among the operands of a clause, all of which its rows reach.
  mutating func countOperands(_ node: PredicateNode, _ index: Int, _ rows: [UInt32]) {
    for (child, childIndex) in children(node, index) {
      if child.type == .boolean {
        _ = evaluate(child, childIndex, rows)
      } else {
        countOperands(child, childIndex, rows)
      }
    }
  }

  private mutating func junction(
    _ node: PredicateNode, _ index: Int, _ rows: [UInt32]
  ) -> [Outcome] {
    let terms = children(node, index)
    if case .or = node.kind, terms.count > 8 { return alternatives(terms, index, rows) }
    return joined(node, terms[...], index, rows)
  }

  /// The outcomes of terms that are evaluated one after the other, for the rows that are left.
  mutating func joined(
    _ node: PredicateNode, _ terms: ArraySlice<(node: PredicateNode, index: Int)>, _ index: Int,
    _ rows: [UInt32]
  ) -> [Outcome] {
    let stop: Truth
    if case .and = node.kind { stop = .isFalse } else { stop = .isTrue }
    var outcomes = [Outcome](
      repeating: Outcome(truth: stop.negated, decider: index), count: rows.count)
    var left = Array(rows.indices)
    for term in terms {
      if left.isEmpty { break }
      let found = evaluate(term.node, term.index, left.map { rows[$0] })
      var next: [Int] = []
      for (position, outcome) in zip(left, found) {
        if outcome.truth == stop || outcome.truth == .isNull && outcomes[position].truth != .isNull
        {
          outcomes[position] = outcome
        }
        if outcome.truth != stop { next.append(position) }
      }
      left = next
    }
    return outcomes
  }
}
