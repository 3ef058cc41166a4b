import TestSupport
import Testing

@testable import PartitionPredicate

@Suite("Spark's text of a predicate")
struct SparkPrinterTests {
  static let keys = [
    PartitionKey(name: "a", type: .int), PartitionKey(name: "b", type: .bigint),
    PartitionKey(name: "s", type: .string), PartitionKey(name: "t", type: .string),
    PartitionKey(name: "d", type: .decimal(precision: 5, scale: 2)),
    PartitionKey(name: "day", type: .date), PartitionKey(name: "at", type: .timestamp),
    PartitionKey(name: "f", type: .boolean), PartitionKey(name: "g", type: .boolean),
    PartitionKey(name: "time hour", type: .int), PartitionKey(name: "or", type: .int),
  ]

  private func predicate(_ text: String) throws -> PushdownPredicate {
    try PushdownPredicate(text, keys: Self.keys, today: 15_750)
  }

  @Test(
    "what it writes is read as the same tree, and written the same again",
    arguments: [
      "TRUE", "FALSE", "NULL", "f", "NOT f", "NOT NOT f", "NOT a = 1", "NOT (f AND g)",
      "a = 1 AND s = 'x' AND f", "(a = 1 AND f) OR g", "a = 1 AND (f OR g)",
      "a = 1 AND (s = 'x' AND f)", "(a = 1 AND s = 'x') AND f", "f OR (g OR a = 1)",
      "(f OR g) OR a = 1", "NOT f OR (NOT g AND a = 1)", "(NOT f) IS NULL", "(f AND g) IS TRUE",
      "f = g = TRUE", "f = (g = TRUE)", "(f OR g) = TRUE", "f = (NOT g)", "a = 1 IS NOT NULL",
      "(a IS NULL) = f", "a = 1 IN (TRUE, f)", "(a IN (1, 2)) IN (TRUE, f OR g)",
      "(a BETWEEN 1 AND 2) IS FALSE", "a = 1 BETWEEN FALSE AND f = g",
      "(s LIKE 'a') = f", "(f IS TRUE) IS NOT FALSE", "a BETWEEN 1 AND 2 AND f",
      "a NOT BETWEEN -1 AND 2", "a NOT IN (1, NULL)", "a <=> NULL", "a != 1", "b = 1L", "b = 1",
      "b = 3000000000", "b >= -9223372036854775808", "a < 2147483648", "s LIKE 'a\\\\%b_'",
      "s LIKE 'a/%b' ESCAPE '/'", "s NOT LIKE 'x' ESCAPE '\\''", "s RLIKE '^a\\\\d+$'",
      "s NOT RLIKE 'a'", "a LIKE '1%'", "s LIKE t", "d = 1.25", "d = 1.5", "d = 0.5", "d = 0.00",
      "d = 7BD", "d IN (1.0, -2.55)", "day = DATE '2013-01-31'", "day > '2013-02-29'",
      "day = DATE '+12013-01-31'", "day >= DATE '-0001-01-01'", "day = DATE '0000-01-01'",
      "at BETWEEN TIMESTAMP '2013-01-31 05:00:00' AND TIMESTAMP '2013-01-31 05:00:00.5'",
      "year(day) = 2013", "date_add(day, -7) < current_date()",
      "date_trunc('month', at) = TIMESTAMP '2013-01-01 00:00:00'", "CAST(s AS int) = 1",
      "CAST(CAST(a AS string) AS decimal(10,2)) > 1.00", "CAST(f AS int) = 1",
      "CAST(f = g AS string) = 'true'", "CAST(NULL AS int) <=> a", "`time hour` = 1", "`or` IN (1)",
      "s = 'it\\'s'", "s = 'a\\nb\\t\\r\\\\'", "s = 'e\u{301}'", "s IN ('é', 'e\u{301}', '')",
      "s = '\\u0000\\u200B\\u00A0'", "s = '\\U000E0001'", "s = '\\\\u0041'", "s = '\\\\%'",
      "a + 1 = 2", "a - (a - 1) = 1", "(a + 1) * 2 % 3 = b DIV 2", "0 - a = b * (a * 2)",
      "concat(s, '-', a) = 'x'", "coalesce(s, 'x', NULL) = t", "coalesce(f, g)",
      "CASE WHEN f THEN 1 WHEN a = 1 OR g THEN 2 ELSE b END = 1L", "CASE a WHEN 1 THEN f END",
      "substring(s, -2, 2147483647) = lpad(t, 2, '0')", "upper(trim(s)) LIKE concat(t, '%')",
      "to_date(s, 'yyyy-MM') = day", "unix_timestamp(at) = unix_timestamp(s, 'HH')",
      "add_months(day, 1) = make_date(a, 1, 31)", "day + INTERVAL '36' HOUR = at",
      "at + INTERVAL '2' DAY < at + INTERVAL '-1' MONTH", "at + INTERVAL '90' SECOND = at",
      "CAST(CAST(s AS timestamp) + INTERVAL '1' DAY AS string) = t", "a + 1 IN (1)",
      "a + 1 BETWEEN b - 1 AND 2",
      "s = 1", "s IN (1, 'x')", "s = 1.5", "f = 1", "f IS NOT TRUE", "s IS TRUE",
    ])
  func roundTrip(_ text: String) throws {
    let tree = try predicate(text)
    #expect(SparkPrinter().text(tree) == text)
    #expect(try predicate(SparkPrinter().text(tree)).root == tree.root)
  }

