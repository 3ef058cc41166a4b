/// How many partitions reach a clause when a predicate is evaluated from left to right, and what it
/// makes of them.
public struct ClauseCount: Hashable, Sendable {
  /// The partitions for which the clause is evaluated at all: AND stops at the first FALSE term, OR
  /// at the first TRUE one.
  public internal(set) var reached = 0
  /// Of these, the partitions for which it is TRUE.
  public internal(set) var isTrue = 0
  /// Of these, the partitions for which it is FALSE.
  public internal(set) var isFalse = 0
  /// Of these, the partitions for which it is NULL.
  public internal(set) var isNull = 0
  /// The partitions whose result the clause decides, found by following the result from the root.
  ///
  /// An OR that is TRUE leads to its first TRUE term, an AND that is FALSE to its first FALSE one,
  /// either one that is NULL to its first NULL term, and NOT to its operand. An AND that is TRUE and
  /// an OR that is FALSE decide themselves, since all terms do so together.
  public internal(set) var decides = 0

  /// Creates a count of nothing.
  public init() {}

  mutating func add(_ truth: Truth, _ count: Int = 1) {
    reached += count
    switch truth {
    case .isTrue: isTrue += count
    case .isFalse: isFalse += count
    case .isNull: isNull += count
    }
  }
}

extension PartitionTable {
  /// What each clause of a predicate makes of the partitions.
  ///
  /// - Parameter predicate: Bound to this table's keys.
  /// - Returns: One count a node in pre-order over `PredicateNode.children`, the root first; zero for
  ///   nodes that are not boolean.
  public func clauseCounts(_ predicate: PushdownPredicate) -> [ClauseCount] {
    precondition(predicate.keys == keys, "the predicate is bound to the table's keys")
    var counter = ClauseCounter(predicate, self)
    return counter.counted()
  }
}

/// Evaluates every clause for the rows that reach it, a set of rows at a time.
private struct ClauseCounter {
  /// What a node is for a row, and the node at which the path of this result ends.
  private struct Outcome {
    var truth: Truth
    var decider: Int
  }

  private let predicate: PushdownPredicate
  private let table: PartitionTable
  private var counts: [ClauseCount] = []
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
  private func children(_ node: PredicateNode, _ index: Int) -> [(node: PredicateNode, index: Int)]
  {
    var next = index + 1
    return node.children.map { child in
      defer { next += sizes[next] }
      return (child, next)
    }
  }

