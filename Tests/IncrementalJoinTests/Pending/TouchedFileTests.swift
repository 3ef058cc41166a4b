import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite("A file with the same path, size and mtime but another inode or ctime")
struct TouchedFileTests {
  static let path: ExactText = "month=1/day=1/a.parquet"

  /// Committed tables in which flights were then touched: a new inode and ctime, nothing else.
  private func tables(before: String?, after: String?) async throws -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...2)
    tables.put("flights", Self.path, digest: before)
    try await tables.commit()
    tables.put("flights", Self.path, inode: 9, changed: 2_000, digest: after)
    return tables
  }

  @Test("is not pending when its content has the digest that was read")
  func equalDigest() async throws {
    #expect(try await tables(before: "same", after: "same").report().lines.isEmpty)
  }

  @Test("is pending when its content has another digest")
  func otherDigest() async throws {
    #expect(
      try await tables(before: "old", after: "new").report().lines
        == ["month=1/day=1 flights: 1 rewritten"])
  }

  @Test("is pending when no digest was recorded")
  func unknownDigest() async throws {
    #expect(
      try await tables(before: nil, after: "same").report().lines
        == ["month=1/day=1 flights: 1 rewritten"])
  }

  @Test("is pending when it cannot be read")
  func unreadable() async throws {
    #expect(
      try await tables(before: "same", after: nil).report().lines
        == ["month=1/day=1 flights: 1 rewritten"])
  }

  @Test("does not hide a change of another file", arguments: [true, false])
  func besideAnother(_ isEqual: Bool) async throws {
    var tables = try await tables(before: "same", after: isEqual ? "same" : "new")
    tables.put("flights", "month=1/day=1/b.parquet")
    #expect(
      try await tables.report().lines
        == ["month=1/day=1 flights: 1 added\(isEqual ? "" : ", 1 rewritten")"])
  }

  @Test("is not asked for its digest when path, size or mtime tell already")
  func changedAnyway() async throws {
    var tables = try await tables(before: "same", after: "same")
    tables.put("flights", Self.path, size: 101, inode: 9, digest: "same")
    #expect(try await tables.report().lines == ["month=1/day=1 flights: 1 rewritten"])
  }
}
