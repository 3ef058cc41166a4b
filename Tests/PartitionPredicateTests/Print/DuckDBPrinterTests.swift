import Testing

@testable import PartitionPredicate

@Suite("DuckDB's text of a predicate")
struct DuckDBPrinterTests {
  static let keys = [
    PartitionKey(name: "month", type: .int), PartitionKey(name: "site", type: .string),
    PartitionKey(name: "day", type: .date), PartitionKey(name: "hour", type: .timestamp),
    PartitionKey(name: "share", type: .decimal(precision: 20, scale: 8)),
    PartitionKey(name: "flag", type: .boolean), PartitionKey(name: "a\"b", type: .int),
  ]

  private func text(_ source: String) throws -> String {
    try DuckDBPrinter().text(PushdownPredicate(source, keys: Self.keys, today: 15_750))
  }

  @Test(
    "clauses are written with literals of the type as which they compare",
    arguments: [
      ("month = 1", "\"month\" = 1"), ("month = '1.5'", "\"month\" = 1"),
      ("month = 'x'", "\"month\" = CAST(NULL AS INTEGER)"), ("month <> 1", "\"month\" <> 1"),
      ("site <=> NULL", "\"site\" IS NOT DISTINCT FROM CAST(NULL AS VARCHAR)"),
      ("site = 'it\\'s'", "\"site\" = 'it''s'"),
      ("site = '\\0'", "\"site\" = ('' || chr(0) || '')"),
      ("day > '2013-02-29'", "\"day\" > CAST(NULL AS DATE)"),
      ("day >= date_sub(current_date(), 7)", "\"day\" >= DATE '2013-02-07'"),
      ("date_add(day, 1) = '2013-02-01'", "(\"day\" + 1) = DATE '2013-02-01'"),
      (
        "day = TIMESTAMP '2013-01-31 05:00:00'",
        "TRY_CAST(\"day\" AS TIMESTAMP) = TIMESTAMP '2013-01-31 05:00:00'"
      ),
      (
        "date_trunc('MM', hour) = '2013-01-01'",
        "make_timestamp(epoch_us(date_trunc('month', \"hour\"))) = TIMESTAMP '2013-01-01 00:00:00'"
      ),
      ("to_date('20130131', 'yyyyMMdd') = day", "DATE '2013-01-31' = \"day\""),
      (
        "to_date(site, 'yyyyMM') = day",
        "CAST((CASE WHEN regexp_matches(\"site\", '^(?:-[0-9]{4,}|[+][0-9]{5,})(0[1-9]|1[0-2])$') THEN "
          + "error('a year with a sign is read only by Spark') WHEN regexp_matches(\"site\", "
          + "'^([0-9]{4})(0[1-9]|1[0-2])$') THEN TRY_CAST(regexp_replace(\"site\", "
          + "'^([0-9]{4})(0[1-9]|1[0-2])$', '\\1-\\2-01 00:00:00') AS TIMESTAMP) END) AS DATE) = \"day\""
      ),
      ("concat(site, month) = 'a1'", "(\"site\" || CAST(\"month\" AS VARCHAR)) = 'a1'"),
      ("coalesce(month, 1) = 1", "coalesce(\"month\", 1) = 1"),
      ("substring(site, 1, 4) = '2013'", "substr(\"site\", 1, 4) = '2013'"),
      (
        "CASE WHEN flag THEN month END = 1",
        "(CASE WHEN \"flag\" THEN \"month\" END) = 1"
      ),
      ("day + INTERVAL 1 MONTH = day", "CAST(\"day\" + to_months(1) AS DATE) = \"day\""),
      (
        "date_format(day, 'yyyyMM') = '201301'",
        """
        (printf('%04d', year(TRY_CAST("day" AS TIMESTAMP))) || strftime(TRY_CAST("day" AS TIMESTAMP), \
        '%m')) = '201301'
        """
      ),
      (
        "month + 1 = 2",
        "CAST((((CAST(\"month\" AS BIGINT) + 1) & 4294967295) + 2147483648) % 4294967296 - 2147483648 "
          + "AS INTEGER) = 2"
      ),
      (
        "datediff(day, date '2013-01-01') = 2",
        "CAST((((\"day\" - DATE '2013-01-01') & 4294967295) + 2147483648) % 4294967296 - 2147483648 "
          + "AS INTEGER) = 2"
      ),
      ("year(day) = 2013", "CAST(year(\"day\") AS INTEGER) = 2013"),
      (
        "month IN (1, 2) OR flag AND NOT month = 3",
        "\"month\" IN (1, 2) OR (\"flag\" AND NOT (\"month\" = 3))"
      ),
      ("month BETWEEN 1 AND 3", "\"month\" BETWEEN 1 AND 3"),
      ("site LIKE 'a/%b%' ESCAPE '/'", "\"site\" LIKE 'a\\%b%' ESCAPE '\\'"),
      ("site LIKE 'a%'", "\"site\" LIKE 'a%'"),
      ("site RLIKE '^a\\\\d'", "regexp_matches(\"site\", '^a[0-9]')"),
      ("flag IS NOT TRUE", "\"flag\" IS DISTINCT FROM TRUE"),
      ("`a\"b` IS NULL", "\"a\"\"b\" IS NULL"), ("1 = 1", "TRUE"),
      ("NULL", "CAST(NULL AS BOOLEAN)"),
      ("month = -2147483648", "\"month\" = CAST('-2147483648' AS INTEGER)"),
    ])
  func clauses(_ source: String, _ written: String) throws {
    #expect(try text(source) == written)
  }

