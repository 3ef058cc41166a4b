import Testing

@testable import PartitionPredicate

@Suite("What is odd about a predicate")
struct LintTests {
  /// Months and days as a crawler declares them, and as numbers and dates.
  static let keys = [
    PartitionKey(name: "month", type: .string), PartitionKey(name: "day", type: .int),
    PartitionKey(name: "date", type: .date), PartitionKey(name: "station", type: .string),
  ]

  static let table = PartitionTable(
    [("01", 1, "JFK"), ("01", 2, "JFK"), ("02", 1, "LGA"), ("12", 3, "O'Hare")].map {
      month, day, station in
      Partition(
        keys: keys,
        values: [
          .string(month), .integer(day), .date(days: Int(day)), .string(station),
        ])
    }, keys: keys)

  /// `clause text: severity: sentence` of everything that is found.
  private func findings(_ text: String) throws -> [String] {
    let outline = try PredicateOutline(text, keys: Self.keys, today: 0)
    return PredicateLint.findings(outline, Self.table).map { finding in
      "\(outline.text(of: finding.clause)): \(finding.severity): \(finding.message)"
    }
  }

  @Test("a predicate without mistakes has no finding")
  func clean() throws {
    #expect(try findings("month = '01' AND day = 1 OR station <> 'JFK'") == [])
    #expect(try findings("date BETWEEN '1970-01-02' AND '1970-01-03'") == [])
    #expect(try findings("NOT (day = 1 AND month IS NOT NULL)") == [])
  }

