import PartitionPredicate

/// The innermost clause to which each byte of a predicate's text belongs.
struct ClauseMap: Sendable {
  /// The clause that begins at each offset, in text order; 0 for none.
  private var places: [(offset: Int, clause: Int)] = [(0, 0)]

  init(_ outline: PredicateOutline) {
    var open: [PredicateClause] = []
    func close(until offset: Int) {
      while let last = open.last, last.node.range.upperBound <= offset {
        open.removeLast()
        places.append((last.node.range.upperBound, open.last?.number ?? 0))
      }
    }
    for clause in outline.clauses {
      close(until: clause.node.range.lowerBound)
      places.append((clause.node.range.lowerBound, clause.number))
      open.append(clause)
    }
    close(until: .max)
  }

  /// The pieces of a range that belong to one clause each.
  func pieces(of range: Range<Int>) -> [(range: Range<Int>, clause: Int)] {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle].offset <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    var start = range.lowerBound
    var pieces: [(Range<Int>, Int)] = []
    while start < range.upperBound, index < places.count {
      let end = index + 1 < places.count ? places[index + 1].offset : range.upperBound
      let cut = min(end, range.upperBound)
      if cut > start { pieces.append((start..<cut, places[index].clause)) }
      start = max(start, cut)
      index += 1
    }
    return pieces
  }
}
