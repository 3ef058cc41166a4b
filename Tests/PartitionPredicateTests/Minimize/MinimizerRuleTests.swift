import Testing

@testable import PartitionPredicate

@Suite("The minimizer's rules, as text")
struct MinimizerRuleTests {
  static let keys = [
    PartitionKey(name: "month", type: .int), PartitionKey(name: "day", type: .int),
    PartitionKey(name: "site", type: .string), PartitionKey(name: "late", type: .boolean),
    PartitionKey(name: "at", type: .date),
  ]

  @Test(
    "each rule alone does what its sentence says",
    arguments: [
      (MinimizerRule.foldConstants, "day = day(DATE '2013-01-31')", "day = 31"),
      (.foldConstants, "day = 1 OR (1 = 2 AND NULL)", "day = 1 OR FALSE"),
      (.foldConstants, "at = date_add(DATE '2013-01-31', 1)", "at = DATE '2013-02-01'"),
      (
        .foldConstants, "at >= to_date('20130131', 'yyyyMMdd') - INTERVAL 30 DAYS",
        "at >= DATE '2013-01-01'"
      ),
      (.foldConstants, "site = concat('a', lpad(7, 2, '0'))", "site = 'a07'"),
      (.foldConstants, "day + 1 = 1 + 2 * 3", "day + 1 = 7"),
      (
        .pushNegationDown, "NOT (coalesce(late, TRUE) OR day + 1 = 2)",
        "NOT coalesce(late, TRUE) AND day + 1 != 2"
      ),
      (
        .pushNegationDown, "NOT (month = 1 OR day IN (2, 3))",
        "month != 1 AND day NOT IN (2, 3)"
      ),
      (
        .pushNegationDown, "NOT (day BETWEEN 1 AND 3 AND site IS NULL AND NOT site LIKE 'a%')",
        "day NOT BETWEEN 1 AND 3 OR site IS NOT NULL OR site LIKE 'a%'"
      ),
      (.dropTruthTest, "(month = 1) IS TRUE", "month = 1"),
      (.flatten, "month = 1 AND (day = 2 AND site = 'a')", "month = 1 AND day = 2 AND site = 'a'"),
      (.absorbConstants, "month = 1 AND TRUE AND day = 2", "month = 1 AND day = 2"),
      (.absorbConstants, "month = 1 AND NULL", "FALSE"),
      (.absorbConstants, "month = 1 OR NULL", "month = 1"),
      (.dropDuplicates, "month = 1 OR day = 2 OR month = 1", "month = 1 OR day = 2"),
      (.absorbTerms, "month = 1 OR (month = 1 AND day = 2)", "month = 1"),
      (.absorbTerms, "month = 1 AND (month = 1 OR day = 2)", "month = 1"),
      (.mergeKeyClauses, "month = 1 AND month = 2", "FALSE"),
      (.mergeKeyClauses, "day > 3 AND day >= 5", "day >= 5"),
      (.mergeKeyClauses, "day IN (1, 2) OR day = 3", "day BETWEEN 1 AND 3"),
      (.mergeKeyClauses, "day >= 3 AND day <= 9", "day BETWEEN 3 AND 9"),
      (.mergeKeyClauses, "day < 5 OR day >= 5", "day IS NOT NULL"),
      (.mergeKeyClauses, "day < 5 OR day >= 5 OR day IS NULL", "TRUE"),
      (.mergeKeyClauses, "day NOT IN (3, NULL)", "FALSE"),
      (.mergeKeyClauses, "site > 'a' AND site > 'b'", "site > 'b'"),
      (.mergeKeyClauses, "late OR NOT late", "late IS NOT NULL"),
      (
        .mergeSharedRests, "(month = 1 AND day = 5) OR (month = 2 AND day = 5)",
        "month IN (1, 2) AND day = 5"
      ),
      (
        .pullOutCommonFactors, "(month = 1 AND day = 5) OR (month = 1 AND site = 'a')",
        "month = 1 AND (day = 5 OR site = 'a')"
      ),
      (
        .pullOutCommonFactors, "(month = 1 OR day = 5) AND (month = 1 OR site = 'a')",
        "month = 1 OR (day = 5 AND site = 'a')"
      ),
      (
        .dropImpliedClauses, "month = 1 AND (site = 'a' OR day = 3 AND month < 5)",
        "month = 1 AND (site = 'a' OR (day = 3 AND TRUE))"
      ),
    ])
  func alone(_ rule: MinimizerRule, _ text: String, _ expected: String) throws {
    let minimized = Minimizer(rules: [rule]).minimize(try read(text))
    #expect(SparkPrinter().text(minimized.predicate) == expected)
    #expect(Set(minimized.steps.map(\.rule)) == [rule])
  }

