extension ClauseCounter {
  /// The outcomes of many alternatives.
  ///
  /// Where an alternative is a path through a sorted list of the rows, its rows are found there. Where
  /// it begins with a clause on one key, only the rows for which this clause is not FALSE are looked at, by an
  /// index of the rows by that key; the others are counted as a whole. So the work is that of the rows
  /// that match, not terms times rows.
  mutating func alternatives(
    _ terms: [(node: PredicateNode, index: Int)], _ index: Int, _ rows: [UInt32]
  ) -> [Outcome] {
    var outcomes = [Outcome](
      repeating: Outcome(truth: .isFalse, decider: index), count: rows.count)
    var isLeft = [Bool](repeating: true, count: rows.count)
    var left = rows.count
    var places: [Int: RowPlaces] = [:]
    var sorted: [SortedPlaces] = []
    for term in terms {
      if left == 0 { break }
      if let path = path(of: term) {
        let index =
          sorted.firstIndex { $0.keys == path.keys } ?? sorted.count
        if index == sorted.count {
          sorted.append(SortedPlaces(rows, by: path.keys, isLeft: isLeft, table))
        }
        for position in follow(path, of: term, sorted[index], isLeft: isLeft, left: left) {
          outcomes[position] = Outcome(truth: .isTrue, decider: term.index)
          isLeft[position] = false
          left -= 1
          for index in sorted.indices { sorted[index].remove(position) }
        }
        continue
      }
      let (lead, isWhole) = self.lead(of: term)
      let leaf = lead.node.isClause ? LeafTruths(lead.node, predicate, table) : nil
      var positions: [Int] = []
      var found: [Outcome] = []
      if case .codes(let key, let isTrue, let isNull) = leaf {
        let byCode = places[key] ?? RowPlaces(rows, table.columns[key])
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
          for index in sorted.indices { sorted[index].remove(position) }
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
  var isClause: Bool {
    junction == nil && !children.contains { $0.type == .boolean || !$0.isClause }
  }
}

/// The positions in a list of rows by their code of one key.
private struct RowPlaces {
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
