import Foundation
import IncrementalJoin
import TestSupport
import Testing

@testable import DuckDBEngine

@Suite("What Parquet files say of the times of their rows")
struct ParquetTimesTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func metadata(of select: String, _ options: String = "") async throws -> [UInt8] {
    let path = try bench.file("\(UUID().uuidString).parquet")
    try await bench.sql("COPY (\(select)) TO '\(path)' (FORMAT parquet\(options))")
    let bytes = try Data(contentsOf: URL(filePath: path))
    let length = bytes.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    return Array(bytes.suffix(length + 8).dropLast(8))
  }

  private func times(of select: String, _ kind: TimeKind, _ options: String = "") async throws
    -> FileTimes?
  {
    FileTimes(metadata: try await metadata(of: select, options), column: "TS", kind)
  }

  /// Values before and after 1970, in microseconds, as a SELECT of `ts`.
  private func values(_ expression: String, _ numbers: [Int64]) -> String {
    let list = numbers.map { "(\($0)::BIGINT)" }.joined(separator: ", ")
    return "SELECT 'x' AS a, \(expression) AS ts, 1.5 AS b FROM (VALUES \(list)) v(us)"
  }

  @Test("are those of the column, whatever its type, rounded outward to microseconds")
  func types() async throws {
    let numbers: [Int64] = [1_709_251_200_000_001, -1_500_001, 86_400_000_000, 3]
    let whole = -1_500_001...Int64(1_709_251_200_000_001)
    for (expression, kind) in [
      ("make_timestamp(us)", TimeKind.local), ("make_timestamp(us)::TIMESTAMP_NS", .local),
      ("us", .count(1)),
    ] {
      let found = try await times(of: values(expression, numbers), kind)
      #expect(found == FileTimes(range: whole, isInstant: kind == .count(1)), "\(expression)")
    }
    #expect(
      try await times(of: values("make_timestamptz(us)", numbers), .instant)
        == FileTimes(range: whole, isInstant: true))
    #expect(
      try await times(of: values("make_timestamp_ns(us)", [-1, 1_500]), .local)
        == FileTimes(range: -1...2, isInstant: false))
    #expect(
      try await times(of: values("make_timestamp(us)::TIMESTAMP_MS", [-2_000, 5_000]), .local)
        == FileTimes(range: -2_000...5_000, isInstant: false))
    #expect(
      try await times(of: values("make_timestamp(us)::DATE", numbers), .date)
        == FileTimes(range: -86_400_000_000...1_709_251_200_000_000, isInstant: false))
    #expect(
      try await times(of: values("us::INTEGER", [-7, 9]), .count(1_000_000))
        == FileTimes(range: -7_000_000...9_000_000, isInstant: true))
  }

  @Test("are those of all groups of rows")
  func groups() async throws {
    let select =
      "SELECT range AS id, make_timestamp((range * 7919) % 500009) AS ts FROM range(500009)"
    #expect(
      try await times(of: select, .local, ", ROW_GROUP_SIZE 20000")
        == FileTimes(range: 0...500_008, isInstant: false))
    let late = "\(select) UNION ALL SELECT -1, NULL"
    #expect(try await times(of: late, .local, ", ROW_GROUP_SIZE 20000") == nil)
  }

  @Test("are not told by a file whose column is another one, lacks values, or is not only one")
  func none() async throws {
    let numbers: [Int64] = [1, 2]
    for (select, kind) in [
      (values("make_timestamp(us)", numbers), TimeKind.instant),
      (values("make_timestamp(us)", numbers), .count(1)),
      (values("make_timestamp(us)", numbers), .date),
      (values("make_timestamptz(us)", numbers), .local),
      (values("us", numbers), .local), (values("us::UBIGINT", numbers), .count(1)),
      (values("us::VARCHAR", numbers), .count(1)), (values("us::DOUBLE", numbers), .count(1)),
      (values("us::DECIMAL(9, 2)", numbers), .count(1)),
      (values("us::UINTEGER", numbers), .count(1)), (values("us::HUGEINT", numbers), .count(1)),
      (values("'infinity'::TIMESTAMP", numbers), .local),
      (values("CASE WHEN us > 1 THEN make_timestamp(us) END", numbers), .local),
      (values("NULL::TIMESTAMP", numbers), .local),
      (values("[make_timestamp(us)]", numbers), .local),
      (values("{'ts': make_timestamp(us)}", numbers), .local),
      ("SELECT 1 AS other", .local), ("SELECT TIMESTAMP '2024-01-01' AS ts WHERE false", .local),
      ("SELECT 9223372036854775807 AS ts", .count(1)),
    ] {
      #expect(try await times(of: select, kind) == nil, "\(select) as \(kind)")
    }
    // A column of that name inside another one is no matter.
    let beside = "SELECT {'ts': NULL::TIMESTAMP} AS s, make_timestamp(5) AS ts"
    #expect(try await times(of: beside, .local)?.range == 5...5)
  }

  @Test("broken metadata is read to an end, and never beyond it")
  func broken() async throws {
    let whole = try await metadata(
      of: "SELECT make_timestamp(range) AS ts, range AS n FROM range(9)", ", ROW_GROUP_SIZE 2048")
    for end in whole.indices {
      _ = FileTimes(metadata: Array(whole[..<end]), column: "ts", .local)
    }
    var random = SeededGenerator()
    for _ in 1...20_000 {
      var mutant = whole
      for _ in 0...Int.random(in: 0...3, using: &random) {
        mutant[Int.random(in: mutant.indices, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      _ = FileTimes(metadata: mutant, column: "ts", .local)
    }
  }
}
