import Testing

@testable import DuckDBEngine

@Suite("Answers of DuckDB")
struct QueryResultTests {
  private let connection: Connection

  init() throws { connection = try Connection(to: Database()) }

  private func problem(
    _ sql: String, _ read: (QueryResult) throws -> Void
  ) async throws -> String? {
    let answer = try await connection.query(sql)
    return #expect(throws: AnswerError.self) { try read(answer) }?.problem
  }

  @Test("values are read by the names of their columns, and NULL only where it may be")
  func values() async throws {
    let row = try await connection.query(
      """
      SELECT 'é' AS a, 7::BIGINT AS b, 8::UBIGINT AS c, true AS d, NULL::VARCHAR AS e, NULL::BIGINT AS f
      """
    ).onlyRow()
    #expect(try row.text("a") == "é")
    #expect(try row.number("b") == 7)
    #expect(try row.number("c") == 8)
    #expect(try row.flag("d"))
    #expect(try row.optionalText("e") == nil)
    #expect(try row.optionalNumber("f") == nil)
    #expect(try row.texts(ofFirst: 1) == ["é"])
    #expect(try row.spelled() == ["é", "7", "8", "true", nil, nil])
  }

  @Test("a missing column, NULL, and a value of another type are errors, never nothing and never 0")
  func problems() async throws {
    #expect(
      try await problem("SELECT 1::BIGINT AS n") { _ = try $0.onlyRow().number("m") }
        == "its column \"m\" is missing")
    #expect(
      try await problem("SELECT NULL::BIGINT AS n") { _ = try $0.onlyRow().number("n") }
        == "its column \"n\" is NULL")
    #expect(
      try await problem("SELECT NULL AS n") { _ = try $0.onlyRow().text("n") }
        == "its column \"n\" is NULL")
    for value in ["1::INTEGER", "'1'", "1.5", "true", "18446744073709551615::UBIGINT"] {
      #expect(
        try await problem("SELECT \(value) AS n") { _ = try $0.onlyRow().number("n") }
          == "its column \"n\" is not a whole number of 64 bits", "\(value)")
    }
    for value in ["1::BIGINT", "DATE '2013-01-01'", "true"] {
      #expect(
        try await problem("SELECT \(value) AS t") { _ = try $0.onlyRow().text("t") }
          == "its column \"t\" is not text", "\(value)")
      #expect(
        try await problem("SELECT \(value) AS t") { _ = try $0.onlyRow().texts() }
          == "its column \"t\" is not text", "\(value)")
    }
    for value in ["NULL::BOOLEAN", "'true'", "1::BIGINT"] {
      #expect(
        try await problem("SELECT \(value) AS f") { _ = try $0.onlyRow().flag("f") }
          == "its column \"f\" is neither true nor false", "\(value)")
    }
    for (sql, count) in [("FROM range(0)", 0), ("FROM range(2)", 2)] {
      #expect(
        try await problem(sql) { _ = try $0.onlyRow() }
          == "it has \(count) rows where one is expected")
    }
    #expect(
      try await problem("SELECT 'a' AS a") { _ = try $0.onlyRow().texts(ofFirst: 2) }
        == "it has 1 columns where 2 are expected")
  }

  @Test("the error says what is wrong, with which library, and shows the beginning of the query")
  func sentence() {
    let error = AnswerError(
      problem: "its column \"n\" is NULL", sql: String(repeating: "x", count: 300))
    #expect(
      error.description == """
        DuckDB's answer cannot be read: its column "n" is NULL. The library is v1.5.5, and Dovetail is \
        tested with v1.5.5. Nothing was published of it; use that library, or report the query: \
        \(String(repeating: "x", count: 200))...
        """)
  }

  @Test("another library than the tested one is named")
  func library() {
    #expect(LibraryVersion.warning == nil)
    #expect(
      LibraryVersion.warning(loaded: "v1.4.0") == """
        This process has found libduckdb v1.4.0, but Dovetail is tested with v1.5.5. Results may differ; \
        `make deps` fetches the tested library, and DUCKDB_PREFIX names where another one is.
        """)
  }
}
