import PartitionPredicate

/// The JSON of a clause over all known partitions.
struct ClauseJSON: Encodable {
  let clause: Int
  let text: String
  let depth: Int
  let reached: Int
  let `true`: Int
  let `false`: Int
  let null: Int
  let decides: Int
  let findings: [String]

  static func all(_ outline: PredicateOutline, _ table: PartitionTable) -> [ClauseJSON] {
    let counts = table.clauseCounts(outline.predicate)
    let findings = Dictionary(
      grouping: PredicateLint.findings(outline, table), by: \.clause)
    return outline.clauses.map { clause in
      let count = counts[clause.treeIndex]
      return ClauseJSON(
        clause: clause.number, text: outline.text(of: clause.number), depth: clause.depth,
        reached: count.reached, true: count.isTrue, false: count.isFalse, null: count.isNull,
        decides: count.decides,
        findings: (findings[clause.number] ?? []).map(\.message))
    }
  }
}