  @Test(
    "what DuckDB reads otherwise is an error that says why",
    arguments: [
      (
        "site < hour",
        "\"site\": it has no cast from string to timestamp whose result is always Spark's. Compare "
          + "the key with literals of its own type."
      ),
      (
        "share LIKE '1%'",
        "\"share\": it has no cast from decimal(20,8) to string whose result is always Spark's. "
          + "Compare the key with literals of its own type."
      ),
      (
        "hour < CAST(9223372036854775807 AS timestamp)",
        "\"CAST(9223372036854775807 AS timestamp)\": it holds no timestamp +294247-01-10 "
          + "04:00:54.775807. Compare with one of the years -290308 to 294246."
      ),
      (
        "to_date(site, 'yyyy[MM]') = day",
        "\"to_date(site, 'yyyy[MM]')\": it cannot read 'yyyy[MM]' exactly as Spark does. Write yy or "
          + "yyyy for the year, brackets only at the end, and a sign between digits whose number varies."
      ),
      (
        String(repeating: "CAST(CAST(", count: 40) + "site"
          + String(repeating: " AS boolean) AS string)", count: 40) + " = 'true'",
        "\"" + String(repeating: "CAST(CAST(", count: 7)
          + "CAST(CA...\": its text would be longer than 1000000 bytes. Nest fewer functions and casts."
      ),
      (
        "site LIKE site",
        "\"site LIKE site\": the pattern of LIKE and RLIKE and the unit of date_trunc must be "
          + "literals. Write a literal."
      ),
      (
        "site RLIKE 'a(?=b)'",
        "\"site RLIKE 'a(?=b)'\": its regular expressions have no (?= that means the same as Spark's. "
          + "Write the pattern without, or use LIKE."
      ),
    ])
  func refused(_ source: String, _ reason: String) {
    #expect(sentence(source) == "DuckDB cannot say \(reason)")
  }

  private func sentence(_ source: String) -> String? {
    guard let predicate = try? PushdownPredicate(source, keys: Self.keys, today: 0) else {
      return nil
    }
    do throws(PredicateDialectError) {
      return try DuckDBPrinter().text(predicate)
    } catch { return error.description }
  }

  @Test("a pattern that Spark refuses, which only a tree can hold, is refused")
  func pattern() {
    let pattern = PredicateNode(.literal(.string("a\\b")), .string)
    let like = PredicateNode(
      .test(
        .isLike(.key(1, Self.keys[1]), pattern: pattern, escape: "\\"), negated: false), .boolean)
    let predicate = PushdownPredicate(keys: Self.keys, root: like)
    let error = #expect(throws: PredicateDialectError.self) {
      try DuckDBPrinter().text(predicate)
    }
    #expect(
      error?.description == """
        DuckDB cannot say "site LIKE 'a\\\\b'": its pattern is none that Spark accepts: the escape \
        character \\ stands before b, but it may only stand before _, % and itself. Correct the \
        pattern.
        """)
  }

  @Test(
    "regular expressions are written in what RE2 reads alike",
    arguments: [
      ("a.c", #"a[^\n\r\x{85}\x{2028}\x{2029}]c"#), (#"\s"#, #"[ \t\n\x0B\f\r]"#),
      ("a$", #"a(?:\r\n|[\n\r\x{85}\x{2028}\x{2029}])?\z"#), ("^(a|b){2,3}?$", nil),
      ("[^a-z\\d_-]+", #"[^a-z0-9\x{5f}\-]+"#), (#"\.\-\\"#, #"\x{2e}\x{2d}\x{5c}"#),
      ("(?:é)*", "(?:é)*"),
    ])
  func translated(_ pattern: String, _ written: String?) throws {
    let translated = try JavaRegularExpression.translated(pattern)
    if let written { #expect(translated == written) }
  }

  @Test(
    "constructs that RE2 lacks or reads otherwise are refused",
    arguments: [
      "a++", "a*+", "a{2}+", #"(a)\1"#, "(?=a)", "(?!a)", "(?<=a)", "(?<n>a)", "(?i)a", "(?>a)",
      "[a&&b]", "[a[b]]", #"\bword"#, #"\p{L}"#, #"\Qa\E"#, #"a\Z"#, "a$b", "(a$)", #"\x41"#,
      #"\u0041"#,
      #"[\S]"#, "a{1001}", "a{", "{", "*", "a)", "(a", "[a", "a\\", "[z-a]", #"\R"#, "$*", "a{3,2}",
    ])
  func untranslated(_ pattern: String) {
    #expect(throws: JavaRegularExpression.Unknown.self) {
      try JavaRegularExpression.translated(pattern)
    }
  }
}
