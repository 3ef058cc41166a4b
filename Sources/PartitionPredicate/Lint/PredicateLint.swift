/// Finds what is odd about a predicate over known partitions.
public enum PredicateLint {
  /// Of an AND or OR with more terms it is not asked which of them the others imply.
  public static let maximumTerms = 100

  /// What is odd about the predicate of an outline.
  ///
  /// - Parameters:
  ///   - outline: The predicate.
  ///   - table: The known partitions, with the predicate's keys.
  /// - Returns: Findings in the order of the clauses.
  public static func findings(
    _ outline: PredicateOutline, _ table: PartitionTable
  ) -> [PredicateFinding] {
    let study = Study(outline: outline, table: table, counts: table.clauseCounts(outline.predicate))
    let strings = table.keys.indices.filter { table.keys[$0].type == .string }
    let spellings = Dictionary(
      uniqueKeysWithValues: strings.map { ($0, KnownSpellings(table.columns[$0])) })
    var findings: [PredicateFinding] = []
    for clause in outline.clauses {
      let impossible = clause.node.impossibility(outline, spellings)
      let kinds =
        impossible.map { [$0] } ?? study.emptiness(clause).map { [$0] } ?? []
      let notes =
        clause.node.conversions(outline) + clause.node.versionDifferences(outline)
        + clause.node.unreadable(outline, table)
      findings += (kinds + notes).map { PredicateFinding(clause: clause.number, kind: $0) }
    }
    findings += study.implied()
    return findings.sorted { $0.clause < $1.clause }
  }
}

/// A predicate beside its known partitions.
private struct Study {
  let outline: PredicateOutline
  let table: PartitionTable
  let counts: [ClauseCount]

  /// Why a clause is not TRUE for any known partition; nil when it is for one.
  func emptiness(_ clause: PredicateClause) -> PredicateFinding.Kind? {
    if clause.node.type != .boolean || clause.node.isOperand { return nil }
    if case .and(let terms) = clause.node.kind, terms.count <= PredicateLint.maximumTerms,
      predicate(clause.node).simplified().root == .constant(false)
    {
      return .neverTrue
    }
    // Terms that match nothing say it themselves.
    let isChain = !clause.children.isEmpty
    guard table.count > 0, counts[clause.treeIndex].isTrue == 0,
      !(isChain && clause.children.contains { isEmpty(outline[$0].node) }),
      isEmpty(clause.node)
    else { return nil }
    return .matchesNothing(partitions: table.count)
  }

  /// The terms of AND and OR that change nothing, the last ones first.
  func implied() -> [PredicateFinding] {
    outline.clauses.filter(isPositive).flatMap { clause -> [PredicateFinding] in
      let terms = clause.children
      guard clause.node.isChain, terms.count <= PredicateLint.maximumTerms else { return [] }
      var isOr = false
      if case .or = clause.node.kind { isOr = true }
      let selected = terms.map { table.select(predicate(outline[$0].node)) }
      // What decides a row: of OR the terms that are TRUE, of AND those that are not.
      func decides(_ term: Int, _ row: Int) -> Bool { selected[term].contains(row) == isOr }
      var counts = [Int](repeating: 0, count: table.count)
      for term in terms.indices {
        for row in 0..<table.count where decides(term, row) { counts[row] += 1 }
      }
      let says = isOr ? counts.contains { $0 > 0 } : counts.contains { $0 < terms.count }
      guard says else { return [] }
      var found: [PredicateFinding] = []
      for term in terms.indices.reversed() where found.count < terms.count - 1 {
        let rows = (0..<table.count).filter { decides(term, $0) }
        // A term of OR that is never TRUE is said to match nothing.
        if isOr && rows.isEmpty || rows.contains(where: { counts[$0] == 1 }) { continue }
        for row in rows { counts[row] -= 1 }
        found.append(
          PredicateFinding(
            clause: terms[term],
            kind: .implied(by: clause.number, partitions: table.count)))
      }
      return found
    }
  }

  /// Whether only AND and OR are around a clause, so that NULL and FALSE are the same there.
  private func isPositive(_ clause: PredicateClause) -> Bool {
    outline.path(to: clause.number).dropFirst().allSatisfy { outline[$0].node.isChain }
  }

  private func isEmpty(_ node: PredicateNode) -> Bool {
    guard node.type == .boolean else { return false }
    if !node.isChain, case .codes(_, let isTrue, _) = LeafTruths(node, outline.predicate, table) {
      return isTrue.ranges.isEmpty
    }
    return table.select(predicate(node)).count == 0
  }

  private func predicate(_ node: PredicateNode) -> PushdownPredicate {
    PushdownPredicate(
      keys: outline.predicate.keys, root: node, today: outline.predicate.today)
  }
}

/// The values of a string key by what remains of them when case, blanks and leading zeros go: finds the
/// known value that a literal is nearly.
struct KnownSpellings {
  private let column: PartitionTable.Column
  private let counts: [Int]
  private var codesByText: [ExactText: Int] = [:]
  private var codesByNumber: [Int: Int] = [:]

  /// Indexes a column, in time that grows with its distinct values and its rows.
  init(_ column: PartitionTable.Column) {
    self.column = column
    var counts = [Int](repeating: 0, count: column.values.count)
    for code in column.codes { counts[Int(code)] += 1 }
    self.counts = counts
    for (code, value) in column.values.enumerated().reversed() {
      guard case .string(let text) = value else { continue }
      codesByText[Self.bare(text)] = code
      if let number = Int(text) { codesByNumber[number] = code }
    }
  }

  /// The known value that a literal is nearly; nil when the literal is known, or like none.
  func nearMiss(of literal: String, key: PartitionKey) -> PredicateFinding.Kind? {
    let code = codesByText[Self.bare(literal)] ?? Int(literal).flatMap { codesByNumber[$0] }
    let value = PartitionValue.string(literal)
    guard let code, column.code(of: value) == nil else { return nil }
    return .spelling(
      key: key.name, literal: value.literalText, known: column.values[code].literalText,
      partitions: counts[code])
  }

  private static func bare(_ text: String) -> ExactText {
    ExactText(String(text.unicodeScalars.filter { !$0.properties.isWhitespace })).lowercased
  }
}
