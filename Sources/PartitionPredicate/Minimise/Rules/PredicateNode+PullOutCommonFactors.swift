extension PredicateNode {
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
