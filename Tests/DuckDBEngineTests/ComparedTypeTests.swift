import DuckDBEngine
import IncrementalJoin
import Testing

/// Which types a join compares value by value, beside DuckDB's own opinion.
@Suite("Types that a join compares")
struct ComparedTypeTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test(
    "are those of one kind, in either order",
    arguments: [
      ("BIGINT", "BIGINT"), ("INT", "INTEGER"), ("TINYINT", "HUGEINT"), ("UBIGINT", "BIGINT"),
      ("INTEGER", "DECIMAL(10,2)"), ("BIGINT", "DECIMAL(38,18)"), ("DECIMAL(9,2)", "DECIMAL(18,6)"),
      ("FLOAT", "DOUBLE"), ("INTEGER", "DOUBLE"), ("SMALLINT", "FLOAT"),
      ("TIMESTAMP", "TIMESTAMP_S"), ("TIMESTAMP_NS", "TIMESTAMP_MS"), ("VARCHAR", "text"),
      ("VARCHAR", "ENUM('a', 'b')"), ("ENUM('a')", "ENUM('b')"), ("INTEGER[]", "BIGINT[]"),
      ("STRUCT(a INTEGER)", "STRUCT(a INTEGER)"), ("DATE", "date"), ("NOTYPE", "BIGINT"),
    ])
  func compared(_ left: String, _ right: String) async throws {
    #expect(try await bench.engine.compares(left, with: right))
    #expect(try await bench.engine.compares(right, with: left))
  }

  @Test(
    "are not those of which DuckDB casts one to the other by spelling or rounding",
    arguments: [
      ("VARCHAR", "INTEGER"), ("VARCHAR", "DOUBLE"), ("VARCHAR", "DATE"), ("VARCHAR", "TIMESTAMP"),
      ("VARCHAR", "BOOLEAN"), ("VARCHAR", "UUID"), ("VARCHAR", "BLOB"), ("VARCHAR", "JSON"),
      ("BIGINT", "DOUBLE"), ("INTEGER", "FLOAT"), ("DECIMAL(9,2)", "DOUBLE"),
      ("DECIMAL(38,0)", "DECIMAL(38,10)"), ("HUGEINT", "UHUGEINT"), ("BOOLEAN", "INTEGER"),
      ("DATE", "TIMESTAMP"), ("DATE", "TIMESTAMP WITH TIME ZONE"),
      ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE"), ("TIME", "TIMESTAMP"), ("DATE", "INTEGER"),
      ("VARCHAR[]", "INTEGER[]"), ("STRUCT(a INTEGER)", "STRUCT(a VARCHAR)"), ("JSON", "INTEGER"),
    ])
  func refused(_ left: String, _ right: String) async throws {
    #expect(try await !bench.engine.compares(left, with: right))
    #expect(try await !bench.engine.compares(right, with: left))
  }
}
