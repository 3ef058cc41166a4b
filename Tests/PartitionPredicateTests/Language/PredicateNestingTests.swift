import Testing

@testable import PartitionPredicate

@Suite("The size of a predicate")
struct PredicateNestingTests {
  static let limit = PredicateSyntax.maximumDepth

  @Test("100,000 terms of OR and 100,000 elements of IN are read and bound")
  func long() throws {
    let terms = (0..<100_000).map { "month = \($0)" }.joined(separator: " OR ")
    let predicate = try PushdownPredicate(terms, keys: PredicateKeys.all, today: 0)
    guard case .or(let bound) = predicate.root.kind else {
      Issue.record("no OR")
      return
    }
    #expect(bound.count == 100_000)
    let elements = (0..<100_000).map { "'\($0)'" }.joined(separator: ",")
    let list = try PushdownPredicate("station IN (\(elements))", keys: PredicateKeys.all, today: 0)
    #expect(list.root.children.count == 100_001)
  }

  @Test(
    "nesting of every kind goes to the limit and no deeper",
    arguments: [
      ["(", "final", ")"], ["NOT ", "final", ""], ["!", "final", ""], ["", "final", " = final"],
      ["CAST(", "final", " AS boolean)"], ["final IN (", "final", ")"],
      ["final = (", "final", ")"], ["coalesce(", "final", ")"], ["isnull(", "final", ")"],
      ["CASE WHEN final THEN ", "final", " END"], ["CASE ", "final", " WHEN final THEN final END"],
    ])
  func deep(_ parts: [String]) throws {
    func text(_ depth: Int) -> String {
      String(repeating: parts[0], count: depth) + parts[1]
        + String(repeating: parts[2], count: depth)
    }
    _ = try PushdownPredicate(text(Self.limit), keys: PredicateKeys.all, today: 0)
    for depth in [Self.limit + 1, 20_000] {
      let error = #expect(throws: PushdownPredicateError.self) {
        try PushdownPredicate(text(depth), keys: PredicateKeys.all, today: 0)
      }
      #expect(error?.kind == .tooDeep)
    }
  }

  @Test("the error marks what is one level too deep")
  func place() {
    let open = String(repeating: "(", count: Self.limit)
    MarkedPredicate("\(open)«(»final", Self.sentence).check()
    let comparisons = String(repeating: "= final ", count: Self.limit)
    MarkedPredicate("final \(comparisons)«=» final", Self.sentence).check()
  }

  @Test("levels of different kinds count together")
  func mixed() {
    // Each level is a comparison, and a chain of comparisons around it.
    let start = String(repeating: "(", count: 11)
    let chain = "final" + String(repeating: " = final", count: 19)
    let middle = String(repeating: ")" + String(repeating: " = final", count: 19), count: 11)
    #expect(throws: PushdownPredicateError.self) {
      try PushdownPredicate("\(start)\(chain)\(middle)", keys: PredicateKeys.all, today: 0)
    }
  }

  private static let sentence =
    "The predicate is nested more than 200 levels deep here; write it with fewer parentheses, NOTs "
    + "or comparisons of comparisons."
}
