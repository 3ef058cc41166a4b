/// The alternatives of a predicate that share their comparisons of leading keys.
struct GlueGroup {
  /// Comparisons by `=`, of which the last may be of another kind.
  let prefix: [GlueTest]
  /// What has to be TRUE besides: one of these; nothing when there is none.
  let alternatives: [GlueConjunction]

  /// So many values of a key behind the first one get an expression each; more stay in an IN.
  private static let mostValues = 100

  /// Groups alternatives by the values of their leading keys.
  ///
  /// The last key that is tested is left in IN lists: an expression for each of its values would save
  /// nothing.
  static func groups(_ alternatives: [GlueConjunction], keys: Range<Int>) -> [GlueGroup] {
    groups(alternatives, keys: keys, prefix: [])
  }

  private static func groups(
    _ alternatives: [GlueConjunction], keys: Range<Int>, prefix: [GlueTest]
  ) -> [GlueGroup] {
    let last = alternatives.lazy.map { $0.lastKey }.max() ?? -1
    guard let key = keys.first, key < last else { return [GlueGroup(prefix, alternatives)] }
    var order: [ExactText] = []
    var buckets: [ExactText: (test: GlueTest?, rests: [GlueConjunction])] = [:]
    for alternative in alternatives {
      for (test, rest) in alternative.split(by: key) {
        let text = test?.text.exact ?? ""
        if buckets[text] == nil { order.append(text) }
        buckets[text, default: (test, [])].rests.append(rest)
      }
    }
    guard prefix.isEmpty || order.count <= mostValues else {
      return [GlueGroup(prefix, alternatives)]
    }
    return order.flatMap { text -> [GlueGroup] in
      guard let (test, rests) = buckets[text] else { return [] }
      guard let test else { return [GlueGroup(prefix, rests)] }
      guard case .values = test.condition else { return [GlueGroup(prefix + [test], rests)] }
      return groups(rests, keys: keys.dropFirst(), prefix: prefix + [test])
    }
  }

  private init(_ prefix: [GlueTest], _ alternatives: [GlueConjunction]) {
    self.prefix = prefix
    if alternatives.contains(where: { $0.terms.isEmpty }) {
      self.alternatives = []
    } else {
      self.alternatives = Self.merged(alternatives)
    }
  }

  /// Alternatives that compare one key by `=` or IN become one IN, a lone disjunction its
  /// alternatives.
  private static func merged(_ alternatives: [GlueConjunction]) -> [GlueConjunction] {
    let flat = alternatives.flatMap {
      if $0.terms.count == 1, case .any = $0.terms[0] { $0.terms[0].alternatives } else { [$0] }
    }
    var result: [GlueConjunction] = []
    var places: [Int: Int] = [:]
    var values: [Int: [ExactText]] = [:]
    var seen: Set<ExactText> = []
    for alternative in flat {
      if alternative.terms.count == 1, case .test(let test) = alternative.terms[0],
        case .values(let list) = test.condition
      {
        if places[test.key] == nil {
          places[test.key] = result.count
          result.append(alternative)
        }
        for value in list where seen.insert("\(test.key) \(value)").inserted {
          values[test.key, default: []].append(value)
        }
      } else if seen.insert("? \(alternative.text)").inserted {
        result.append(alternative)
      }
    }
    for (key, place) in places {
      guard case .test(let test) = result[place].terms[0] else { continue }
      result[place].terms = [
        .test(GlueTest(key: key, name: test.name, condition: .values(values[key] ?? [])))
      ]
    }
    return result
  }

  private var prefixText: String { prefix.map(\.text).joined(separator: " AND ") }

  /// The characters that every expression of the group needs besides a single alternative.
  var overhead: Int { prefix.isEmpty ? 0 : prefixText.utf16.count + 5 }

  /// Expressions of pieces of the alternatives, as few as their order allows.
  func packed(_ pieces: [GlueConjunction]) -> [String] {
    guard !pieces.isEmpty else { return [prefixText] }
    let alternatives = pieces.map { piece in
      (alone: piece.text, among: piece.terms.count > 1 ? "(\(piece.text))" : piece.text)
    }
    let room = GluePrinter.limit - overhead - (prefix.isEmpty ? 0 : 2)
    return GlueClause.cut(alternatives, room: room, separator: 4) { $0.among.utf16.count }
      .map { run in
        let start = prefix.isEmpty ? "" : "\(prefixText) AND "
        if run.count == 1 { return start + run[0].alone }
        let text = run.map(\.among).joined(separator: " OR ")
        return prefix.isEmpty ? text : "\(start)(\(text))"
      }
  }
}

extension GlueConjunction {
  /// The greatest index of a key that is tested.
  fileprivate var lastKey: Int { terms.lazy.map { Self.lastKey($0) }.max() ?? -1 }

  private static func lastKey(_ clause: GlueClause) -> Int {
    switch clause {
    case .never, .always, .notNull: -1
    case .test(let test): test.key
    case .all(let terms), .any(let terms): terms.lazy.map { lastKey($0) }.max() ?? -1
    }
  }

  /// The conjunction as alternatives, each with one comparison of a key, and what is left without it;
  /// a single alternative without a comparison where the key is not tested in all of them.
  fileprivate func split(by key: Int) -> [(test: GlueTest?, rest: GlueConjunction)] {
    func rest(_ index: Int, _ inner: [GlueClause] = []) -> GlueConjunction {
      GlueConjunction(terms: terms[..<index] + inner + terms[(index + 1)...])
    }
    var other: (GlueTest, GlueConjunction)?
    for (index, term) in terms.enumerated() {
      guard case .test(let test) = term, test.key == key else { continue }
      guard case .values(let values) = test.condition else {
        if other == nil { other = (test, rest(index)) }
        continue
      }
      return values.map {
        (GlueTest(key: key, name: test.name, condition: .values([$0])), rest(index))
      }
    }
    for (index, term) in terms.enumerated() {
      guard case .any(let alternatives) = term else { continue }
      var result: [(test: GlueTest?, rest: GlueConjunction)] = []
      for alternative in alternatives {
        result += GlueConjunction(alternative).split(by: key).map {
          ($0.test, rest(index, $0.rest.terms))
        }
      }
      if result.allSatisfy({ $0.test != nil }) { return result }
    }
    return [other ?? (nil, self)]
  }
}
