extension PredicateNode {
  /// The junction with the terms of junctions of the same kind in place of these.
  func flattening() -> PredicateNode? {
    guard let (junction, terms) = junction,
      terms.contains(where: { $0.junction?.kind == junction })
    else { return nil }
    return junction.node(terms.flatMap { $0.terms(of: junction) })
  }

  /// The junction with each term once.
  func droppingDuplicates() -> PredicateNode? {
    guard let (junction, terms) = junction else { return nil }
    var seen: Set<PredicateNode> = []
    let distinct = terms.filter { seen.insert($0).inserted }
    return distinct.count == terms.count ? nil : junction.node(distinct)
  }

  /// The junction without the terms that contain another term: a OR (a AND b), a AND (a OR b).
  ///
  /// Terms of more than eight factors are only compared with terms of one or two of them, which keeps
  /// the work linear.
  func absorbingTerms() -> PredicateNode? {
    guard let (junction, nodes) = junction else { return nil }
    let table = TermTable(nodes, junction.other)
    let terms = table.terms.map { $0.sorted() }
    let known = Set(terms)
    var kept: [PredicateNode] = []
    for (node, term) in zip(nodes, terms) where !Self.contains(term, another: known) {
      kept.append(node)
    }
    return kept.count == nodes.count ? nil : junction.node(kept)
  }

  /// Whether a proper part of a term's factors is a term itself.
  private static func contains(_ term: [Int], another known: Set<[Int]>) -> Bool {
    guard term.count > 1 else { return false }
    guard term.count > 8 else {
      return (1..<(1 << term.count) - 1).contains { part in
        known.contains(term.indices.filter { part >> $0 & 1 == 1 }.map { term[$0] })
      }
    }
    if term.count > 1_000 { return term.contains { known.contains([$0]) } }
    return term.indices.contains { first in
      known.contains([term[first]])
        || term[(first + 1)...].contains { known.contains([term[first], $0]) }
    }
  }

  /// The junction with factors that several terms share written once before these.
  ///
  /// Each term goes with its most frequent factor: (a AND b) OR (a AND c) is a AND (b OR c), and
  /// (a OR b) AND (a OR c) is a OR (b AND c).
  func pullingOutCommonFactors() -> PredicateNode? {
    guard let (junction, nodes) = junction else { return nil }
    let table = TermTable(nodes, junction.other)
    var counts = [Int](repeating: 0, count: table.factors.count)
    for term in table.terms { for number in term { counts[number] += 1 } }
    guard counts.contains(where: { $0 > 1 }) else { return nil }
    // The first of the most frequent ones, so that the outcome does not depend on chance.
    let chosen = table.terms.map { term in
      term.reduce(term[0]) { counts[$1] > counts[$0] ? $1 : $0 }
    }
    var groups: [Int: [Int]] = [:]
    for (index, number) in chosen.enumerated() { groups[number, default: []].append(index) }
    guard groups.contains(where: { $0.value.count > 1 }) else { return nil }
    var terms: [PredicateNode] = []
    for (index, number) in chosen.enumerated() {
      guard let group = groups[number], group.count > 1 else {
        terms.append(nodes[index])
        continue
      }
      guard group[0] == index else { continue }
      let rests = group.map { member in
        junction.other.node(
          table.terms[member].filter { $0 != number }.map { table.factors[$0] })
      }
      terms.append(junction.other.node([table.factors[number], junction.node(rests)]))
    }
    return junction.node(terms)
  }
}

/// The terms of a junction of junctions as sets of numbered factors, so that equal factors are found
/// by their numbers.
struct TermTable {
  /// Each factor once, by its number.
  private(set) var factors: [PredicateNode] = []
  /// The numbers of each term's factors, in the term's order.
  private(set) var terms: [[Int]] = []

  /// Numbers the factors of terms, which are the terms of the other junction inside each.
  init(_ terms: [PredicateNode], _ inner: Junction) {
    var numbers: [PredicateNode: Int] = [:]
    for term in terms {
      var own: [Int] = []
      for factor in term.terms(of: inner) {
        let number = numbers[factor] ?? factors.count
        if number == factors.count {
          numbers[factor] = number
          factors.append(factor)
        }
        if !own.contains(number) { own.append(number) }
      }
      self.terms.append(own)
    }
  }
}
