import TestSupport
import Testing

@testable import PartitionPredicate

@Suite("Expressions for Glue's GetPartitions")
struct GluePrinterTests {
  static let keys = [
    PartitionKey(name: "year", type: .string), PartitionKey(name: "month", type: .int),
    PartitionKey(name: "day", type: .date), PartitionKey(name: "flag", type: .boolean),
    PartitionKey(name: "share", type: .decimal(precision: 5, scale: 2)),
    PartitionKey(name: "order", type: .int), PartitionKey(name: "time hour", type: .int),
    PartitionKey(name: "id", type: .bigint), PartitionKey(name: "at", type: .timestamp),
  ]

  private func expressions(_ source: String) throws -> [String] {
    try GluePrinter().expressions(PushdownPredicate(source, keys: Self.keys, today: 15_750))
  }

  @Test(
    "clauses are written in the words that Glue has",
    arguments: [
      ("month == 1", ["month = 1"]), ("1 < month", ["month > 1"]), ("month != 1", ["month <> 1"]),
      ("NOT month = 1", ["month <> 1"]), ("month NOT IN (1, 2)", ["month NOT IN (1, 2)"]),
      ("month IN (1, NULL, 1)", ["month = 1"]), ("month NOT IN (1, NULL)", []), ("FALSE", []),
      ("NULL", []), ("month = NULL", []), ("month = 1 AND FALSE", []),
      ("month BETWEEN 1 AND 3", ["month BETWEEN 1 AND 3"]),
      ("month NOT BETWEEN 1 AND 3", ["month < 1 OR month > 3"]),
      ("month NOT BETWEEN NULL AND 3", ["month > 3"]),
      ("NOT (month = 1 OR day = DATE '2013-01-31')", ["month <> 1 AND day <> '2013-01-31'"]),
      ("year = 'it\\'s'", ["year = 'it''s'"]), ("year LIKE '20%'", ["year LIKE '20%'"]),
      ("year NOT LIKE '20__'", ["year NOT LIKE '20__'"]),
      ("month = '01'", ["month = 1"]), ("month = 1L", ["month = 1"]),
      ("year IN (2013, '2014')", ["year IN ('2013', '2014')"]), ("share = 1.5", ["share = 1.50"]),
      ("id = 7", ["id = 7"]), ("day >= date_sub(current_date(), 7)", ["day >= '2013-02-07'"]),
      ("at = TIMESTAMP '2013-01-31 05:00:00'", ["at = '2013-01-31 05:00:00'"]),
      ("month IS NOT NULL AND month > 1", ["month > 1"]),
      ("month = 1 OR TRUE AND month = 2", ["month IN (1, 2)"]),
    ])
  func clauses(_ source: String, _ written: [String]) throws {
    #expect(try expressions(source) == written)
  }

  @Test(
    "there is one expression for each value of the leading keys",
    arguments: [
      (
        "year IN ('2012', '2013') AND month IN (1, 2) AND day > '2013-01-01'",
        [
          "year = '2012' AND month = 1 AND day > '2013-01-01'",
          "year = '2012' AND month = 2 AND day > '2013-01-01'",
          "year = '2013' AND month = 1 AND day > '2013-01-01'",
          "year = '2013' AND month = 2 AND day > '2013-01-01'",
        ]
      ),
      (
        "(year = '2012' AND month = 1) OR (year = '2013' AND month = 2) OR (year = '2012' AND month = 3)",
        ["year = '2012' AND month IN (1, 3)", "year = '2013' AND month = 2"]
      ),
      (
        "(year = '2012' AND month = 1) OR year = '2012'", ["year = '2012'"]
      ),
      (
        "(year < '2012' OR year = '2013') AND (month = 1 OR month > 7)",
        [
          "year < '2012' AND (month = 1 OR month > 7)",
          "year = '2013' AND (month = 1 OR month > 7)",
        ]
      ),
      (
        "(year = '2012' AND month > 2 AND month < 5) OR (year = '2012' AND month = 9)",
        ["year = '2012' AND ((month > 2 AND month < 5) OR month = 9)"]
      ),
      ("month IN (1, 2) AND day = '2013-01-01'", ["month IN (1, 2) AND day = '2013-01-01'"]),
      ("year IN ('2012', '2013')", ["year IN ('2012', '2013')"]),
      ("year = '2012' OR month = 1", ["year = '2012'", "month = 1"]),
    ])
  func prefixes(_ source: String, _ written: [String]) throws {
    #expect(try expressions(source) == written)
  }

