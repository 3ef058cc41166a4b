import Testing

@testable import PartitionPredicate

@Suite("The plain predicate")
struct PlainPredicateTests {
  let keys = Fixture.keys

  @Test("it is the recipe's text, with parentheses around every partition")
  func recipe() throws {
    #expect(try text(["month=1/day=31"]) == "(month=='1' and day=='31')")
    #expect(
      try text(["month=2/day=1", "month=01/day=31", "month=1/day=4"]) == """
        (month=='1' and day=='4') or (month=='1' and day=='31') or (month=='2' and day=='1')
        """)
  }

  @Test("nothing is FALSE, never the empty text")
  func nothing() throws {
    let nothing = PushdownPredicate.plain([], keys: keys)
    #expect(nothing == .compact([], keys: keys))
    #expect(try nothing.text(.plain) == "FALSE")
    #expect(try nothing.text(.compact) == "FALSE")
  }

  @Test("NULL is asked for with IS NULL, not with its folder's name")
  func null() throws {
    #expect(
      try text(["month=__HIVE_DEFAULT_PARTITION__/day=1"]) == "(month is null and day=='1')")
  }

  @Test(
    "hostile values cannot leave their quotes",
    arguments: [
      ("'", #"'\''"#), (#"\"#, #"'\\'"#), (#"' or '1'=='1"#, #"'\' or \'1\'==\'1'"#),
      ("\n\r\t", #"'\n\r\t'"#), (#"\'"#, #"'\\\''"#), ("\"é`;--", "'\"é`;--'"), ("", "''"),
      ("\r\n'", #"'\r\n\''"#), ("NULL", "'NULL'"),
    ])
  func quoting(_ value: String, _ literal: String) throws {
    let key = PartitionKey(name: "k", type: .string)
    let partition = Partition(keys: [key], values: [.string(value)])
    #expect(
      try PushdownPredicate.plain([partition], keys: partition.keys).text(.plain)
        == "(k==\(literal))")
    #expect(
      try PushdownPredicate.compact([partition], keys: partition.keys).text(.compact)
        == "k = \(literal)")
  }

  @Test(
    "names that are no plain identifiers are put in backquotes",
    arguments: [
      ("month", "month"), ("_m1", "_m1"), ("Month", "Month"), ("1st", "`1st`"),
      ("time hour", "`time hour`"), ("a`b", "`a``b`"), ("maß", "`maß`"), ("or", "`or`"),
      ("NULL", "`NULL`"), ("a-b", "`a-b`"), ("a@b", "`a@b`"), ("[x]", "`[x]`"), ("", "``"),
    ])
  func names(_ name: String, _ written: String) throws {
    let partition = Partition(
      keys: [PartitionKey(name: name, type: .int)], values: [.integer(1)])
    #expect(
      try PushdownPredicate.plain([partition], keys: partition.keys).text(.plain)
        == "(\(written)=='1')")
    #expect(
      try PushdownPredicate.compact([partition], keys: partition.keys).text(.compact)
        == "\(written) = 1")
  }

  private func text(_ paths: [ExactText]) throws -> String {
    try PushdownPredicate.plain(
      paths.map { try Partition(path: $0, keys: keys) }, keys: keys
    ).text(.plain)
  }
}
