import TestSupport
import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite("A file that moved, in a store that names contents")
struct MovedFileTests {
  private var tables = FlightsAndWeather(days: 1...1)

  /// The only file of flights.
  private mutating func put(_ path: ExactText, _ tag: ExactText?) {
    tables.remove("flights")
    tables.files.put(
      DataFile(path: path, size: 100, modified: 1_000, tag: tag), digest: nil,
      in: tables.flights.location)
  }

  /// What is pending after a file was consumed that is elsewhere by now.
  private mutating func lines(
    _ before: (ExactText, ExactText?), _ after: (ExactText, ExactText?)
  ) async throws -> [String] {
    put(before.0, before.1)
    try await tables.commit()
    put(after.0, after.1)
    return try await tables.report().lines
  }

  @Test("is no change where its partition, its name and its content are the same")
  mutating func moved() async throws {
    let found = try await lines(
      ("month=1/day=1/a.parquet", "e 100"), ("month=01/day=1/a.parquet", "e 100"))
    #expect(found == [])
  }

  @Test("is another one where content or name differ, or nothing names the content")
  mutating func other() async throws {
    for (path, before, after) in [
      ("month=01/day=1/a.parquet", "e 100", "f 100"),
      ("month=01/day=1/b.parquet", "e 100", "e 100"),
      ("month=01/day=1/a.parquet", nil, nil),
    ] as [(ExactText, ExactText?, ExactText?)] {
      tables = FlightsAndWeather(days: 1...1)
      let found = try await lines(("month=1/day=1/a.parquet", before), (path, after))
      #expect(found == ["month=1/day=1 flights: 1 added, 1 removed"])
    }
  }

  @Test("is a change of a set of partitions that are read together, where it moved to another one")
  mutating func set() async throws {
    tables.outputKeys = [FlightsAndWeather.keys[0]]
    let found = try await lines(
      ("month=1/day=1/a.parquet", "e 100"), ("month=1/day=2/a.parquet", "e 100"))
    #expect(found.count == 1)
  }
}