  @Test(
    "what Glue cannot say is an error that says why",
    arguments: [
      (
        "TRUE",
        "\"TRUE\": it selects every partition, which needs no expression. Call GetPartitions without "
          + "one."
      ),
      (
        "month = 1 OR year IS NULL",
        "\"year IS NULL\": IS NULL always returns nothing there, so partitions whose year is NULL can "
          + "be neither asked for nor told apart. Load them with push_down_predicate in the spark "
          + "form."
      ),
      (
        "month IS NOT NULL",
        "\"month IS NOT NULL\": IS NULL always returns nothing there, so partitions whose month is "
          + "NULL can be neither asked for nor told apart. Load them with push_down_predicate in the "
          + "spark form."
      ),
      (
        "month = id",
        "\"month = id\": only a key can be compared, and only with a literal. Write the clause as key "
          + "= value, or use push_down_predicate in the spark form."
      ),
      (
        "year RLIKE '^2'",
        "\"year RLIKE '^2'\": it has no RLIKE. Write the clause with =, <>, <, <=, >, >=, IN, BETWEEN "
          + "or LIKE, or use push_down_predicate in the spark form."
      ),
      (
        "year(day) = 2013",
        "\"year(day) = 2013\": it has no year. Write the clause with =, <>, <, <=, >, >=, IN, BETWEEN "
          + "or LIKE, or use push_down_predicate in the spark form."
      ),
      (
        "substring(year, 1, 2) = '20'",
        "\"substring(year, 1, 2) = '20'\": it has no substring. Write the clause with =, <>, <, <=, >, "
          + ">=, IN, BETWEEN or LIKE, or use push_down_predicate in the spark form."
      ),
      (
        "CASE WHEN day = DATE '2013-01-01' THEN TRUE END",
        "\"CASE WHEN day = DATE '2013-01-01' THEN TRUE END\": it has no CASE. Write the clause with =, "
          + "<>, <, <=, >, >=, IN, BETWEEN or LIKE, or use push_down_predicate in the spark form."
      ),
      (
        "year = 2013",
        "\"year = 2013\": year is string and the literal is int, so Spark compares both as int, but "
          + "Glue compares as string. Write a literal of type string."
      ),
      (
        "flag",
        "\"flag\": flag is boolean, a type that Glue cannot compare. Use push_down_predicate in "
          + "the spark form."
      ),
      (
        "month LIKE '1%'",
        "\"month LIKE '1%'\": LIKE needs a key of type string, but month is int. Compare it by =, IN "
          + "or BETWEEN."
      ),
      (
        "year LIKE '20\\\\%'",
        "\"year LIKE '20\\\\%'\": its patterns have no escape character, so that % and _ cannot stand "
          + "for themselves and a backslash is not safe. Compare by = or IN, or use "
          + "push_down_predicate in the spark form."
      ),
      (
        "`order` = 1",
        "\"order = 1\": order is a reserved word of Glue's parser and cannot be a key there. Use "
          + "push_down_predicate in the spark form."
      ),
      (
        "`time hour` = 1",
        "\"`time hour` = 1\": the key's name \"time hour\" is more than letters, digits and "
          + "underscores. Use push_down_predicate in the spark form."
      ),
    ])
  func refused(_ source: String, _ reason: String) {
    #expect(sentence(source) == "An expression of Glue's GetPartitions cannot say \(reason)")
  }

