import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A choice of partitions")
struct PartitionChoiceTests {
  /// Days 1 to 6 of month 1 and day 1 of month 12.
  ///
  /// Days 1 to 5 are published, day 6 was never built; day 2 has changed, day 3 is held and one-sided, the
  /// result of day 5 is empty.
  private func tables() async throws -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...6)
    try await tables.commit((1...4).map { ExactText("month=1/day=\($0)") })
    try await tables.commit(["month=1/day=5"], rows: 0)
    tables.remove("weather", "month=1/day=3/a.parquet")
    try await tables.commit(["month=1/day=3"])
    tables.ledger.undo("month=1/day=3", by: 9)
    tables.put("weather", "month=1/day=2/b.parquet")
    tables.put("flights", "month=12/day=1/a.parquet")
    tables.put("weather", "month=12/day=1/a.parquet")
    return tables
  }

  private func chosen(_ choice: PartitionChoice, _ tables: FlightsAndWeather) async throws
    -> [ExactText]?
  {
    try choice.resolve(in: try await tables.report(), ledger: tables.ledger)?.map(\.path)
  }

  private func chosen(_ paths: ExactText...) async throws -> [ExactText]? {
    try await chosen(PartitionChoice(paths: paths), try await tables())
  }

  private func refusal(_ choice: PartitionChoice, _ tables: FlightsAndWeather) async -> String? {
    do {
      _ = try await chosen(choice, tables)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func refusal(_ paths: ExactText...) async throws -> String? {
    await refusal(PartitionChoice(paths: paths), try await tables())
  }

  private func days(_ days: Int...) -> [ExactText] { days.map { "month=1/day=\($0)" } }

  @Test("of nothing in particular is nil, which is not the same as none")
  func nothing() async throws {
    #expect(PartitionChoice().isEmpty)
    #expect(try await chosen(PartitionChoice(), try await tables()) == nil)
    #expect(try await chosen(PartitionChoice(states: [.failed]), try await tables()) == [])
  }

  @Test("names paths in any spelling, each once and in order")
  func paths() async throws {
    #expect(
      try await chosen("MONTH=012/day=1", "month=01/day=3", "month=1/day=2", "month=1/day=3")
        == ["month=1/day=2", "month=1/day=3", "month=12/day=1"])
  }

  @Test("names ranges with both ends, in the order of the values, whose ends need not exist")
  func ranges() async throws {
    #expect(try await chosen("month=1/day=2..month=1/day=4") == days(2, 3, 4))
    #expect(try await chosen("month=1/day=05..month=13/day=1") == days(5, 6) + ["month=12/day=1"])
    #expect(try await chosen("month=1/day=4..month=1/day=4", "month=1/day=1") == days(1, 4))
    #expect(try await chosen("month=2/day=1..month=3/day=1") == [])
    #expect(
      try await chosen("month=__HIVE_DEFAULT_PARTITION__/day=1..month=1/day=1") == days(1))
  }

  @Test("takes a value with two dots for a value where it is one")
  func dots() async throws {
    var tables = FlightsAndWeather()
    tables.outputKeys = [PartitionKey(name: "v", type: .string)]
    tables.flights = TableDefinition(
      name: "flights", location: "/f", format: .parquet, keys: tables.outputKeys)
    tables.weather = TableDefinition(
      name: "weather", location: "/w", format: .parquet, keys: tables.outputKeys)
    for value in ["a", "a..b", "b", "c", "c..v%3Dd", "d"] {
      tables.put("flights", "v=\(value)/a.parquet")
    }
    func chosen(_ path: ExactText) async throws -> [ExactText]? {
      try await self.chosen(PartitionChoice(paths: [path]), tables)
    }
    #expect(try await chosen("v=a..b") == ["v=a..b"])
    #expect(try await chosen("v=a..v=b") == ["v=a", "v=a..b", "v=b"])
    #expect(try await chosen("v=a..b..v=c") == ["v=a..b", "v=b", "v=c"])
    #expect(try await chosen("v=c..v%3Dd") == ["v=c..v%3Dd"])
    #expect(
      await refusal(PartitionChoice(paths: ["v=x..y"]), tables) == """
        Job flights_weather has no partition v=x..y: no input has it and it was never built. Known \
        are, for example: v=c..v%3Dd, v=d. `dovetail bookmarks --partitions --job flights_weather` \
        lists them all.
        """)
  }

  @Test("refuses what is not a path, no range, or no partition, and says what is possible")
  func badPaths() async throws {
    #expect(
      try await refusal("month=1/day=2", "day=2") == """
        "day=2" does not name a partition: write it as month=<int>/day=<int>.
        """)
    #expect(
      try await refusal("month=1/day=x") == """
        "month=1/day=x": "x" is not a value of the partition key day, which is declared as int: write \
        one as day=1.
        """)
    #expect(
      try await refusal("month=1/day=1..5") == """
        "month=1/day=1..5" is not a range: "5" does not name a partition: write it as \
        month=<int>/day=<int>. Both ends of A..B are paths.
        """)
    #expect(
      try await refusal("month=1/day=5..month=1/day=02") == """
        The range month=1/day=5..month=1/day=2 ends before it begins: write \
        month=1/day=2..month=1/day=5.
        """)
    #expect(
      try await refusal("month=01/day=07") == """
        Job flights_weather has no partition month=1/day=7: no input has it and it was never \
        built. Known are, for example: month=1/day=5, month=1/day=6, month=12/day=1. \
        `dovetail bookmarks --partitions --job flights_weather` lists them all.
        """)
    #expect(
      await refusal(PartitionChoice(paths: ["month=1/day=1"]), FlightsAndWeather()) == """
        Job flights_weather has no partition month=1/day=1: no input has it and it was never built. \
        No partition is known yet; `dovetail tables` shows what has landed.
        """)
  }

  @Test("selects by a predicate over the output's keys")
  func predicate() async throws {
    let predicate = try PushdownPredicate(
      "day in (1, 4, 9)", keys: FlightsAndWeather.keys, today: 0)
    #expect(
      try await chosen(PartitionChoice(predicate: predicate), try await tables())
        == days(1, 4) + ["month=12/day=1"])
  }

  @Test(
    "selects by state",
    arguments: [
      (PartitionState.pending, ["month=1/day=2", "month=1/day=6", "month=12/day=1"]),
      (.held, ["month=1/day=3"]), (.oneSided, ["month=1/day=3"]), (.failed, []),
      (.published, (1...4).map { ExactText("month=1/day=\($0)") }),
    ])
  func states(_ state: PartitionState, _ expected: [ExactText]) async throws {
    #expect(try await chosen(PartitionChoice(states: [state]), try await tables()) == expected)
  }

  @Test("selects what is published and was read by earlier rules, of which nothing is pending")
  func readingRules() async throws {
    var tables = try await tables()
    let published: [(ExactText, Int)] = [
      ("month=1/day=1", 1), ("month=1/day=2", 2), ("month=1/day=4", 1), ("month=1/day=5", 1),
    ]
    for (path, rules) in published {
      let old = try #require(tables.ledger.built[path])
      tables.ledger.built[path] = Lineage(
        run: old.run, definition: old.definition, inputs: old.inputs, rows: old.rows,
        bytes: old.bytes, readingRules: rules)
    }
    let pending = try await self.tables().report().lines
    #expect(try await tables.report().lines == pending)
    #expect(try await tables.report().olderReadingRules == [1])
    #expect(
      try await tables.report().published(readBefore: 2).byPartition.keys.map(\.path).sorted()
        == days(1, 4))
    #expect(try await chosen(PartitionChoice(readBefore: 2), tables) == days(1, 4))
    #expect(try await chosen(PartitionChoice(readBefore: 1), tables) == [])
    #expect(!PartitionChoice(readBefore: 2).isEmpty)
    let predicate = try PushdownPredicate("day > 1", keys: FlightsAndWeather.keys, today: 0)
    #expect(
      try await chosen(PartitionChoice(predicate: predicate, readBefore: 2), tables) == days(4))
  }

  /// Run 9 is an undo, run 8 a run that failed for days 4 and 1, run 7 one that failed for day 6.
  private func tablesWithRuns() async throws -> FlightsAndWeather {
    var tables = try await tables()
    tables.ledger.history = [
      .test(11, state: .running), .test(10, job: "daily"), .test(9, kind: .undo),
      .test(8, kind: .rerun, state: .partial), .test(7, state: .failed),
    ]
    func unit(_ partition: Partition, _ state: WorkUnitState) -> WorkUnitRecord {
      WorkUnitRecord(
        partition: partition, state: state, rows: 0, bytes: 0, reason: "", message: nil)
    }
    tables.ledger.units = [
      7: [unit("month=1/day=6", .failed), unit("month=5/day=5", .failed)],
      8: [
        unit("month=1/day=1", .failed), unit("month=1/day=2", .committed),
        unit("month=1/day=4", .failed), unit("month=1/day=5", .cancelled),
      ],
      9: [unit("month=1/day=3", .failed)], 10: [unit("month=1/day=1", .failed)],
      11: [unit("month=1/day=2", .failed)],
    ]
    return tables
  }

  @Test("selects the work units of a run, whatever became of them, that are still known")
  func run() async throws {
    let tables = try await tablesWithRuns()
    #expect(try await chosen(PartitionChoice(run: 8), tables) == days(1, 2, 4, 5))
    #expect(try await chosen(PartitionChoice(run: 7), tables) == days(6))
    #expect(try await chosen(PartitionChoice(run: 9), tables) == days(3))
  }

  @Test("selects what failed in the run, else in the newest run or rerun of the job that ended")
  func failed() async throws {
    var tables = try await tablesWithRuns()
    #expect(try await chosen(PartitionChoice(states: [.failed]), tables) == days(1, 4))
    #expect(try await chosen(PartitionChoice(run: 7, states: [.failed]), tables) == days(6))
    #expect(try await chosen(PartitionChoice(run: 8, states: [.failed]), tables) == days(1, 4))
    // A long series of operations hides no run.
    tables.ledger.history =
      (RunID(20)...60).reversed().map { .test($0, kind: .skip) }
      + tables.ledger.history
    #expect(try await chosen(PartitionChoice(states: [.failed]), tables) == days(1, 4))
  }

  @Test("refuses a run that does not exist or is another job's, and says which runs there are")
  func badRuns() async throws {
    let tables = try await tablesWithRuns()
    #expect(
      await refusal(PartitionChoice(run: 99), tables)
        == "There is no run 99; flights_weather has 4 runs, from 7 to 11.")
    #expect(
      await refusal(PartitionChoice(run: 10), tables)
        == "Run 10 is one of job daily; flights_weather has 4 runs, from 7 to 11.")
    #expect(
      await refusal(PartitionChoice(run: 1), FlightsAndWeather())
        == "There is no run 1; flights_weather has no runs yet.")
  }

  @Test("narrows down by every kind of condition, while one state is enough")
  func intersection() async throws {
    let tables = try await tablesWithRuns()
    #expect(
      try await chosen(PartitionChoice(states: [.held, .pending]), tables)
        == days(2, 3, 6) + ["month=12/day=1"])
    let even = try PushdownPredicate("day in (2, 4, 6)", keys: FlightsAndWeather.keys, today: 0)
    #expect(
      try await chosen(
        PartitionChoice(
          paths: ["month=1/day=2..month=1/day=5"], predicate: even, run: 8,
          states: [.failed, .pending]), tables) == days(2, 4))
    #expect(
      try await chosen(PartitionChoice(paths: ["month=1/day=3"], run: 8), tables) == [])
  }

  @Test("of random ranges is what lies between their ends")
  func randomRanges() async throws {
    var random = SeededGenerator()
    var tables = FlightsAndWeather()
    var known: [(Int, Int)] = []
    for month in 1...4 {
      for day in 1...12 where Bool.random(using: &random) {
        known.append((month, day))
        tables.put("flights", "month=\(month)/day=\(day)/a.parquet")
      }
    }
    let report = try await tables.report()
    for _ in 0..<200 {
      let ends = (0..<2).map { _ in
        (Int.random(in: 0...5, using: &random), Int.random(in: 0...13, using: &random))
      }.sorted { $0 < $1 }
      let choice = PartitionChoice(paths: [
        "month=\(ends[0].0)/day=\(ends[0].1)..month=\(ends[1].0)/day=\(ends[1].1)"
      ])
      #expect(
        try choice.resolve(in: report, ledger: tables.ledger)?.map(\.path)
          == known.filter { ends[0] <= $0 && $0 <= ends[1] }
          .map { "month=\($0.0)/day=\($0.1)" },
        "seed \(random.seed)")
    }
  }
}
