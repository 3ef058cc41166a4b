import Testing

@testable import PartitionPredicate

@Suite("A partition")
struct PartitionTests {
  let ints = Fixture.keys
  let strings = [
    PartitionKey(name: "month", type: .string), PartitionKey(name: "day", type: .string),
  ]

  @Test("01 and 1 of an int key are one partition, written in canonical spelling")
  func spellingOfInts() throws {
    let padded = try Partition(path: "month=01/day=009", keys: ints)
    let plain = try Partition(path: "month=1/day=9", keys: ints)
    #expect(padded == plain)
    #expect(padded.hashValue == plain.hashValue)
    #expect(padded.path == "month=1/day=9")
    #expect("\(padded)" == "month=1/day=9")
  }

  @Test("01 and 1 of a string key are two partitions")
  func spellingOfStrings() throws {
    let padded = try Partition(path: "month=01/day=9", keys: strings)
    let plain = try Partition(path: "month=1/day=9", keys: strings)
    #expect(padded != plain)
    #expect(padded.path == "month=01/day=9")
  }

  @Test("names ignore case and are written as declared")
  func names() throws {
    let partition = try Partition(path: "Month=1/DAY=2", keys: ints)
    #expect(partition.path == "month=1/day=2")
    #expect(partition["dAy"] == .integer(2))
    #expect(partition["year"] == nil)
  }

  @Test(
    "a path is the fixed point of reading and writing",
    arguments: [
      "month=1/day=31", "month=__HIVE_DEFAULT_PARTITION__/day=-1", "/month=1//day=31/",
    ])
  func roundTrip(_ path: ExactText) throws {
    let partition = try Partition(path: path, keys: ints)
    #expect(try Partition(path: partition.path, keys: ints) == partition)
  }

  @Test("a path of typed keys is written canonically")
  func typedPath() throws {
    let keys = [
      PartitionKey(name: "at", type: .timestamp), PartitionKey(name: "ok", type: .boolean),
      PartitionKey(name: "price", type: .decimal(precision: 5, scale: 2)),
    ]
    let partition = try Partition(path: "at=2013-01-01T05%3A00/ok=TRUE/price=1.5", keys: keys)
    #expect(partition.path == "at=2013-01-01 05%3A00%3A00/ok=true/price=1.50")
  }

  @Test("partitions are ordered by value, NULL first, and not by text")
  func order() throws {
    let paths = [
      "month=__HIVE_DEFAULT_PARTITION__/day=1", "month=2/day=3", "month=2/day=10", "month=10/day=1",
    ]
    let partitions = try paths.map { try Partition(path: $0.exact, keys: ints) }
    #expect(partitions.shuffled().sorted() == partitions)
  }

  @Test("reordering finds values by name, ignoring case, and is nil when a name is missing")
  func reordering() throws {
    let partition = try Partition(path: "month=1/day=2", keys: ints)
    let order = [PartitionKey(name: "DAY", type: .int), PartitionKey(name: "month", type: .bigint)]
    #expect(partition.reordered(to: order)?.path == "DAY=2/month=1")
    #expect(partition.reordered(to: [PartitionKey(name: "year", type: .int)]) == nil)
  }

  @Test(
    "a path with other levels or names is refused",
    arguments: ["", "month=1", "month=1/day=2/hour=3", "day=2/month=1", "month/day", "month=1/d=2"])
  func wrongKeys(_ path: ExactText) {
    #expect(throws: PartitionError.wrongKeys(path: path, expected: ints)) {
      try Partition(path: path, keys: ints)
    }
  }

  @Test("a value of another type is refused with its key")
  func wrongType() {
    #expect(throws: PartitionError.wrongType(path: "month=1/day=x", key: ints[1], raw: "x")) {
      try Partition(path: "month=1/day=x", keys: ints)
    }
  }

  @Test("errors say what to write")
  func sentences() {
    #expect(
      "\(PartitionError.wrongKeys(path: "month=1", expected: ints))"
        == "\"month=1\" does not name a partition: write it as month=<int>/day=<int>.")
    #expect(
      "\(PartitionError.wrongType(path: "month=1/day=x", key: ints[1], raw: "x"))"
        == "\"month=1/day=x\": \"x\" is not a value of the partition key day, "
        + "which is declared as int: write one as day=1.")
  }

  @Test(
    "a path that is nearly one is suggested as it should be",
    arguments: [
      ("day=2/month=1", "month=1/day=2"), ("mnth=1/DAY=02", "month=1/day=02"),
      ("1/31", "month=1/day=31"), ("out/joined/month=1/day=2", "month=1/day=2"),
      ("/data/flights/month=01/day=2/", "month=01/day=2"),
    ])
  func suggestions(_ path: String, _ meant: String) {
    #expect(
      "\(PartitionError.wrongKeys(path: path.exact, expected: ints))"
        == "\"\(path)\" does not name a partition: write it as month=<int>/day=<int>. "
        + "Did you mean \(meant)?")
  }

  @Test(
    "nothing is suggested for a path of other things",
    arguments: ["", "month=1", "month/day", "year=1/week=2", "month=1/month=2", "month=x/dya=1"])
  func noSuggestion(_ path: String) {
    #expect(
      "\(PartitionError.wrongKeys(path: path.exact, expected: ints))"
        == "\"\(path)\" does not name a partition: write it as month=<int>/day=<int>.")
  }
}