  /// The outcome of a node for each of the rows that reach it.
  private mutating func evaluate(_ node: PredicateNode, _ index: Int, _ rows: [UInt32]) -> [Outcome]
  {
    let outcomes: [Outcome]
    switch node.kind {
    case .or(let terms) where terms.count > Self.fewAlternatives:
      outcomes = alternatives(children(node, index), index, rows)
    case .and, .or: outcomes = joined(node, children(node, index)[...], index, rows)
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
  private mutating func countOperands(_ node: PredicateNode, _ index: Int, _ rows: [UInt32]) {
    for (child, childIndex) in children(node, index) {
      if child.type == .boolean {
        _ = evaluate(child, childIndex, rows)
      } else {
        countOperands(child, childIndex, rows)
      }
    }
  }

  /// So many alternatives are asked one after the other; of more, the rows that match are looked up.
  private static let fewAlternatives = 8

  /// The outcomes of terms that are evaluated one after the other, for the rows that are left.
  private mutating func joined(
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

  // MARK: Many alternatives

  /// The outcomes of many alternatives.
  ///
  /// Where an alternative begins with a clause on one key, only the rows for which this clause is not FALSE
  /// are looked at, by an index of the rows by that key; the others are counted as a whole.
  private mutating func alternatives(
    _ terms: [(node: PredicateNode, index: Int)], _ index: Int, _ rows: [UInt32]
  ) -> [Outcome] {
    var outcomes = [Outcome](
      repeating: Outcome(truth: .isFalse, decider: index), count: rows.count)
    var isLeft = [Bool](repeating: true, count: rows.count)
    var left = rows.count
    var places: [Int: RowLocations] = [:]
    for term in terms {
      if left == 0 { break }
      let (lead, isWhole) = self.lead(of: term)
      let leaf = lead.node.isClause ? LeafTruths(lead.node, predicate, table) : nil
      var positions: [Int] = []
      var found: [Outcome] = []
      if case .codes(let key, let isTrue, let isNull) = leaf {
        let byCode = places[key] ?? RowLocations(rows, table.columns[key])
        places[key] = byCode
        let selected = byCode.positions(isTrue).filter { isLeft[$0] }
        let unknown = byCode.positions(isNull).filter { isLeft[$0] }
        counts[lead.index].add(.isTrue, selected.count)
        counts[lead.index].add(.isNull, unknown.count)
        counts[lead.index].add(.isFalse, left - selected.count - unknown.count)
        positions = selected + unknown
        let truths = repeatElement(Truth.isTrue, count: selected.count)
        found = truths.map { Outcome(truth: $0, decider: lead.index) }
        found += repeatElement(Outcome(truth: .isNull, decider: lead.index), count: unknown.count)
        if !isWhole {
          found = rest(of: term, after: found, positions.map { rows[$0] })
          for outcome in found { counts[term.index].add(outcome.truth) }
          counts[term.index].add(.isFalse, left - positions.count)
        }
      } else {
        positions = rows.indices.filter { isLeft[$0] }
        found = evaluate(term.node, term.index, positions.map { rows[$0] })
      }
      for (position, outcome) in zip(positions, found) {
        if outcome.truth == .isTrue {
          isLeft[position] = false
          left -= 1
        } else if outcome.truth == .isFalse || outcomes[position].truth == .isNull {
          continue
        }
        outcomes[position] = outcome
      }
    }
    return outcomes
  }

  /// The clause that an alternative begins with, and whether it is the whole alternative.
  private func lead(
    of term: (node: PredicateNode, index: Int)
  ) -> (clause: (node: PredicateNode, index: Int), isWhole: Bool) {
    guard case .and(let factors) = term.node.kind else { return (term, true) }
    return ((factors[0], term.index + 1), false)
  }

  /// The outcomes of a conjunction whose first term is evaluated already, and is not FALSE.
  private mutating func rest(
    of term: (node: PredicateNode, index: Int), after first: [Outcome], _ rows: [UInt32]
  ) -> [Outcome] {
    let factors = children(term.node, term.index)
    let outcomes = joined(term.node, factors[1...], term.index, rows)
    return zip(first, outcomes).map { first, other in
      first.truth == .isNull && other.truth != .isFalse ? first : other
    }
  }
}

extension PredicateNode {
  /// Whether the node is a clause without boolean parts of its own.
  fileprivate var isClause: Bool {
    junction == nil && !children.contains { $0.type == .boolean || !$0.isClause }
  }
}

/// The positions in a list of rows by their code of one key.
private struct RowLocations {
  private var starts: [Int]
  private var sorted: [Int]

  init(_ rows: [UInt32], _ column: PartitionTable.Column) {
    starts = [Int](repeating: 0, count: column.values.count + 1)
    for row in rows { starts[Int(column.codes[Int(row)]) + 1] += 1 }
    for code in starts.indices.dropFirst() { starts[code] += starts[code - 1] }
    var next = starts
    sorted = [Int](repeating: 0, count: rows.count)
    for (position, row) in rows.enumerated() {
      let code = Int(column.codes[Int(row)])
      sorted[next[code]] = position
      next[code] += 1
    }
  }

  /// The positions of the rows whose code belongs to a set.
  func positions(_ codes: CodeSet) -> [Int] {
    codes.ranges.flatMap { sorted[starts[Int($0.lowerBound)]..<starts[Int($0.upperBound)]] }
  }
}
