import DuckDBEngine
import IncrementalJoin
import PartitionPredicate
import Testing

@Suite("How inputs match")
struct MatchTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func input(_ name: String, _ columns: String, _ values: String) async throws
    -> JoinUnit.Input
  {
    let names = columns.split(separator: ", ").map { "\"\($0.prefix { $0 != " " })\"" }
      .joined(separator: ", ")
    let types = columns.split(separator: ", ").map { column in
      let parts = column.split(separator: " ", maxSplits: 1)
      return "CAST(\"\(parts[0])\" AS \(parts[1])) AS \"\(parts[0])\""
    }.joined(separator: ", ")
    return .named(
      name, columns,
      files: [
        try await bench.parquet(
          "\(name).parquet", "SELECT \(types) FROM (VALUES \(values)) t(\(names))")
      ])
  }

  @Test("rows, matched rows, pairs and fan-out are counted, and NULL meets nothing")
  func counts() async throws {
    let flights = try await input(
      "flights", "origin VARCHAR, hour INTEGER, n INTEGER",
      "('JFK', 1, 1), ('JFK', 1, 2), ('EWR', 2, 3), ('LGA', NULL, 4), (NULL, NULL, 5)")
    let weather = try await input(
      "weather", "Hour INTEGER, Origin VARCHAR",
      "(1, 'JFK'), (1, 'JFK'), (1, 'JFK'), (2, 'EWR'), (9, 'EWR'), (NULL, 'LGA'), (NULL, NULL)")
    let unit = JoinUnit.join(.left, on: ["origin", "hour", "month"], [flights, weather])
    let match = InputMatch(
      left: "flights", right: "weather", leftRows: 5, rightRows: 7, leftMatched: 3, rightMatched: 4,
      pairs: 7, fanOut: 3)
    #expect(try await bench.engine.matches(of: unit) == [match])
    #expect(try await bench.staged(unit).account.matches == [match])
    let swapped = JoinUnit.join(.inner, on: ["origin", "hour"], [weather, flights])
    #expect(
      try await bench.engine.matches(of: swapped) == [
        InputMatch(
          left: "weather", right: "flights", leftRows: 7, rightRows: 5, leftMatched: 4,
          rightMatched: 3, pairs: 7, fanOut: 2)
      ])
  }

  /// The ids of `r` in some month.
  private func month(_ month: Int64, _ values: String, type: String = "INTEGER") async throws
    -> JoinUnit.Input
  {
    .named(
      "r", "id \(type)", partition: .month(month),
      files: [
        try await bench.parquet(
          "r\(month).parquet", "SELECT CAST(id AS \(type)) AS id FROM (VALUES \(values)) t(id)")
      ])
  }

  @Test("values that meet nothing are found where exactly one other partition has them")
  func strays() async throws {
    let left = try await input("l", "id INTEGER", "(1), (2), (3), (4), (4), (5), (NULL)")
    let right = try await input("r", "id INTEGER", "(1), (NULL)")
    let others = [
      try await month(2, "(2), (2), (5), (1)"), try await month(3, "(3), (5), (NULL)"),
    ]
    let unit = JoinUnit.join(.left, on: ["id", "month"], [left, right])
    let all = try await bench.engine.strays(of: unit, meeting: "r", in: others, sample: 10)
    // 2 and 3 are in one other partition, 5 is in both, 4 is in none.
    #expect(all == StraySample(sampled: 4, found: 2))
    let few = try await bench.engine.strays(of: unit, meeting: "r", in: others, sample: 1)
    #expect(few.sampled == 1)
    #expect(
      try await bench.engine.strays(of: unit, meeting: "r", in: others, sample: 1) == few)
    #expect(
      try await bench.engine.strays(of: unit, meeting: "r", in: [], sample: 10)
        == StraySample(sampled: 0, found: 0))
    // A side without files meets nothing.
    let none = JoinUnit.join(on: ["id"], [left, .named("r", "id INTEGER")])
    #expect(
      try await bench.engine.strays(of: none, meeting: "r", in: others, sample: 10)
        == StraySample(sampled: 5, found: 3))
  }

  @Test("values of text and of numbers are compared as the join compares them")
  func strayTypes() async throws {
    let left = try await input("l", "id VARCHAR", "('01'), ('2')")
    let right = try await input("r", "id INTEGER", "(2)")
    let unit = JoinUnit.join(on: ["id"], [left, right])
    let found = try await bench.engine.strays(
      of: unit, meeting: "r", in: [try await month(2, "(1)"), try await month(3, "(9)")],
      sample: 10)
    #expect(found == StraySample(sampled: 1, found: 1))
  }

  @Test("the first input is matched with each other one, and one without files has no rows")
  func three() async throws {
    let flights = try await input("flights", "id INTEGER", "(1), (2)")
    let planes = try await input("planes", "id INTEGER", "(2), (2), (3)")
    let none = JoinUnit.Input.named("none", "id INTEGER")
    #expect(
      try await bench.engine.matches(of: .join(.full, on: ["id"], [flights, none, planes])) == [
        InputMatch(
          left: "flights", right: "none", leftRows: 2, rightRows: 0, leftMatched: 0,
          rightMatched: 0, pairs: 0, fanOut: 0),
        InputMatch(
          left: "flights", right: "planes", leftRows: 2, rightRows: 3, leftMatched: 1,
          rightMatched: 2, pairs: 2, fanOut: 2),
      ])
    let empty = try await bench.engine.matches(of: .join(on: ["id"], [none, flights]))
    #expect(empty.map(\.leftRows) == [0])
    #expect(empty.map(\.rightRows) == [2])
  }

  @Test("a SELECT, a join on partition keys only and a single input have no match")
  func none() async throws {
    let inputs = [JoinUnit.Input.named("a", "id INTEGER"), .named("b", "id INTEGER")]
    #expect(try await bench.engine.matches(of: .sql("FROM a JOIN b USING (id)", inputs)).isEmpty)
    #expect(try await bench.engine.matches(of: .join(on: ["MONTH"], inputs)).isEmpty)
    #expect(try await bench.engine.matches(of: .join(on: ["id"], [inputs[0]])).isEmpty)
  }

  @Test("an input's own partition key that the output does not have is a join column")
  func ownKey() async throws {
    let day = Partition(
      keys: Partition.month(1).keys + [PartitionKey(name: "day", type: .int)],
      values: [.integer(1), .integer(7)])
    let file = try await bench.parquet("d.parquet", "SELECT 1 AS id")
    let left = JoinUnit.Input.named("a", "id INTEGER", partition: day, files: [file])
    let right = try await input("b", "id INTEGER, day BIGINT", "(1, 7), (1, 8)")
    let matches = try await bench.engine.matches(of: .join(on: ["id", "day"], [left, right]))
    #expect(matches.map(\.pairs) == [1])
  }

  @Test("join columns of different types meet as they do in the join")
  func types() async throws {
    let sides = [
      ("INTEGER", "(1), (2), (3)"), ("BIGINT", "(1), (9007199254740993)"),
      ("UBIGINT", "(1), (18446744073709551615)"), ("DECIMAL(9,2)", "(1.00), (1.50)"),
    ]
    for (leftType, leftValues) in sides {
      for (rightType, rightValues) in sides {
        let left = try await input("a", "id \(leftType)", leftValues)
        let right = try await input("b", "id \(rightType)", rightValues)
        let unit = JoinUnit.join(on: ["id"], [left, right])
        let joined = try await bench.staged(unit).account.rows
        let match = try await bench.engine.matches(of: unit)
        #expect(match.map(\.pairs) == [joined], "\(leftType), \(rightType)")
      }
    }
  }

  @Test(
    "files are checked as in staging, and a missing join column of a lenient table meets nothing")
  func policy() async throws {
    let left = try await input("a", "id INTEGER", "(1), (2)")
    let file = try await bench.parquet("c.parquet", "SELECT 1 AS other")
    let right = JoinUnit.Input.named(
      "b", "id INTEGER, other INTEGER", files: [file], schema: .lenient)
    let match = try await bench.engine.matches(of: .join(on: ["id"], [left, right]))
    #expect(match.map(\.rightRows) == [1])
    #expect(match.map(\.pairs) == [0])
    let strict = JoinUnit.Input.named("b", "id INTEGER, other INTEGER", files: [file])
    await #expect(throws: EngineError.self) {
      try await bench.engine.matches(of: .join(on: ["id"], [left, strict]))
    }
  }
}
