import DuckDBEngine
import IncrementalJoin
import Testing

@Suite("The same rows")
struct SameRowsTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func isSame(_ left: String, _ right: String) async throws -> Bool {
    let files = [
      try await bench.parquet("l.parquet", left), try await bench.parquet("r.parquet", right),
    ]
    let same = try await bench.engine.hasSameRows([files[0]], as: [files[1]])
    #expect(try await bench.engine.hasSameRows([files[1]], as: [files[0]]) == same)
    return same
  }

  @Test("columns differ in name, case, type and order")
  func columns() async throws {
    let rows = "SELECT 1 AS a, 2 AS b"
    #expect(try await isSame(rows, rows))
    for other in [
      "SELECT 1 AS a, 2 AS c", "SELECT 1 AS a, 2 AS B", "SELECT 1 AS a, 2::BIGINT AS b",
      "SELECT 2 AS b, 1 AS a", "SELECT 1 AS a", "SELECT 1 AS a, 2 AS b, 3 AS c",
    ] { #expect(try await !isSame(rows, other), "\(other)") }
  }

  @Test("nested values, NULL, NaN and zeros are compared")
  func values() async throws {
    let row = """
      SELECT {'u': 1, 'V w': [1, NULL]} AS s, MAP {'k': DATE '2013-01-01'} AS m, NULL::INTEGER AS n,
        '\\x00\\xFF'::BLOB AS b, 'nan'::DOUBLE AS nan, 0.0::DOUBLE AS zero, ['nan'::FLOAT] AS l,
        INTERVAL '1 month 3 ms' AS i, '7f2c5d9e-0b1a-4c3d-8e9f-0123456789ab'::UUID AS u,
        '{"a": 1}'::JSON AS j, '' AS t, 1 AS "a""b", 2 AS t0
      """
    #expect(try await isSame(row, row))
    for (part, other) in [
      ("[1, NULL]", "[1, 2]"), ("'k'", "'l'"), ("NULL::INTEGER", "0::INTEGER"),
      ("\\xFF", "\\xFE"), ("'nan'::DOUBLE", "'inf'::DOUBLE"), ("3 ms", "4 ms"),
      ("'' AS t", "NULL::VARCHAR AS t"),
    ] {
      #expect(try await !isSame(row, row.replacing(part, with: other)), "\(part)")
    }
    #expect(
      try await isSame("SELECT 0.0::DOUBLE AS z", "SELECT CAST('-0.0' AS DOUBLE) AS z"))
  }

  @Test("no files are the same as no files only")
  func empty() async throws {
    let file = try await bench.parquet("e.parquet", "SELECT 1 AS id WHERE false")
    #expect(try await bench.engine.hasSameRows([], as: []))
    #expect(try await !bench.engine.hasSameRows([file], as: []))
    #expect(try await !bench.engine.hasSameRows([], as: [file]))
    #expect(try await bench.engine.hasSameRows([file], as: [file]))
  }

  @Test("a file that vanished is named")
  func vanished() async throws {
    let file = try await bench.parquet("a.parquet", "SELECT 1 AS id")
    let gone = "\(bench.folder)/gone.parquet"
    await #expect(
      throws: EngineError.unreadableFile(path: gone, reason: "it does not exist any more")
    ) { try await bench.engine.hasSameRows([file], as: [gone]) }
  }
}
