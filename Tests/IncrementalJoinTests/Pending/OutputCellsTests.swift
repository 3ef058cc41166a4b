import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("Output partitions that follow from an input's")
struct OutputCellsTests {
  static func table(
    _ keys: [PartitionKey], isTimed: Bool = true, slack: Duration = .zero,
    _ declared: KeyValuePairs<String, String> = [:]
  ) throws -> TableDefinition {
    let time = try TimeKeys(
      keys: keys, declared: declared.map { DeclaredTimeKey(name: $0, value: $1) })
    return TableDefinition(
      name: "readings", location: Location("/readings"), format: .parquet, keys: keys,
      time: isTimed ? TableTime(column: "ts", keys: time, slack: slack) : nil)
  }

  private func cells(
    _ path: ExactText, of table: TableDefinition, _ names: String..., renames: [KeyRename] = []
  ) throws -> [ExactText] {
    let keys = try OutputCells.keys(named: names, of: table, renames: renames)
    let cells = try OutputCells(keys: keys, of: table, renames: renames)
    return try cells.cells(of: Partition(path: path, keys: table.keys)).map(\.path)
  }

  @Test("without a time they have the table's keys, or fewer")
  func untimed() throws {
    let table = try Self.table(
      [PartitionKey(name: "region", type: .string)] + SpanTests.day, isTimed: false)
    #expect(
      try cells("region=eu/day=2024-01-31", of: table, "day", "region") == [
        "day=2024-01-31/region=eu"
      ])
    #expect(try cells("region=eu/day=2024-01-31", of: table, "day") == ["day=2024-01-31"])
    #expect(try cells("region=eu/day=2024-01-31", of: table) == ["."])
    let rename = [KeyRename(name: "area", own: "region")]
    #expect(
      try cells("region=eu/day=2024-01-31", of: table, "area", renames: rename) == ["area=eu"])
  }

  @Test("coarser parts follow from the time")
  func coarser() throws {
    let hours = try Self.table(SpanTests.hour)
    #expect(
      try cells("day=2024-01-31/hour=23", of: hours, "year", "month") == ["year=2024/month=1"])
    #expect(try cells("day=2024-01-31/hour=23", of: hours, "day") == ["day=2024-01-31"])
    let text = try Self.table([PartitionKey(name: "dt", type: .string)], ["dt": "yyyyMMdd"])
    #expect(
      try cells("dt=20240131", of: text, "year", "month", "day") == ["year=2024/month=1/day=31"])
    let null = hiveDefaultPartition
    #expect(
      try cells(ExactText("day=\(null)/hour=\(null)"), of: hours, "year")
        == [ExactText("year=\(null)")])
  }

  @Test("with a slack the next ones may have rows of a partition")
  func slack() throws {
    let hours = try Self.table(SpanTests.hour, slack: .seconds(90 * 60))
    #expect(
      try cells("day=2024-01-31/hour=23", of: hours, "day", "hour") == [
        "day=2024-01-31/hour=21", "day=2024-01-31/hour=22", "day=2024-01-31/hour=23",
        "day=2024-02-01/hour=0", "day=2024-02-01/hour=1",
      ])
    #expect(
      try cells("day=2024-01-31/hour=23", of: hours, "year", "month") == [
        "year=2024/month=1", "year=2024/month=2",
      ])
  }

  @Test(
    "keys that do not follow are refused with what there is",
    arguments: [
      (
        "minute",
        "the partition key minute of the output does not follow from the table readings, which has day, hour. Its "
          + "time is known by the hour only: an output cannot be finer than its first input"
      ),
      (
        "carrier",
        "the partition key carrier of the output does not follow from the table readings, which has day, hour."
      ),
      (
        "hour",
        "the output's keys name no time: the hour of table readings without its year. Name the year as well, or "
          + "leave the hour out"
      ),
    ])
  func refused(name: String, sentence: String) throws {
    let table = try Self.table(SpanTests.hour)
    #expect {
      let keys = try OutputCells.keys(named: [name], of: table, renames: [])
      _ = try OutputCells(keys: keys, of: table, renames: [])
    } throws: {
      "\($0)" == sentence
    }
  }
}
