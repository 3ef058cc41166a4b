import Testing

@testable import PartitionPredicate

@Suite("Compact predicates, as text")
struct CompactShapeTests {
  static let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  static let year = zip(1..., days).flatMap { month, length in (1...length).map { (month, $0) } }

  @Test("over the known partitions a complete month needs no days")
  func completeMonths() {
    #expect(known(Self.year.filter { $0.0 <= 3 }, Self.year) == "month BETWEEN 1 AND 3")
    #expect(
      known(Self.year.filter { $0.0 < 3 || $0.0 == 3 && $0.1 <= 9 }, Self.year)
        == "month IN (1, 2) OR (month = 3 AND day BETWEEN 1 AND 9)")
    #expect(known(Self.year, Self.year) == "TRUE")
    #expect(known([], Self.year) == "FALSE")
    #expect(known([], []) == "FALSE")
  }

  @Test("over the known partitions months of other lengths share their days")
  func sharedDays() {
    #expect(known(Self.year.filter { $0.1 <= 28 }, Self.year) == "day BETWEEN 1 AND 28")
    #expect(known(Self.year.filter { $0.1 > 10 }, Self.year) == "day BETWEEN 11 AND 31")
    #expect(known(Self.year.filter { $0.0 != 5 }, Self.year) == "month != 5")
  }

  @Test("over the known partitions BETWEEN spans days that nobody has")
  func gaps() {
    let odd = (0..<10).map { (1, $0 * 2 + 1) }
    #expect(known(Array(odd[2...6]), odd) == "day BETWEEN 5 AND 13")
    #expect(
      known(Array(odd[2...6]), odd + [(2, 7)]) == "month = 1 AND day BETWEEN 5 AND 13")
  }

  @Test("timestamps make runs of the hours that the table has")
  func hours() {
    let key = PartitionKey(name: "at", type: .timestamp)
    let hours = (0..<24).map {
      Partition(keys: [key], values: [.timestamp(microseconds: $0 * 3_600_000_000)])
    }
    let predicate = PushdownPredicate.compact(
      Array(hours[3...8]), among: hours, keys: [key])
    #expect(
      SparkPrinter().text(predicate)
        == "at BETWEEN TIMESTAMP '1970-01-01 03:00:00' AND TIMESTAMP '1970-01-01 08:00:00'")
  }

  @Test("another order of the keys is taken where it is shorter")
  func otherOrder() {
    let keys = Fixture.keys + [PartitionKey(name: "hour", type: .int)]
    let values = [(1, 3), (2, 5), (3, 7), (4, 20)]
    let partitions = values.map { month, day in
      Partition(
        keys: keys, values: [.integer(Int64(month)), .integer(Int64(day)), .integer(6)])
    }
    #expect(
      SparkPrinter().text(.compact(partitions, keys: keys)) == """
        hour = 6 AND ((month = 1 AND day = 3) OR (month = 2 AND day = 5) OR \
        (month = 3 AND day = 7) OR (month = 4 AND day = 20))
        """)
  }

  @Test("TRUE and FALSE are everything only together with NULL")
  func booleans() {
    let key = PartitionKey(name: "late", type: .boolean)
    func text(_ values: [PartitionValue]) -> String {
      SparkPrinter().text(
        .compact(values.map { Partition(keys: [key], values: [$0]) }, keys: [key]))
    }
    #expect(text([.boolean(true), .boolean(false)]) == "late IN (FALSE, TRUE)")
    #expect(text([.boolean(true), .null]) == "late = TRUE OR late IS NULL")
    #expect(text([.boolean(true), .boolean(false), .null]) == "TRUE")
  }

  @Test("a year of days over the whole domain")
  func wholeYear() {
    #expect(
      SparkPrinter().text(.compact(partitions(Self.year), keys: Fixture.keys)) == """
        (month IN (1, 3, 5, 7, 8, 10, 12) AND day BETWEEN 1 AND 31) OR \
        (month = 2 AND day BETWEEN 1 AND 28) OR \
        (month IN (4, 6, 9, 11) AND day BETWEEN 1 AND 30)
        """)
  }

  @Test("a partition that is given twice is written once")
  func twice() {
    let twice = partitions([(1, 2), (1, 2)])
    let keys = Fixture.keys
    #expect(SparkPrinter().text(.compact(twice, keys: keys)) == "month = 1 AND day = 2")
    #expect(SparkPrinter().text(.plain(twice, keys: keys)) == "month = 1 AND day = 2")
    #expect(SparkPrinter().text(.plain([], keys: keys)) == "FALSE")
  }

  private func partitions(_ days: [(Int, Int)]) -> [Partition] {
    days.map { month, day in
      Partition(
        keys: Fixture.keys, values: [.integer(Int64(month)), .integer(Int64(day))])
    }
  }

  private func known(_ days: [(Int, Int)], _ all: [(Int, Int)]) -> String {
    SparkPrinter().text(
      .compact(partitions(days), among: partitions(all), keys: Fixture.keys))
  }
}
