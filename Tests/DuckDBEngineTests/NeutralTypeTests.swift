import IncrementalJoin
import Testing

@testable import DuckDBEngine

/// DuckDB itself says what a spelling means.
@Suite("Neutral spellings of types")
struct NeutralTypeTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  /// DuckDB's own spelling; nil for what is no type.
  private func own(_ text: String) async -> String? {
    try? await bench.sql("DESCRIBE SELECT CAST(NULL AS \(text))").first?[1]
  }

  @Test("every name of a type that DuckDB knows means the same to it as the neutral one")
  func names() async throws {
    let names = try await bench.sql("SELECT DISTINCT type_name FROM duckdb_types()").compactMap {
      $0[0]
    }
    var count = 0
    for name in names + names.map({ $0.uppercased() }) {
      guard let own = await own(name) else { continue }
      #expect(ColumnType(name) == ColumnType(own), "\(name) is \(own)")
      #expect(ColumnType(name).sql == own)
      count += 1
    }
    #expect(count > 100)
  }

  @Test(
    "so does every other spelling of a type with parts, with parameters or of several words",
    arguments: [
      "double  precision", "character varying(3)", "varchar(20)", "char ( 3 )", "numeric",
      "timestamp without time zone", "Timestamp With\tTime Zone", "time with time zone", "dec(5)",
      "decimal( 10 , 2 )", "NUMERIC(10,2)", "int [ ]", "int4[3][]", "struct(a int,\"B c\" text)",
      "ROW( \"a\" int8 )", "map( int , text[] )", "union(a int, b text)",
      "enum( 'b' ,'it''s)', 'A, b')", "struct(a struct(b decimal(4, 1))[], c map(text, uuid))",
    ])
  func spellings(_ text: String) async throws {
    let own = try #require(await own(text))
    #expect(ColumnType(text) == ColumnType(own))
    #expect(await self.own(ColumnType(text).spelling) == own)
    #expect(ColumnType(text).isKnown)
  }

  @Test(
    "what cannot be taken apart stays as it is, also where DuckDB knows it",
    arguments: [
      "timestamp(3) without time zone", "main.bigint", "bigint/**/", "DECIMAL(",
      "STRUCT(a)", "int]", "", " ", "enum('a", "map(int)", "int x[", "\"", "a(b(c))",
    ])
  func others(_ text: String) {
    #expect(ColumnType(text).spelling == text)
    #expect(!ColumnType(text).isKnown)
  }

  @Test(
    "types that differ are never one",
    arguments: [
      ("ENUM('a')", "ENUM('A')"), ("ENUM('a', 'b')", "ENUM('b', 'a')"), ("INT[]", "INT[3]"),
      ("STRUCT(a INT)", "STRUCT(A INT)"), ("STRUCT(\"a b\" INT)", "STRUCT(a INT)"),
      ("FLOAT(30)", "FLOAT"), ("TIMESTAMP(3)", "TIMESTAMP"), ("DECIMAL(10)", "DECIMAL(10,1)"),
      ("\"foo\"", "foo"), ("INT8", "UINT8"), ("STRUCT(a INT)", "UNION(a INT)"),
    ])
  func different(_ one: String, _ other: String) {
    #expect(ColumnType(one) != ColumnType(other))
    #expect(ColumnType(one).spelling != ColumnType(other).spelling)
  }
}
