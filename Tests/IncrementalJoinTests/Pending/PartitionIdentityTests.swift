import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("Partitions of inputs meet by their typed values")
struct PartitionIdentityTests {
  @Test("01 and 1 of int keys are one partition with one version and both spellings")
  func mixedSpelling() async throws {
    var tables = FlightsAndWeather()
    tables.put("flights", "month=01/day=1/a.parquet")
    tables.put("flights", "month=1/day=01/b.parquet")
    tables.put("weather", "month=1/day=1/a.parquet")
    let report = try await tables.report()
    #expect(report.lines == ["month=1/day=1 flights: 2 added; weather: 1 added"])
    #expect(
      report.pending.first?.inputs.first?.members.first?.listing.spellings == [
        ["01", "1"], ["1", "01"],
      ])
    try await tables.commit()
    tables.put("flights", "month=001/day=1/c.parquet")
    #expect(try await tables.report().lines == ["month=1/day=1 flights: 1 added"])
  }

  @Test("moving a file to another spelling is a change, since its path changed")
  func respelled() async throws {
    var tables = FlightsAndWeather(days: 1...1)
    try await tables.commit()
    tables.remove("flights", "month=1/day=1/a.parquet")
    tables.put("flights", "month=01/day=1/a.parquet")
    #expect(try await tables.report().lines == ["month=1/day=1 flights: 1 added, 1 removed"])
  }

  @Test("NULL meets NULL as a partition, and nothing else")
  func nulls() async throws {
    var tables = FlightsAndWeather()
    tables.put("flights", "month=__HIVE_DEFAULT_PARTITION__/day=1/a.parquet")
    tables.put("weather", "month=__HIVE_DEFAULT_PARTITION__/day=1/a.parquet")
    tables.put("weather", "month=1/day=__HIVE_DEFAULT_PARTITION__/a.parquet")
    let report = try await tables.report()
    #expect(
      report.lines == [
        "month=__HIVE_DEFAULT_PARTITION__/day=1 flights: 1 added; weather: 1 added",
        "month=1/day=__HIVE_DEFAULT_PARTITION__ weather: 1 added",
      ])
    #expect(
      try report.generated(forInput: tables.job.inputs[0]).text(.plain)
        == "(month is null and day=='1') or (month=='1' and day is null)")
    try await tables.commit()
    #expect(try await tables.report().lines.isEmpty)
  }

  @Test("inputs may have the output's keys in another order and case")
  func keyOrder() async throws {
    var tables = FlightsAndWeather()
    tables.weather = TableDefinition(
      name: "weather", location: "/data/weather", format: .parquet,
      keys: [PartitionKey(name: "Day", type: .int), PartitionKey(name: "month", type: .bigint)])
    tables.put("flights", "month=1/day=2/a.parquet")
    tables.put("weather", "Day=2/month=1/a.parquet")
    tables.put("weather", "Day=1/month=2/a.parquet")
    let report = try await tables.report()
    #expect(
      report.lines == [
        "month=1/day=2 flights: 1 added; weather: 1 added", "month=2/day=1 weather: 1 added",
      ])
    #expect(
      report.pending.map { $0.inputs.map(\.partition.path) } == [
        ["month=1/day=2", "Day=2/month=1"], ["month=2/day=1", "Day=1/month=2"],
      ])
    #expect(
      try report.generated(forInput: tables.job.inputs[0]).text(.plain)
        == "(month=='1' and day=='2') or (month=='2' and day=='1')")
    #expect(
      try report.generated(forInput: tables.job.inputs[1]).text(.plain)
        == "(Day=='1' and month=='2') or (Day=='2' and month=='1')")
    try await tables.commit()
    #expect(try await tables.report().lines.isEmpty)
  }
}
