import Testing

@testable import PartitionPredicate

@Suite("The recipe's text of a predicate")
struct PlainPrinterTests {
  let keys = [
    PartitionKey(name: "month", type: .int), PartitionKey(name: "site", type: .string),
  ]

  private func partition(_ month: Int64?, _ site: String?) -> Partition {
    Partition(
      keys: keys, values: [month.map { .integer($0) } ?? .null, site.map { .string($0) } ?? .null])
  }

  private func text(_ source: String, keys: [PartitionKey]? = nil) throws -> String {
    try PlainPrinter().text(PushdownPredicate(source, keys: keys ?? self.keys, today: 0))
  }

  @Test(
    "equalities and NULL tests are written as the recipe writes them",
    arguments: [
      ("month = 1", "(month=='1')"),
      ("month = 1 AND site = 'a'", "(month=='1' and site=='a')"),
      ("1 = month OR site IS NULL", "(month=='1') or (site is null)"),
      (
        "(month = 1 AND site = 'a') OR (month IS NULL AND site = 'it\\'s')",
        "(month=='1' and site=='a') or (month is null and site=='it\\'s')"
      ),
      ("month = '01'", "(month=='01')"), ("FALSE", "FALSE"), ("TRUE", "TRUE"), ("NULL", "FALSE"),
    ])
  func recipe(_ source: String, _ written: String) throws {
    #expect(try text(source) == written)
  }

  @Test(
    "what the recipe's form cannot say is an error",
    arguments: [
      "month > 1", "month IN (1, 2)", "NOT month = 1", "month BETWEEN 1 AND 2", "month <=> 1",
      "month = 1 AND (site = 'a' OR site = 'b')", "site LIKE 'a'", "month IS NOT NULL",
      "month = NULL",
      "month = month", "site = 1", "year(site) = 1",
    ])
  func refused(_ source: String) {
    #expect(throws: PredicateDialectError.self) { try text(source) }
  }

  @Test("the sentences say what and why")
  func sentences() throws {
    #expect(
      sentence("month = 1 AND month > 1") == """
        The plain form cannot say "month > 1": it only has key=='value' and key is null, joined by \
        and, and such partitions joined by or. Use the spark or the compact form.
        """)
    #expect(
      sentence("site = 1") == """
        The plain form cannot say "site = 1": it quotes every value, so that site is compared as \
        its own type string, but here it is compared as int. Use the spark form.
        """)
    let share = PartitionKey(name: "share", type: .decimal(precision: 16, scale: 2))
    #expect(
      sentence("share = 1.5", keys: [share]) == """
        The plain form cannot say "share = 1.5": Spark compares a quoted value with share of type \
        decimal(16,2) as double, which is not exact for more than 15 digits. Use the spark or the \
        compact form.
        """)
  }

  private func sentence(_ source: String, keys: [PartitionKey]? = nil) -> String? {
    do throws(PredicateDialectError) {
      guard let predicate = try? PushdownPredicate(source, keys: keys ?? self.keys, today: 0) else {
        return nil
      }
      return try PlainPrinter().text(predicate)
    } catch { return error.description }
  }

  @Test("every raw spelling of a partition is asked for")
  func spellings() throws {
    let null = hiveDefaultPartition.exact
    let written = try PlainPrinter().text(
      partitions: [
        (partition(2, "b"), spellings: []),
        (partition(1, "a"), spellings: [["1", "a"], ["01", "a"], ["1", "a"]]),
        (partition(nil, "c"), spellings: [[null, "c"]]),
      ], keys: keys)
    #expect(
      written == """
        (month is null and site=='c') or (month=='1' and site=='a') or (month=='01' and site=='a') \
        or (month=='2' and site=='b')
        """)
    #expect(try PlainPrinter().text(partitions: [], keys: keys) == "FALSE")
  }

  @Test("a plain text is read as the same selection, whatever the types of the keys")
  func types() throws {
    let keys = [
      PartitionKey(name: "day", type: .date), PartitionKey(name: "at", type: .timestamp),
      PartitionKey(name: "share", type: .decimal(precision: 5, scale: 2)),
      PartitionKey(name: "flag", type: .boolean), PartitionKey(name: "id", type: .bigint),
    ]
    let raw = [
      ["2013-01-31", "2013-01-31 05:00:00.5", "1.50", "true", "-7"],
      [hiveDefaultPartition, "0001-01-01 00:00:00", "-0.25", "false", "9223372036854775807"],
      ["9999-12-31", hiveDefaultPartition, "999.99", hiveDefaultPartition, "1"],
    ]
    let rows = raw.map { zip($0, keys).compactMap { PartitionValue(raw: $0, type: $1.type) } }
    for row in rows {
      let partition = Partition(keys: keys, values: row)
      let predicate = PushdownPredicate.plain([partition], keys: keys)
      let text = try PlainPrinter().text(predicate)
      let evaluator = PredicateEvaluator(try PushdownPredicate(text, keys: keys, today: 0))
      #expect(rows.map { evaluator.truth($0) == .isTrue } == rows.map { $0 == row })
    }
  }
}
