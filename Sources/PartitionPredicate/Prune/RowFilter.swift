/// A predicate compiled for one partition table: sets of codes wherever one key decides.
indirect enum RowFilter: Sendable {
  case all
  case none
  /// The row's code of this key belongs to a set.
  case codes(key: Int, CodeSet)
  /// Evaluated row by row.
  case evaluate(PredicateEvaluator)
  case and([RowFilter])
  case or([RowFilter])
  /// The row's code of this key chooses the filter: the last whose start is not above the code.
  case dispatch(key: Int, starts: [UInt32], filters: [RowFilter])

  /// Whether rows are evaluated one by one.
  var isSlow: Bool {
    switch self {
    case .all, .none, .codes: false
    case .evaluate: true
    case .and(let terms), .or(let terms), .dispatch(_, _, let terms):
      terms.contains(where: \.isSlow)
    }
  }
}

/// Puts filters together, uniting and intersecting the sets of one key.
struct RowFilterBuilder {
  /// The number of distinct values of each key.
  let sizes: [Int]
  /// From this number of alternatives on, a key's code chooses among them.
  let fewAlternatives = 4

  init(sizes: [Int]) { self.sizes = sizes }

  func codes(_ key: Int, _ set: CodeSet) -> RowFilter {
    if set.isEmpty { return .none }
    return set.isAll(of: sizes[key]) ? .all : .codes(key: key, set)
  }

  /// The rows that all filters select.
  func all(_ filters: [RowFilter]) -> RowFilter {
    var sets: [(key: Int, set: CodeSet)] = []
    var rest: [RowFilter] = []
    for filter in filters {
      let terms: [RowFilter]
      if case .and(let inner) = filter { terms = inner } else { terms = [filter] }
      for term in terms {
        switch term {
        case .all: break
        case .none: return .none
        case .codes(let key, let set):
          if let index = sets.firstIndex(where: { $0.key == key }) {
            sets[index].set = sets[index].set.intersection(set)
            if sets[index].set.isEmpty { return .none }
          } else {
            sets.append((key, set))
          }
        default: rest.append(term)
        }
      }
    }
    // What is evaluated row by row comes last.
    let terms =
      sets.map { codes($0.key, $0.set) } + rest.filter { !$0.isSlow } + rest.filter(\.isSlow)
    return terms.count > 1 ? .and(terms) : terms.first ?? .all
  }

  /// The rows that any filter selects.
  func any(_ filters: [RowFilter]) -> RowFilter {
    var terms: [FilterConjunction] = []
    for filter in filters {
      if case .or(let inner) = filter {
        terms += inner.map { FilterConjunction($0) }
      } else {
        terms.append(FilterConjunction(filter))
      }
    }
    return alternatives(terms, Array(terms.indices), decided: [])
  }
}

/// A filter as sets of codes, which a row's codes all have to belong to, and the rest.
struct FilterConjunction {
  private(set) var sets: [(key: Int, set: CodeSet)] = []
  private(set) var rest: RowFilter = .all

  init(_ filter: RowFilter) {
    switch filter {
    case .codes(let key, let set): sets = [(key, set)]
    case .and(let terms):
      var others: [RowFilter] = []
      for term in terms {
        if case .codes(let key, let set) = term {
          sets.append((key, set))
        } else {
          others.append(term)
        }
      }
      rest = others.count > 1 ? .and(others) : others.first ?? .all
    default: rest = filter
    }
  }
}

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
