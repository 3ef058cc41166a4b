import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite("An input that lost all its files")
struct EmptiedInputTests {
  @Test("is named while positions know files of it")
  func emptied() throws {
    var tables = FlightsAndWeather(days: 1...3)
    try tables.commit()
    tables.storage.files["weather"] = nil
    #expect(try tables.report().emptiedInputs == ["weather"])
    try tables.commit()
    #expect(try tables.report().emptiedInputs.isEmpty)
  }

  @Test("is not named when it never had any, or has one left")
  func others() throws {
    var never = FlightsAndWeather()
    never.put("flights", "month=1/day=1/a.parquet")
    try never.commit()
    never.put("flights", "month=1/day=1/b.parquet")
    #expect(try never.report().emptiedInputs.isEmpty)
    var left = FlightsAndWeather(days: 1...2)
    try left.commit()
    left.remove("weather", "month=1/day=1/a.parquet")
    #expect(try left.report().emptiedInputs.isEmpty)
  }
}
