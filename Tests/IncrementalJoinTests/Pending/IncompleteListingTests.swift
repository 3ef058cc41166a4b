import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite("A listing that failed somewhere")
struct IncompleteListingTests {
  static let failure = ListingProblem(
    table: "weather", path: "/data/weather/month=1", kind: .notPermitted)

  private func tables() throws -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...3)
    try tables.commit()
    tables.remove("weather", "month=1/day=1/a.parquet")
    tables.put("weather", "month=1/day=2/b.parquet")
    tables.remove("flights", "month=1/day=3/a.parquet")
    tables.storage.problems["weather"] = [Self.failure]
    return tables
  }

  @Test("counts nothing of that input as deleted, but what is new and what others lost")
  func nothingDeleted() throws {
    let report = try tables().report()
    #expect(
      report.lines == ["month=1/day=2 weather: 1 added", "month=1/day=3 flights: 1 removed"])
    #expect(report.problems == [Self.failure])
  }

  @Test("does not empty an input")
  func missingLocation() throws {
    var tables = FlightsAndWeather(days: 1...2)
    try tables.commit()
    tables.storage.files["weather"] = nil
    tables.storage.problems["weather"] = [
      ListingProblem(table: "weather", path: "/data/weather", kind: .locationMissing)
    ]
    let report = try tables.report()
    #expect(report.pending.isEmpty)
    #expect(report.emptiedInputs.isEmpty)
  }

  @Test("is not planned")
  func refused() async throws {
    let tables = try tables()
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
        table: "weather", path: "/data/weather/x", kind: .otherFormat(expected: .parquet)),
      ListingProblem(table: "weather", path: "/data/weather/y", kind: .nestedFolder),
    ]
    tables.storage.problems["weather"] = problems
    let plan = try await tables.plan()
    #expect(plan.problems == problems)
    #expect(plan.units.count == 1)
  }
}
