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

/// A comparison of one key with literals.
struct GlueTest {
  /// The index of the key.
  let key: Int
  let name: String
  let condition: Condition

  enum Condition {
    /// `=` or IN, with the literals as they are written.
    case values([ExactText])
    /// Any other comparison, as it is written behind the name.
    case other(String)
  }

  var text: String {
    switch condition {
    case .values(let values):
      values.count == 1
        ? "\(name) = \(values[0])" : "\(name) IN (\(values.joined(separator: ", ")))"
    case .other(let text): "\(name) \(text)"
    }
  }
}

/// Tests and disjunctions that all have to be TRUE; none is TRUE.
struct GlueConjunction {
  var terms: [GlueClause]

  init(terms: [GlueClause]) { self.terms = terms }

  init(_ clause: GlueClause) {
    if case .all(let terms) = clause { self.terms = terms } else { terms = [clause] }
  }

  var text: String {
    terms.map { term in
      if case .any = term { "(\(term.text))" } else { term.text }
    }
    .joined(separator: " AND ")
  }

  /// Conjunctions of at most so many characters, of which this one is the disjunction.
  ///
  /// - Throws: `GlueLength` when there is nothing to cut.
  func pieces(room: Int) throws(GlueLength) -> [GlueConjunction] {
    let lengths = terms.map(\.textLength)
    let length = lengths.reduce(5 * max(0, terms.count - 1), +)
    if length <= room { return [self] }
    let longest = terms.indices.filter { terms[$0].isDivisible }.max { lengths[$0] < lengths[$1] }
    guard let longest else { throw GlueLength(needed: length) }
    var pieces: [GlueConjunction] = []
    for part in terms[longest].parts(room: room - (length - lengths[longest])) {
      let inner = GlueConjunction(part).terms
      pieces += try GlueConjunction(terms: terms[..<longest] + inner + terms[(longest + 1)...])
        .pieces(room: room)
    }
    return pieces
  }
}

/// A clause needs more characters than there is room for.
struct GlueLength: Error {
  let needed: Int
}

extension GlueClause {
  /// The number of characters in a conjunction.
  fileprivate var textLength: Int {
    if case .any = self { text.utf16.count + 2 } else { text.utf16.count }
  }

  fileprivate var isDivisible: Bool {
    switch self {
    case .any: true
    case .test(let test):
      if case .values(let values) = test.condition { values.count > 1 } else { false }
    default: false
    }
  }

  /// The clause cut into at least two, of which it is the disjunction, each as long as there is room,
  /// or of a single value or alternative.
  fileprivate func parts(room: Int) -> [GlueClause] {
    switch self {
    case .any(let terms):
      // Parentheses around the term, and around each alternative.
      return Self.cut(terms, room: room - 2, separator: 4) { $0.text.utf16.count + 2 }
        .map { GlueClause.disjunction($0) }
    case .test(let test):
      guard case .values(let values) = test.condition else { return [self] }
      let list = room - test.name.utf16.count - " IN ()".utf16.count
      return Self.cut(values, room: list, separator: 2) { $0.text.utf16.count }
        .map { .test(GlueTest(key: test.key, name: test.name, condition: .values($0))) }
    default: return [self]
    }
  }

  /// Cuts a list into runs whose lengths and separators fit.
  static func cut<Element>(
    _ elements: [Element], room: Int, separator: Int, length: (Element) -> Int
  ) -> [[Element]] {
    var runs: [[Element]] = []
    var used = 0
    for element in elements {
      let needed = length(element)
      if !runs.isEmpty, used + separator + needed <= room {
        runs[runs.count - 1].append(element)
        used += separator + needed
      } else {
        runs.append([element])
        used = needed
      }
    }
    return runs
  }
}