  @Test(
    "other clauses that Glue lacks are refused, too",
    arguments: [
      "month <=> 1", "NOT (month <=> 1)", "flag = TRUE", "month = 1 IS TRUE",
      "CAST(month AS string) = '1'",
      "month = 2.5", "day = TIMESTAMP '2013-01-31 05:00:00'", "id = '1' = flag",
      "year LIKE year", "month > 1 OR month IS NOT NULL", "share = '1.5'",
    ])
  func alsoRefused(_ source: String) throws {
    _ = try PushdownPredicate(source, keys: Self.keys, today: 0)
    #expect(throws: PredicateDialectError.self) { try expressions(source) }
  }

  @Test("a clause that cannot be cut is an error with its length")
  func length() {
    let list = (0..<500).map { "\(10_000 + $0)" }.joined(separator: ", ")
    #expect(
      sentence("month NOT IN (\(list))") == """
        An expression of Glue's GetPartitions cannot say "month NOT IN (10000, 10001, 10002, 10003, \
        10004, 10005, 10006, 10007, 10008, ...": it needs 3513 characters, but an expression may have \
        2048 and this clause cannot be cut. Write it with shorter clauses joined by OR.
        """)
  }

  private func sentence(_ source: String) -> String? {
    guard let predicate = try? PushdownPredicate(source, keys: Self.keys, today: 15_750) else {
      return nil
    }
    do throws(PredicateDialectError) {
      return try GluePrinter().expressions(predicate).joined(separator: "; ")
    } catch { return error.description }
  }

  @Test("long predicates are cut, and the union of the expressions is the predicate")
  func cut() throws {
    var random = SeededGenerator()
    let keys = [
      PartitionKey(name: "site", type: .string), PartitionKey(name: "day", type: .date),
      PartitionKey(name: "slot", type: .int),
    ]
    let sites = (0..<3).map { "site-\($0)" }
    var domain: [[PartitionValue]] = []
    for site in sites {
      for day in 0..<30 {
        for slot in 0..<12 {
          domain.append([.string(site), .date(days: day * 2), .integer(Int64(slot * 1000))])
        }
      }
    }
    for round in 0..<6 {
      let density = Double(round + 1) / 7
      let chosen = Set(domain.filter { _ in Double.random(in: 0..<1, using: &random) < density })
      let partitions = chosen.map { Partition(keys: keys, values: $0) }
      for predicate in [
        PushdownPredicate.compact(partitions, keys: keys),
        PushdownPredicate.plain(partitions, keys: keys),
      ] {
        let expressions = try GluePrinter().expressions(predicate)
        #expect(expressions.allSatisfy { $0.utf16.count <= GluePrinter.limit })
        var union: Set<[PartitionValue]> = []
        for expression in expressions {
          let evaluator = PredicateEvaluator(
            try PushdownPredicate(expression, keys: keys, today: 0))
          let selected = domain.filter { evaluator.truth($0) == .isTrue }
          #expect(union.isDisjoint(with: selected), "seed \(random.seed)")
          union.formUnion(selected)
        }
        #expect(union == chosen, "seed \(random.seed)")
      }
    }
  }

  @Test("many values fill expressions up to the limit")
  func full() throws {
    let key = PartitionKey(name: "k", type: .int)
    let numbers = (0..<20_000).map { Int64($0 * 2) }
    let partitions = numbers.map { Partition(keys: [key], values: [.integer($0)]) }
    let expressions = try GluePrinter().expressions(.plain(partitions, keys: [key]))
    #expect(expressions.allSatisfy { $0.utf16.count <= 2048 })
    #expect(expressions.dropLast().allSatisfy { $0.utf16.count > 2030 })
    let written = expressions.flatMap { expression in
      expression.dropFirst("k IN (".count).dropLast().split(separator: ", ").compactMap {
        Int64($0)
      }
    }
    #expect(written == numbers)
  }
}