  @Test("a string that is spelled with other zeros or in other case, the most common trap")
  func spelling() throws {
    #expect(
      try findings("month = '1'") == [
        "month = '1': warning: month is a string, and '1' is not '01', which 2 partitions have. "
          + "Write '01'."
      ])
    #expect(
      try findings("'lga' = station OR day = 3") == [
        "'lga' = station: warning: station is a string, and 'lga' is not 'LGA', which 1 partition "
          + "has. Write 'LGA'."
      ])
    #expect(
      try findings("month IN ('1', '2')") == [
        "month IN ('1', '2'): warning: month is a string, and '1' is not '01', which 2 partitions "
          + "have. Write '01'."
      ])
    #expect(try findings("month IN ('02', '1')").count == 1)
  }

  @Test("a literal that is not a value of the compared type")
  func noValue() throws {
    #expect(
      try findings("date > '2013-02-29'") == [
        "date > '2013-02-29': warning: '2013-02-29' is not a date, so that the clause is NULL for every "
          + "partition. Correct the literal."
      ])
    #expect(
      try findings("day BETWEEN 'one' AND 3") == [
        "day BETWEEN 'one' AND 3: warning: 'one' is not an int, so that the clause is NULL for every "
          + "partition. Correct the literal."
      ])
  }

  @Test("comparisons with NULL")
  func null() throws {
    #expect(
      try findings("month = NULL") == [
        "month = NULL: warning: A comparison with NULL is NULL, never TRUE. Write IS NULL or IS NOT "
          + "NULL."
      ])
    #expect(try findings("month <=> NULL").map { $0.contains("none of the 4") } == [true])
    #expect(
      try findings("day NOT IN (7, NULL)") == [
        "day NOT IN (7, NULL): warning: NOT IN is never TRUE when its list has a NULL. Leave the NULL "
          + "out."
      ])
  }

  @Test("bounds the wrong way round, and terms that exclude each other")
  func contradictions() throws {
    #expect(
      try findings("day BETWEEN 5 AND 3") == [
        "day BETWEEN 5 AND 3: warning: No value lies between 5 and 3. The lower bound comes first."
      ])
    #expect(
      try findings("month = '01' AND month = '02'") == [
        "month = '01' AND month = '02': warning: Its terms exclude each other: no partition can make "
          + "it TRUE."
      ])
  }

  @Test("clauses that match nothing, also where several match something only apart")
  func nothing() throws {
    #expect(
      try findings("day = 9 OR day = 1") == [
        "day = 9: note: It is TRUE for none of the 4 partitions known."
      ])
    #expect(
      try findings("station = 'LGA' AND day = 2") == [
        "station = 'LGA' AND day = 2: note: It is TRUE for none of the 4 partitions known."
      ])
  }

  @Test("terms that others imply, the later of two that are the same")
  func implied() throws {
    #expect(
      try findings("day <= 2 OR day = 1 OR month = '12'") == [
        "day = 1: note: The other terms of clause 1 say it already: among the 4 partitions known the "
          + "same are selected without it. `minimize` says whether it matters for partitions that land later."
      ])
    #expect(
      try findings("month = '01' AND station = 'JFK' AND day = 1") == [
        "station = 'JFK': note: The other terms of clause 1 say it already: among the 4 partitions "
          + "known the same are selected without it. `minimize` says whether it matters for partitions that land later."
      ])
    #expect(try findings("NOT (month = '01' AND station = 'JFK')") == [])
  }

  @Test("keys that are cast, and lists that compare as text")
  func conversions() throws {
    #expect(
      try findings("month = 1") == [
        "month = 1: note: month is a string and compared as int: each value is cast first, so that "
          + "'01' and '1' are the same, and a value that is not a valid int is NULL. Quote the literal to "
          + "compare text."
      ])
    #expect(
      try findings("day IN (1, '02')") == [
        "day IN (1, '02'): note: The list has strings, so that Spark compares day, "
          + "which is int, as text: 1 is not '01'. Write all values as int."
      ])
  }

  @Test("a doubled quote, which Spark reads as two strings")
  func quotes() throws {
    #expect(
      try findings("station = 'O''Hare' OR day = 1") == [
        "station = 'O''Hare': note: It is TRUE for none of the 4 partitions known.",
        "station = 'O''Hare': warning: Strings side by side are one string in Spark 3, 'OHare': a "
          + "doubled quote does not stand for a quote, as it does from Spark 4.1 on. Write \\' for it.",
      ])
    #expect(try findings("station = 'O\\'Hare'") == [])
    #expect(try findings(#"station = "O'Hare""#) == [])
  }

  @Test("a text that a pattern does not read, at which Spark 3 may stop")
  func unreadable() throws {
    #expect(
      try findings("to_date(concat('2013-', month), 'yyyy-M') = date OR day = 1") == [
        "to_date(concat('2013-', month), 'yyyy-M') = date: note: It is TRUE for none of the 4 "
          + "partitions known."
      ])
    #expect(
      try findings("to_date(station, 'yyyy') IS NULL") == [
        "to_date(station, 'yyyy'): warning: 'JFK' is not of the pattern 'yyyy', so that the result is "
          + "NULL (4 partitions). Spark 3 ends with an error where its old parser would read such a text, "
          + "unless spark.sql.legacy.timeParserPolicy is CORRECTED; Spark 4 does not."
      ])
  }

  @Test("|| between conditions, which joins texts")
  func joinsTexts() throws {
    #expect(
      try findings("day = concat(1, 2) = TRUE OR day = 1").filter { $0.contains("joins texts") }
        == [])
    #expect(
      try findings("day = 1 || day = 2 OR day = 1").filter { $0.contains("joins texts") } == [
        "day = 1 || day = 2: warning: `||` joins texts in SQL, and binds more tightly than a "
          + "comparison. Write OR between conditions."
      ])
  }

  @Test("what Spark 4 takes otherwise than Spark 3, or not at all")
  func spark4() throws {
    #expect(
      try findings("(day) ! IN (4) AND month IS ! NULL").filter { $0.contains("Spark 4") } == [
        "(day) ! IN (4): note: Spark 4 does not take ! for NOT in this place. Write NOT.",
        "month IS ! NULL: note: Spark 4 does not take ! for NOT in this place. Write NOT.",
      ])
    #expect(
      try findings("! day IN (4) AND day NOT IN (5)").filter { $0.contains("Spark 4") } == [])
    #expect(
      try findings("CAST(CAST(date AS timestamp) AS int) > 0").contains {
        $0
          == "CAST(CAST(date AS timestamp) AS int): note: An int holds the seconds from 1901-12-13 to "
          + "2038-01-19 only: of others Spark 3 cuts bits off, and Spark 4 makes NULL. CAST AS bigint."
      })
    #expect(
      try findings("CAST(day AS decimal(38,0)) > CAST(day AS decimal(38,2)) OR day = 1").contains {
        $0.hasSuffix(
          "note: Both decimals together need more than 38 digits: Spark 3 compares as NULL what does "
            + "not fit, Spark 4 compares it exactly. CAST one side to fewer digits.")
      })
  }

  @Test("nothing is known about an empty table, only what can never be true")
  func emptyTable() throws {
    let outline = try PredicateOutline("month = '1' AND day = NULL", keys: Self.keys, today: 0)
    let findings = PredicateLint.findings(outline, PartitionTable([], keys: Self.keys))
    #expect(findings.map(\.kind) == [.neverTrue, .comparesNull])
  }
}
