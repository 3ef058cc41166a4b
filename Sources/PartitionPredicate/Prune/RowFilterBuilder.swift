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
