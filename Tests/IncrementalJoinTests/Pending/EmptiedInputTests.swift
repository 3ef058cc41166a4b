import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite("An input that lost all its files")
struct EmptiedInputTests {
  @Test("is named while positions know files of it")
  func emptied() async throws {
    var tables = FlightsAndWeather(days: 1...3)
    try await tables.commit()
    tables.remove("weather")
    #expect(try await tables.report().emptiedInputs == ["weather"])
    try await tables.commit()
    #expect(try await tables.report().emptiedInputs.isEmpty)
  }

  @Test("is not named when it never had any, or has one left")
  func others() async throws {
    var never = FlightsAndWeather()
    never.put("flights", "month=1/day=1/a.parquet")
    try await never.commit()
    never.put("flights", "month=1/day=1/b.parquet")
    #expect(try await never.report().emptiedInputs.isEmpty)
    var left = FlightsAndWeather(days: 1...2)
    try await left.commit()
    left.remove("weather", "month=1/day=1/a.parquet")
    #expect(try await left.report().emptiedInputs.isEmpty)
  }
}
