/// A predicate in the words of GetPartitions' expressions, without any NOT.
///
/// FALSE and NULL are not told apart: neither selects.
indirect enum GlueClause {
  case never
  case always
  case test(GlueTest)
  /// Implied by every other clause on the key; nothing can say it alone.
  case notNull(key: Int, PredicateNode)
  case all([GlueClause])
  case any([GlueClause])

  /// The conjunction, flat and without TRUE.
  static func conjunction(_ clauses: [GlueClause]) -> GlueClause {
    var terms: [GlueClause] = []
    for clause in clauses {
      switch clause {
      case .never: return .never
      case .always: continue
      case .all(let inner): terms += inner
      default: terms.append(clause)
      }
    }
    let implied = terms.reduce(into: Set<Int>()) { $0.formUnion($1.keysNotNull) }
    terms.removeAll { term in
      if case .notNull(let key, _) = term { implied.contains(key) } else { false }
    }
    return terms.count > 1 ? .all(terms) : terms.first ?? .always
  }

  /// The disjunction, flat and without FALSE.
  static func disjunction(_ clauses: [GlueClause]) -> GlueClause {
    var terms: [GlueClause] = []
    for clause in clauses {
      switch clause {
      case .always: return .always
      case .never: continue
      case .any(let inner): terms += inner
      default: terms.append(clause)
      }
    }
    return terms.count > 1 ? .any(terms) : terms.first ?? .never
  }

  /// The keys that are not NULL wherever the clause is TRUE.
  private var keysNotNull: Set<Int> {
    switch self {
    case .never, .always, .notNull: []
    case .test(let test): [test.key]
    case .all(let terms): terms.reduce(into: []) { $0.formUnion($1.keysNotNull) }
    case .any(let terms):
      terms.dropFirst().reduce(into: terms.first?.keysNotNull ?? []) {
        $0.formIntersection($1.keysNotNull)
      }
    }
  }

  /// The first NULL test that no other clause implies.
  var unsaidNullTest: PredicateNode? {
    switch self {
    case .never, .always, .test: return nil
    case .notNull(_, let node): return node
    case .all(let terms), .any(let terms):
      for term in terms {
        if let node = term.unsaidNullTest { return node }
      }
      return nil
    }
  }

  /// The conjunctions of which the clause is the disjunction.
  var alternatives: [GlueConjunction] {
    guard case .any(let terms) = self else { return [GlueConjunction(self)] }
    return terms.map { GlueConjunction($0) }
  }

  /// The text; an alternative that is a conjunction is put in parentheses.
  var text: String {
    switch self {
    case .never, .always, .notNull: ""
    case .test(let test): test.text
    case .all(let terms): GlueConjunction(terms: terms).text
    case .any(let terms):
      terms.map { term in
        if case .all = term { "(\(term.text))" } else { term.text }
      }
      .joined(separator: " OR ")
    }
  }
}