  @Test(
    "what Spark has several ways for is written in one",
    arguments: [
      ("day + INTERVAL 1 WEEK = day", "date_add(day, 7) = day"),
      ("day - 1 = day", "date_sub(day, 1) = day"),
      ("day - INTERVAL '1 month' = day", "add_months(day, -1) = day"), ("-a = 1", "0 - a = 1"),
      ("s || t || a = s", "concat(s, t, a) = s"), ("nvl(a, 1) = 1", "coalesce(a, 1) = 1"),
      ("if(f, a, 2) = 2", "CASE WHEN f THEN a ELSE 2 END = 2"), ("isnull(a)", "a IS NULL"),
      ("nvl2(s, a, 1) = 1", "CASE WHEN s IS NOT NULL THEN a ELSE 1 END = 1"),
      ("to_date(s) = day", "CAST(s AS date) = day"), ("ucase(s) = lcase(s)", "upper(s) = lower(s)"),
      ("to_date(a, 'yyyy') = day", "to_date(a, 'yyyy') = day"),
      ("left(s, 2) = t", "substring(s, 1, 2) = t"),
      ("unix_timestamp(s) = 1", "unix_timestamp(s, 'yyyy-MM-dd HH:mm:ss') = 1"),
    ])
  func canonical(_ source: String, _ written: String) throws {
    let text = SparkPrinter().text(try predicate(source))
    #expect(text == written)
    #expect(try predicate(text).root == predicate(source).root)
  }

  @Test(
    "superfluous parentheses and other spellings go",
    arguments: [
      ("((a = (1)))", "a = 1"), ("not(f)", "NOT f"), ("! f", "NOT f"), ("a == 1", "a = 1"),
      ("a <> 1", "a != 1"), ("f or g and a=1", "f OR (g AND a = 1)"), ("b=1L", "b = 1L"),
      ("s regexp 'a'", "s RLIKE 'a'"), ("not a = 1 and f", "NOT a = 1 AND f"),
      ("(a) between (1) and (2)", "a BETWEEN 1 AND 2"), ("A = 1", "a = 1"),
      ("d = 1.50BD", "d = 1.50"),
      ("date'2013-01-31' = day", "DATE '2013-01-31' = day"),
      ("current_date = day", "current_date() = day"),
    ])
  func spellings(_ text: String, _ written: String) throws {
    #expect(SparkPrinter().text(try predicate(text)) == written)
  }

