import Testing

@testable import PartitionPredicate

@Suite("The compact predicate")
struct CompactPredicateTests {
  let keys = Fixture.keys

  @Test("contiguous days become BETWEEN")
  func contiguous() throws {
    #expect(try text((3...9).map { (1, $0) }) == "month = 1 AND day BETWEEN 3 AND 9")
  }

  @Test("two neighbors and single days are listed")
  func listed() throws {
    #expect(try text([(1, 3), (1, 4)]) == "month = 1 AND day IN (3, 4)")
    #expect(try text([(1, 9), (1, 3), (1, 3)]) == "month = 1 AND day IN (3, 9)")
    #expect(try text([(1, 3)]) == "month = 1 AND day = 3")
  }

  @Test("runs and single days stand side by side in parentheses")
  func mixed() throws {
    #expect(
      try text([(1, 1), (1, 3), (1, 4), (1, 5), (1, 8)])
        == "month = 1 AND (day BETWEEN 3 AND 5 OR day IN (1, 8))")
  }

  @Test("months with the same days share them")
  func sharedDays() throws {
    let days = [1, 2, 3, 11].flatMap { month in [5, 7].map { (month, $0) } }
    #expect(try text(days) == "(month BETWEEN 1 AND 3 OR month = 11) AND day IN (5, 7)")
  }

  @Test("months with other days are alternatives")
  func alternatives() throws {
    #expect(
      try text([(1, 31), (2, 1), (2, 2), (3, 31)])
        == "(month IN (1, 3) AND day = 31) OR (month = 2 AND day IN (1, 2))")
  }

  @Test("NULL among the values is an alternative of its own")
  func null() throws {
    #expect(
      try text([(1, 2), (1, nil), (nil, 2), (nil, nil)])
        == "(month = 1 OR month IS NULL) AND (day = 2 OR day IS NULL)")
    #expect(try text([(nil, nil)]) == "month IS NULL AND day IS NULL")
  }

  @Test("a single key needs no parentheses")
  func singleKey() throws {
    let key = PartitionKey(name: "day", type: .int)
    let values: [PartitionValue] = [.null, .integer(1), .integer(2), .integer(3), .integer(9)]
    let predicate = PushdownPredicate.compact(
      values.map { Partition(keys: [key], values: [$0]) }, keys: [key])
    #expect(try predicate.text(.compact) == "day BETWEEN 1 AND 3 OR day = 9 OR day IS NULL")
  }

  @Test("nothing is FALSE")
  func nothing() throws {
    #expect(try text([]) == "FALSE")
  }

  @Test("each type has its literal, and only integers and dates make runs")
  func literals() throws {
    #expect(
      try text(.date, ["2013-01-31", "2013-02-01", "2013-02-02"])
        == "k BETWEEN DATE '2013-01-31' AND DATE '2013-02-02'")
    #expect(
      try text(.date, ["2013-01-31", "2013-02-02"]) == "k IN (DATE '2013-01-31', DATE '2013-02-02')"
    )
    #expect(try text(.string, ["b", "a", "c"]) == "k IN ('a', 'b', 'c')")
    #expect(try text(.boolean, ["true", "false"]) == "k IS NOT NULL")
    #expect(
      try text(.decimal(precision: 4, scale: 1), ["1", "2.5", "3"]) == "k IN (1.0, 2.5, 3.0)")
    #expect(
      try text(.timestamp, ["2013-01-31T05:00Z"]) == "k = TIMESTAMP '2013-01-31 05:00:00'")
    #expect(
      try text(.bigint, ["9223372036854775805", "9223372036854775806", "9223372036854775807"])
        == "k >= 9223372036854775805")
  }

  @Test("a year of days fits in one line, where the recipe needs ten thousand characters")
  func year() throws {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let days = zip(1..., lengths).flatMap { month, length in (1...length).map { (month, $0) } }
    #expect(days.count == 365)
    #expect(
      try text(days) == """
        (month IN (1, 3, 5, 7, 8, 10, 12) AND day BETWEEN 1 AND 31) OR \
        (month = 2 AND day BETWEEN 1 AND 28) OR \
        (month IN (4, 6, 9, 11) AND day BETWEEN 1 AND 30)
        """)
    #expect(
      try PushdownPredicate.plain(partitions(days), keys: keys).text(.plain).utf8.count > 10_000)
  }

  @Test("a hundred thousand partitions are written without deep recursion")
  func large() throws {
    // Every hour of its own bucket set, so that little can be shared.
    let days = (0..<100_000).map { (Int?.some($0 / 100), Int?.some($0 % 100 * ($0 / 100 + 2))) }
    let partitions = partitions(days)
    let plain = try PushdownPredicate.plain(partitions, keys: keys).text(.plain)
    #expect(plain.utf8.count { $0 == UInt8(ascii: "(") } == 100_000)
    let compact = try PushdownPredicate.compact(partitions, keys: keys).text(.compact)
    #expect(compact.utf8.count { $0 == UInt8(ascii: "(") } == 2_000)
    let run = (0..<100_000).map { (Int?.some(1), Int?.some($0)) }
    #expect(try text(run) == "month = 1 AND day BETWEEN 0 AND 99999")
  }

  private func partitions(_ days: [(Int?, Int?)]) -> [Partition] {
    days.map { month, day in
      Partition(
        keys: Fixture.keys,
        values: [month, day].map { $0.map { .integer(Int64($0)) } ?? .null })
    }
  }

  private func text(_ days: [(Int?, Int?)]) throws -> String {
    try PushdownPredicate.compact(partitions(days), keys: keys).text(.compact)
  }

  private func text(_ type: KeyType, _ raw: [String]) throws -> String {
    let key = PartitionKey(name: "k", type: type)
    let values = raw.compactMap { PartitionValue(raw: $0, type: type) }
    return try PushdownPredicate.compact(
      values.map { Partition(keys: [key], values: [$0]) }, keys: [key]
    ).text(.compact)
  }
}
