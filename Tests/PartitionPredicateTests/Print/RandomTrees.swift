import TestSupport

@testable import PartitionPredicate

/// Random trees with every nesting that the grammar has, over clauses that were read.
struct RandomTrees {
  var random: SeededGenerator
  let keys: [PartitionKey]

  private static let clauses = [
    "f", "g", "TRUE", "a = 1", "a IN (1, 2)", "s LIKE 'x%'", "d > 1.5", "b <=> 7L",
    "day BETWEEN DATE '2013-01-31' AND date_add(day, 1)", "s RLIKE 'a'", "t IS NULL", "f IS TRUE",
    "CAST(s AS int) = 1", "at < TIMESTAMP '2013-01-31 05:00:00'",
    "a - (a - 1) * 2 % 3 = (a + b) DIV 2", "s || 'x' = upper(trim(s))", "-a = -1",
    "day + INTERVAL 1 MONTH > last_day(day)", "at - INTERVAL 90 MINUTES < at + INTERVAL 2 DAYS",
    "day + INTERVAL 5 HOURS = at - INTERVAL 1 YEAR", "s + INTERVAL 1 DAY > '2013'",
    "coalesce(f, g)",
    "to_date(s, 'yyyyMMdd') = make_date(a, 1, 2)", "substring(s, 2) LIKE lpad(s, 3, '0')",
    "CASE a WHEN 1 THEN f WHEN b THEN a = 2 ELSE g END", "if(f, a, b) + 1 IN (a, 2)",
    "nvl2(a, f, g)",
    "CASE WHEN f OR g THEN 'x' END IS NULL", "unix_timestamp(at) = b", "date_format(at, 'HH') = s",
  ]

  mutating func tree(depth: Int) throws -> PredicateNode {
    guard depth > 0, Int.random(in: 0..<5, using: &random) > 0 else {
      let clause = Self.clauses.randomElement(using: &random) ?? "f"
      return try PushdownPredicate(clause, keys: keys, today: 0).root
    }
    let negated = Bool.random(using: &random)
    let kind: PredicateNode.Kind
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: kind = .and(try terms(depth))
    case 2, 3: kind = .or(try terms(depth))
    case 4: kind = .not(try tree(depth: depth - 1))
    case 5: kind = .test(.isNull(try tree(depth: depth - 1)), negated: negated)
    case 6:
      kind = .test(
        .isTruth(try tree(depth: depth - 1), Bool.random(using: &random), as: .boolean),
        negated: negated)
    case 7:
      let comparison = ComparisonOperator.allCases.randomElement(using: &random) ?? .equal
      kind = .comparison(
        comparison, try tree(depth: depth - 1), try tree(depth: depth - 1), as: .boolean)
    case 8:
      kind = .test(
        .isIn(try tree(depth: depth - 1), try terms(depth), as: .boolean), negated: negated)
    default:
      let between = PredicateNode.Between(
        value: try tree(depth: depth - 1), low: try tree(depth: depth - 1),
        high: try tree(depth: depth - 1), lowType: .boolean, highType: .boolean)
      kind = .test(.isBetween(between), negated: negated)
    }
    return PredicateNode(kind, .boolean)
  }

  private mutating func terms(_ depth: Int) throws -> [PredicateNode] {
    var terms: [PredicateNode] = []
    for _ in 0..<Int.random(in: 2...3, using: &random) { terms.append(try tree(depth: depth - 1)) }
    return terms
  }
}