  @Test("literals that Spark cannot spell in their type get a CAST, unless the place has the type")
  func typedLiterals() throws {
    let type = ValueType.decimal(precision: 5, scale: 2)
    let literal = PredicateNode(.literal(.decimal(unscaled: 150, scale: 2)), type)
    let key = PredicateNode.key(4, Self.keys[4])
    func text(_ kind: PredicateNode.Kind) -> String {
      SparkPrinter().text(
        PushdownPredicate(keys: Self.keys, root: PredicateNode(kind, .boolean)))
    }
    #expect(text(.comparison(.equal, key, literal, as: type)) == "d = 1.50")
    let wider = ValueType.decimal(precision: 9, scale: 4)
    #expect(
      text(.comparison(.equal, key, literal, as: wider)) == "d = CAST(1.50 AS decimal(5,2))")
    let null = PredicateNode(.literal(.null), .int)
    #expect(text(.comparison(.nullSafeEqual, key, null, as: type)) == "d <=> CAST(NULL AS int)")
    #expect(text(.not(PredicateNode(.literal(.null), .boolean))) == "NOT NULL")
    #expect(text(.test(.isNull(null), negated: false)) == "CAST(NULL AS int) IS NULL")
  }

  @Test("random trees are read back as they were")
  func randomTrees() throws {
    var trees = RandomTrees(random: SeededGenerator(), keys: Self.keys)
    for _ in 0..<3000 {
      let tree = try trees.tree(depth: 5)
      let text = SparkPrinter().text(PushdownPredicate(keys: Self.keys, root: tree))
      let read = try predicate(text)
      #expect(read.root == tree, "seed \(trees.random.seed): \(text)")
      #expect(SparkPrinter().text(read) == text, "seed \(trees.random.seed)")
    }
  }

  @Test("generated predicates are read back with the same selection, and written the same again")
  func generated() throws {
    let keys = [
      PartitionKey(name: "b", type: .bigint),
      PartitionKey(name: "d", type: .decimal(precision: 5, scale: 2)),
      PartitionKey(name: "day", type: .date),
    ]
    let values: [[PartitionValue]] = [
      [.null, .integer(1), .integer(2), .integer(3), .integer(5_000_000_000)],
      [.null] + [0, 150, -25, 99_999].map { .decimal(unscaled: $0, scale: 2) },
      [.null] + (-1...3).map { .date(days: $0) },
    ]
    let domain = values[0].flatMap { first in
      values[1].flatMap { second in values[2].map { [first, second, $0] } }
    }
    var random = SeededGenerator()
    for _ in 0..<30 {
      let chosen = Set(domain.filter { _ in Bool.random(using: &random) })
      let partitions = chosen.map { Partition(keys: keys, values: $0) }
      let predicates = [
        PushdownPredicate.compact(partitions, keys: keys),
        PushdownPredicate.plain(partitions, keys: keys),
      ]
      for predicate in predicates {
        let text = SparkPrinter().text(predicate)
        let read = try PushdownPredicate(text, keys: keys, today: 0)
        let evaluator = PredicateEvaluator(read)
        #expect(
          domain.allSatisfy { (evaluator.truth($0) == .isTrue) == chosen.contains($0) },
          "seed \(random.seed): \(text)")
        #expect(SparkPrinter().text(read) == text, "seed \(random.seed)")
      }
    }
  }

  @Test("a hundred thousand alternatives are written without deep recursion")
  func large() {
    let key = Self.keys[0]
    let terms = (0..<100_000).map { PredicateNode.equals(0, key, .integer($0)) }
    let text = SparkPrinter().text(PushdownPredicate(keys: Self.keys, root: .any(terms)))
    #expect(text.hasPrefix("a = 0 OR a = 1 OR a = 2 OR "))
    #expect(text.utf8.count { $0 == UInt8(ascii: "=") } == 100_000)
  }
}
