import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite("A rerun")
struct RerunTests {
  @Test("plans exactly the named partitions, pending or not, each once and in order")
  func named() async throws {
    var tables = FlightsAndWeather(days: 1...4)
    try await tables.commit()
    tables.put("flights", "month=1/day=3/b.parquet")
    tables.put("flights", "month=1/day=4/b.parquet")
    let plan = try await tables.plan(
      rerunning: ["month=01/day=3", "month=1/day=1", "month=1/day=3"])
    #expect(plan.kind == .rerun)
    #expect(plan.units.map(\.partition.path) == ["month=1/day=1", "month=1/day=3"])
    #expect(
      plan.units.map(\.reasonText) == ["rerun requested", "rerun requested; flights: 1 added"])
  }

  @Test("of a partition that nobody knows is refused with near ones")
  func unknown() async throws {
    let tables = FlightsAndWeather(days: 1...6)
    func refusal(_ path: ExactText, near: [Int]) -> LookupError {
      .partition(path, of: "flights_weather", near: near.map { "month=1/day=\($0)" })
    }
    await #expect(throws: refusal("month=1/day=7", near: [5, 6])) {
      try await tables.plan(rerunning: ["month=1/day=7"])
    }
    await #expect(throws: refusal("month=0/day=1", near: [1, 2])) {
      try await tables.plan(rerunning: ["month=1/day=1", "month=0/day=1"])
    }
    var gap = tables
    gap.remove("flights", "month=1/day=3/a.parquet")
    gap.remove("weather", "month=1/day=3/a.parquet")
    let found = gap
    await #expect(throws: refusal("month=1/day=3", near: [1, 2, 4, 5])) {
      try await found.plan(rerunning: ["month=1/day=3"])
    }
  }

  @Test("of a partition whose inputs are gone is possible, since it was built once")
  func gone() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    tables.remove("flights", "month=1/day=2/a.parquet")
    tables.remove("weather", "month=1/day=2/a.parquet")
    try await tables.commit()
    let plan = try await tables.plan(rerunning: ["month=1/day=2"])
    #expect(plan.units.map(\.isSurelyEmpty) == [true])
    #expect(plan.units.map(\.fileCount) == [0])
  }
}
