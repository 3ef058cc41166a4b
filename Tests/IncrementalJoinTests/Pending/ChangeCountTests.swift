import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite("What happened to an input")
struct ChangeCountTests {
  @Test("is counted by class, one a partition, and in bytes that arrived")
  func counts() async throws {
    var tables = FlightsAndWeather(days: 1...6)
    try await tables.commit()
    tables.put("weather", "month=1/day=1/b.parquet", size: 7)
    tables.put("weather", "month=1/day=2/a.parquet", size: 11)
    tables.put("weather", "month=1/day=3/c.parquet", size: 13)
    tables.remove("weather", "month=1/day=3/a.parquet")
    tables.remove("weather", "month=1/day=4/a.parquet")
    tables.put("weather", "month=1/day=7/a.parquet", size: 17)
    tables.put("flights", "month=1/day=1/b.parquet", size: 1_000)
    let report = try await tables.report()
    #expect(
      report.changeCounts(ofInput: "weather") == [.arrival: 2, .correction: 2, .deletion: 1])
    #expect(report.arrivedBytes(ofInput: "weather") == 7 + 11 + 13 + 17)
    #expect(report.changeCounts(ofInput: "flights") == [.arrival: 1])
    #expect(report.arrivedBytes(ofInput: "flights") == 1_000)
    #expect(report.changeCounts(ofInput: "planes").isEmpty)
    #expect(report.arrivedBytes(ofInput: "planes") == 0)
  }

  @Test("is nothing where only the definition changed")
  func definition() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    try await tables.commit()
    tables.transformation = .join(type: .left, on: ["origin"], select: nil)
    #expect(try await tables.report().pending.count == 2)
    #expect(try await tables.report().changeCounts(ofInput: "flights").isEmpty)
  }
}
