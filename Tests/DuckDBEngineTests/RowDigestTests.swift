import DuckDBEngine
import IncrementalJoin
import Testing

@Suite("The digest of rows")
struct RowDigestTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func digest(_ columns: String, _ files: [String], format: DataFormat = .parquet)
    async throws -> String
  {
    try await bench.engine.rowDigest(
      of: .named("t", columns, format: format, files: files, schema: .lenient))
  }

  private func digest(_ columns: String, of select: String) async throws -> String {
    try await digest(columns, [try await bench.parquet("one.parquet", select)])
  }

  @Test("files, their order, the order of rows, row groups and formats do not matter")
  func layout() async throws {
    let columns = "id BIGINT, name VARCHAR"
    let rows = "SELECT range AS id, 'n' || (range % 7) AS name FROM range(5000)"
    let whole = try await bench.parquet("whole.parquet", rows)
    let digest = try await digest(columns, [whole])
    #expect(digest.wholeMatch(of: /rows1:[0-9a-f]{64}/) != nil)
    let parts = [
      try await bench.parquet(
        "a.parquet", "SELECT name, id FROM (\(rows)) WHERE id % 3 = 0 ORDER BY id DESC"),
      try await bench.parquet("b.parquet", "SELECT * FROM (\(rows)) WHERE id % 3 <> 0"),
    ]
    #expect(try await self.digest(columns, parts) == digest)
    #expect(try await self.digest(columns, parts.reversed()) == digest)
    #expect(try await self.digest("ID bigint, Name TEXT", parts) == digest)
    let small = try bench.file("small.parquet")
    try await bench.sql("COPY (\(rows)) TO '\(small)' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    #expect(try await self.digest(columns, [small]) == digest)
    let csv = try bench.file("t.csv")
    try await bench.sql("COPY (\(rows)) TO '\(csv)' (FORMAT csv)")
    #expect(try await self.digest(columns, [csv], format: .csv) == digest)
    let changed = rows.replacing("range AS id", with: "range + (range = 4999)::INT AS id")
    #expect(try await self.digest(columns, of: changed) != digest)
  }

  @Test("one changed value, a duplicate, NULL for an empty text: each gives another digest")
  func differences() async throws {
    let columns = "a VARCHAR, b VARCHAR, l VARCHAR[], d DOUBLE"
    let selects = [
      "SELECT 'x' AS a, 'y' AS b, ['p', 'q'] AS l, 1.5::DOUBLE AS d",
      "SELECT 'xy' AS a, '' AS b, ['p', 'q'] AS l, 1.5::DOUBLE AS d",
      "SELECT 'xy' AS a, NULL::VARCHAR AS b, ['p', 'q'] AS l, 1.5::DOUBLE AS d",
      "SELECT NULL::VARCHAR AS a, 'xy' AS b, ['p', 'q'] AS l, 1.5::DOUBLE AS d",
      "SELECT '-' AS a, 'xy' AS b, ['p', 'q'] AS l, 1.5::DOUBLE AS d",
      "SELECT 'x' AS a, 'y' AS b, ['p, q'] AS l, 1.5::DOUBLE AS d",
      "SELECT 'x' AS a, 'y' AS b, ['p', NULL] AS l, 1.5::DOUBLE AS d",
      "SELECT 'x' AS a, 'y' AS b, ['p', 'NULL'] AS l, 1.5::DOUBLE AS d",
      "SELECT 'x' AS a, 'y' AS b, ['p', 'q'] AS l, 'nan'::DOUBLE AS d",
      "SELECT 'x' AS a, 'y' AS b, ['p', 'q'] AS l, 1.5::DOUBLE AS d FROM range(2)",
      "SELECT 'x' AS a, 'y' AS b, ['p', 'q'] AS l, 1.5::DOUBLE AS d FROM range(3)",
      "SELECT 'x' AS a, 'y' AS b, ['p', 'q'] AS l, 1.5::DOUBLE AS d WHERE false",
    ]
    var digests: Set<String> = []
    for select in selects { digests.insert(try await digest(columns, of: select)) }
    #expect(digests.count == selects.count)
    #expect(digests.contains(try await digest(columns, [])))
  }

  @Test("the same values under other columns have another digest, and partition keys have no part")
  func columns() async throws {
    let select = "SELECT 1 AS id, 9 AS month, 2 AS other"
    let narrow = try await digest("id INTEGER", of: select)
    #expect(try await digest("id INTEGER", of: "SELECT 1 AS id") == narrow)
    #expect(try await digest("id INTEGER, month INTEGER", of: select) == narrow)
    #expect(try await digest("number INTEGER", of: "SELECT 1 AS number") != narrow)
    #expect(try await digest("id BIGINT", of: "SELECT 1::BIGINT AS id") != narrow)
    #expect(try await digest("id INTEGER, missing INTEGER", of: select) != narrow)
  }

  @Test("files that a run would refuse have no digest")
  func refused() async throws {
    let file = try await bench.parquet("x.parquet", "SELECT 1 AS id, 2 AS extra")
    let input = JoinUnit.Input.named("t", "id INTEGER", files: [file], schema: .strict)
    await #expect(throws: EngineError.self) { try await bench.engine.rowDigest(of: input) }
  }
}
