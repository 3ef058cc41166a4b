import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite("A file whose time lost its fraction in an archive or on another file system")
struct CopiedFileTests {
  static let path: ExactText = "month=1/day=1/a.parquet"
  static let time: Int64 = 1_700_000_001_123_456_789

  /// Committed tables of which flights came back from a copy with this time.
  private func lines(_ modified: Int64, digest: String? = "same", size: Int64 = 100) async throws
    -> [String]
  {
    var tables = FlightsAndWeather(days: 1...1)
    tables.put("flights", Self.path, modified: Self.time, digest: "same")
    try await tables.commit()
    tables.put("flights", Self.path, size: size, modified: modified, inode: 9, digest: digest)
    return try await tables.report().lines
  }

  @Test(
    "is not pending when its content is the same",
    arguments: [
      Self.time, 1_700_000_001_123_456_000, 1_700_000_001_123_000_000, 1_700_000_001_000_000_000,
      1_700_000_002_000_000_000, 1_700_000_000_000_000_000,
    ])
  func same(modified: Int64) async throws {
    #expect(try await lines(modified) == [])
  }

  @Test("is pending when its content is another, or cannot be read")
  func other() async throws {
    for digest in ["other", nil] {
      #expect(
        try await lines(1_700_000_001_000_000_000, digest: digest)
          == ["month=1/day=1 flights: 1 rewritten"])
    }
  }

  @Test("is pending without a look when its time or size says so")
  func rewritten() async throws {
    for modified in [Self.time + 1, Self.time + 1_000_000_000, 1_700_000_004_000_000_000] {
      #expect(try await lines(modified) == ["month=1/day=1 flights: 1 rewritten"])
    }
    #expect(try await lines(Self.time, size: 101) == ["month=1/day=1 flights: 1 rewritten"])
  }
}
