/// Writes a predicate as expressions for GetPartitions of the Glue Data Catalog.
///
/// An expression has at most 2,048 characters, so that a predicate may need several; a partition that
/// one of them selects is selected. Where leading keys are compared by `=` or IN there is one
/// expression, or more, for each of their values, beginning with `year = 2020 AND month = 10 AND`:
/// only these are served by a partition index, and no two of different values select the same
/// partition.
public struct GluePrinter: Sendable {
  /// The greatest number of characters of an expression.
  ///
  /// The documentation does not say what a character is. UTF-16 units are counted, which are never
  /// fewer than code points.
  public static let limit = 2048

  /// Creates a printer.
  public init() {}

  /// The expressions whose union selects exactly what the predicate selects.
  ///
  /// No expression for FALSE: then there is nothing to ask for.
  ///
  /// - Throws: `PredicateDialectError.glue` for TRUE, which needs a call without an expression; for
  ///   NULL tests, functions, casts, RLIKE, `<=>`, IS TRUE, boolean keys, keys that are compared as
  ///   another type than their own, reserved names, and clauses that cannot be cut to 2,048
  ///   characters.
  public func expressions(_ predicate: PushdownPredicate) throws(PredicateDialectError) -> [String]
  {
    let reader = GlueReader(predicate)
    let clause = try reader.clause(predicate.root.withNegationsDown)
    if let node = clause.unsaidNullTest, case .test(.isNull(let operand), _) = node.kind,
      case .key(let index) = operand.kind
    {
      throw reader.refusal(.null(key: predicate.keys[index]), node)
    }
    let expressions: [String]?
    do throws(GlueLength) {
      expressions = try Self.expressions(clause, keys: predicate.keys.indices)
    } catch {
      throw reader.refusal(.length(error.needed), predicate.root)
    }
    guard let expressions else { throw reader.refusal(.everything, predicate.root) }
    return expressions
  }

  /// Expressions whose union selects at least what the predicate selects: clauses that they cannot say are left out.
  ///
  /// Whoever asks by them applies the predicate to what is answered. There are at most `most` of them where that is
  /// possible: more would ask for one prefix each, and are put together.
  ///
  /// - Returns: No expression for FALSE; nil where everything has to be asked for.
  public func covering(_ predicate: PushdownPredicate, most: Int = 5) -> [String]? {
    let clause = GlueReader(predicate).weakened(predicate.root.withNegationsDown)
    guard let expressions = try? Self.expressions(clause, keys: predicate.keys.indices) else {
      return nil
    }
    if expressions.count <= most { return expressions }
    return GlueClause.cut(expressions, room: Self.limit, separator: 4) { $0.utf16.count + 2 }
      .map { $0.count == 1 ? $0[0] : $0.map { "(\($0))" }.joined(separator: " OR ") }
  }

  /// The expressions of a clause; none for FALSE, nil for TRUE.
  private static func expressions(
    _ clause: GlueClause, keys: Range<Int>
  ) throws(GlueLength) -> [String]? {
    switch clause {
    case .never: return []
    case .always: return nil
    default: break
    }
    var expressions: [String] = []
    for group in GlueGroup.groups(clause.alternatives, keys: keys) {
      let room = limit - group.overhead
      do throws(GlueLength) {
        if room < 0 { throw GlueLength(needed: 0) }
        var pieces: [GlueConjunction] = []
        for alternative in group.alternatives { pieces += try alternative.pieces(room: room) }
        expressions += group.packed(pieces)
      } catch {
        throw GlueLength(needed: group.overhead + error.needed)
      }
    }
    return expressions
  }
}

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
