extension RowFilterBuilder {
  /// The rows that any of some conjunctions selects, where the sets of the decided keys are left out.
  func alternatives(
    _ terms: [FilterConjunction], _ indices: [Int], decided: [Int]
  ) -> RowFilter {
    var united: [(key: Int, ranges: [Range<UInt32>])] = []
    var rests: [RowFilter] = []
    var open: [Int] = []
    for index in indices {
      let term = terms[index]
      let count = term.sets.count { !decided.contains($0.key) }
      switch (count, term.rest) {
      case (0, .all): return .all
      case (_, .none): break
      case (0, _): rests.append(term.rest)
      case (1, .all):
        guard let first = term.sets.first(where: { !decided.contains($0.key) }) else { continue }
        if let place = united.firstIndex(where: { $0.key == first.key }) {
          united[place].ranges += first.set.ranges
        } else {
          united.append((first.key, first.set.ranges))
        }
      default: open.append(index)
      }
    }
    var filters: [RowFilter] = []
    for (key, ranges) in united {
      let filter = codes(key, CodeSet(ranges))
      if case .all = filter { return .all }
      filters.append(filter)
    }
    if let key = mostFrequentKey(terms, open, decided: decided) {
      filters.append(
        dispatch(
          key, terms, open.filter { terms[$0].sets.contains { $0.key == key } }, decided: decided))
      open.removeAll { terms[$0].sets.contains { $0.key == key } }
    }
    rests += open.map { index in
      all(
        terms[index].sets.filter { !decided.contains($0.key) }.map { codes($0.key, $0.set) }
          + [terms[index].rest])
    }
    filters += rests.filter { !$0.isSlow } + rests.filter(\.isSlow)
    return filters.count > 1 ? .or(filters) : filters.first ?? .none
  }

  /// The key that most conjunctions have a set of; nil when these are too few to choose among.
  private func mostFrequentKey(
    _ terms: [FilterConjunction], _ indices: [Int], decided: [Int]
  ) -> Int? {
    guard indices.count > fewAlternatives else { return nil }
    var counts = [Int](repeating: 0, count: sizes.count)
    for index in indices {
      for (key, _) in terms[index].sets where !decided.contains(key) { counts[key] += 1 }
    }
    guard let most = counts.max(), most > fewAlternatives else { return nil }
    return counts.firstIndex(of: most)
  }

  /// Lets a key that all the conjunctions have a set of choose among them.
  private func dispatch(
    _ key: Int, _ terms: [FilterConjunction], _ indices: [Int], decided: [Int]
  ) -> RowFilter {
    var events: [(code: UInt32, term: Int, begins: Bool)] = []
    events.reserveCapacity(indices.count * 2)
    for index in indices {
      for range in terms[index].sets.first(where: { $0.key == key })?.set.ranges ?? [] {
        events.append((range.lowerBound, index, true))
        events.append((range.upperBound, index, false))
      }
    }
    events.sort { $0.code < $1.code }
    var starts: [UInt32] = [0]
    var filters: [RowFilter] = [.none]
    var active: Set<Int> = []
    // The alternatives of two codes are often the same; they are then put together once.
    var known: [[Int]: RowFilter] = [[]: .none]
    var next = 0
    while next < events.count {
      let code = events[next].code
      while next < events.count, events[next].code == code {
        let event = events[next]
        if event.begins { active.insert(event.term) } else { active.remove(event.term) }
        next += 1
      }
      let chosen = active.sorted()
      let filter = known[chosen] ?? alternatives(terms, chosen, decided: decided + [key])
      known[chosen] = filter
      if code == 0 {
        filters[0] = filter
      } else {
        starts.append(code)
        filters.append(filter)
      }
    }
    return .dispatch(key: key, starts: starts, filters: filters)
  }
}