  @Test(
    "what casts a key or calls a function is never rewritten",
    arguments: [
      "month = '1.5' AND month >= 2.5", "site = 1 OR site = 2",
      "year(at) = 2013 OR year(at) = 2014",
      "CAST(month AS string) IN ('1', '01')",
      "at = current_date() OR at = date_sub(current_date(), 1)",
    ])
  func opaque(_ text: String) throws {
    let predicate = try read(text)
    let minimized = Minimizer().minimize(predicate)
    if text.contains("1.5") {
      // The text is read as an int, as before; the decimal stays as it is.
      #expect(SparkPrinter().text(minimized.predicate) == "month = '1.5' AND month >= 2.5")
    } else {
      #expect(minimized.predicate == predicate)
      #expect(minimized.steps.isEmpty)
    }
  }

  @Test(
    "all rules together make readable predicates",
    arguments: [
      (
        "NOT (month != 1 OR day < 5 OR day > 9)",
        "month = 1 AND day BETWEEN 5 AND 9"
      ),
      ("month = 1 AND (month = 2 OR day = 3)", "month = 1 AND day = 3"),
      (
        "(month=1 and day=1) or (month=1 and day=2) or (month=1 and day=3) or (month=2 and day=3)",
        "(month = 1 AND day BETWEEN 1 AND 3) OR (month = 2 AND day = 3)"
      ),
      ("month = 1 OR month != 1 AND day = 3", "month = 1 OR (month != 1 AND day = 3)"),
      ("day BETWEEN 5 AND 3 OR 1 = 2", "FALSE"),
      ("((month = 1) IS FALSE) IS TRUE", "month != 1"),
      ("NOT NOT (site = 'a')", "site = 'a'"),
      ("day IN (1, 2, 3, 3)", "day BETWEEN 1 AND 3"),
      ("site IN ('a', 'a')", "site = 'a'"),
      ("NULL", "FALSE"),
    ])
  func together(_ text: String, _ expected: String) throws {
    #expect(SparkPrinter().text(try read(text).simplified()) == expected)
  }

  @Test("the plain form of partitions becomes their compact form, beside other alternatives")
  func gathered() throws {
    let keys = Fixture.keys
    let days = (1...9).map { Partition(keys: keys, values: [.integer(2), .integer($0)]) }
    let plain = PushdownPredicate.plain(days, keys: keys)
    #expect(plain.simplified() == .compact(days, keys: keys))
    let gather = Minimizer(rules: [.gatherPartitions])
    let text = "(month = 1 AND day = 1) OR month > 3 OR (day = 2 AND month = 1)"
    let both = try PushdownPredicate(text, keys: keys, today: 0)
    #expect(
      SparkPrinter().text(gather.minimize(both).predicate)
        == "(month = 1 AND day IN (1, 2)) OR month > 3")
  }

  @Test("a step says which rule changed which place of the text to what")
  func steps() throws {
    let text = "site = 'a' AND NOT (month = 1)"
    let minimized = Minimizer().minimize(try read(text))
    let step = try #require(minimized.steps.first)
    #expect(minimized.steps.count == 1)
    #expect(step.rule == .pushNegationDown)
    #expect(String(text.utf8.dropFirst(step.before.range.lowerBound)) == "NOT (month = 1)")
    #expect(step.after.range == step.before.range)
  }

  @Test("every rule has a name and one sentence")
  func explanations() {
    #expect(Set(MinimizerRule.allCases.map(\.rawValue)).count == MinimizerRule.allCases.count)
    for rule in MinimizerRule.allCases {
      #expect(rule.explanation.hasSuffix("."))
      #expect(rule.explanation.count < 140)
    }
  }

  private func read(_ text: String) throws -> PushdownPredicate {
    try PushdownPredicate(text, keys: Self.keys, today: 0)
  }
}
