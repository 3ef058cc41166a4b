import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A listing that failed somewhere")
struct IncompleteListingTests {
  static let failure = ListingProblem(
    table: "weather", path: "/data/weather/month=2", kind: .notPermitted)

  private func tables() async throws -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...3)
    try await tables.commit()
    tables.remove("weather", "month=1/day=1/a.parquet")
    tables.put("weather", "month=1/day=2/b.parquet")
    tables.remove("flights", "month=1/day=3/a.parquet")
    tables.files.put(.notPermitted, at: "month=2", in: tables.weather.location)
    return tables
  }

  @Test("counts nothing of that input as deleted, but what is new and what others lost")
  func nothingDeleted() async throws {
    let report = try await tables().report()
    #expect(
      report.lines == ["month=1/day=2 weather: 1 added", "month=1/day=3 flights: 1 removed"])
    #expect(report.problems == [Self.failure])
  }

  @Test("does not empty an input")
  func missingLocation() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    tables.remove("weather")
    tables.files.put(.absent, at: "", in: tables.weather.location)
    let report = try await tables.report()
    #expect(report.pending.isEmpty)
    #expect(report.emptiedInputs.isEmpty)
  }

  @Test("is not planned")
  func refused() async throws {
    let tables = try await tables()
    await #expect(throws: PlanError.listing(Self.failure)) { try await tables.plan() }
    await #expect(throws: PlanError.listing(Self.failure)) {
      try await tables.plan(rerunning: ["month=1/day=1"])
    }
  }

  @Test("is not the same as stray or misplaced files, which are only reported")
  func strays() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    let problems = [
      ListingProblem(
        table: "weather", path: "/data/weather/month=1/day=1/x",
        kind: .otherFormat(expected: .parquet)),
      ListingProblem(table: "weather", path: "/data/weather/month=1/day=1/y", kind: .nestedFolder),
    ]
    tables.put("weather", "month=1/day=1/x")
    tables.put("weather", "month=1/day=1/y/b.parquet")
    let plan = try await tables.plan()
    #expect(plan.problems == problems)
    #expect(plan.units.count == 1)
  }
}
