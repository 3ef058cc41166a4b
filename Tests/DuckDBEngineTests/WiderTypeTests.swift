import IncrementalJoin
import Testing

@testable import DuckDBEngine

@Suite("Wider types of Parquet")
struct WiderTypeTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func rows(_ file: String, as type: String, schema: SchemaPolicy = .additive) -> JoinUnit {
    .sql(
      "SELECT CAST(v AS VARCHAR) AS v FROM t",
      [
        JoinUnit.Input(
          name: "t", format: .parquet, columns: [Column(name: "v", type: type)],
          partition: .month(1), files: [file], schemaPolicy: schema)
      ])
  }

  @Test(
    "files of a narrower type are read exactly",
    arguments: [
      ("(-2147483648)::INTEGER", "BIGINT", "-2147483648"), ("255::UTINYINT", "SMALLINT", "255"),
      ("18446744073709551615::UBIGINT", "HUGEINT", "18446744073709551615"),
      ("2147483647::INTEGER", "DOUBLE", "2147483647.0"), ("7::INTEGER", "DECIMAL(12,2)", "7.00"),
      ("0.1::FLOAT", "DOUBLE", "0.10000000149011612"),
      ("1.50::DECIMAL(6,2)", "DECIMAL(9,3)", "1.500"),
      ("[1::INTEGER, NULL]", "BIGINT[]", "[1, NULL]"),
      ("{'a': 1::INTEGER}", "STRUCT(a BIGINT)", "{'a': 1}"),
      ("MAP {'k': 1::SMALLINT}", "MAP(VARCHAR, INTEGER)", "{k=1}"),
      ("TIMESTAMP_NS '2024-05-01 10:00:00.123456'", "TIMESTAMP", "2024-05-01 10:00:00.123456"),
      ("TIMESTAMP '2024-05-01 10:00:00.5'", "TIMESTAMP_NS", "2024-05-01 10:00:00.5"),
      ("[TIMESTAMP_NS '2024-05-01 10:00:00']", "TIMESTAMP[]", "['2024-05-01 10:00:00']"),
      ("encode('é')", "VARCHAR", "é"),
    ])
  func read(_ value: String, _ type: String, _ expected: String) async throws {
    let file = try await bench.parquet("a.parquet", "SELECT \(value) AS v")
    #expect(try await bench.staged(rows(file, as: type)).rows == [[expected]])
  }

  @Test(
    "files of a wider or another type are refused with both",
    arguments: [
      ("1::BIGINT", "INTEGER"), ("1::BIGINT", "DOUBLE"), ("1::BIGINT", "DECIMAL(19,2)"),
      ("1::UBIGINT", "BIGINT"), ("1.5::DOUBLE", "FLOAT"), ("1.55::DECIMAL(9,2)", "DECIMAL(9,1)"),
      ("'1'", "BIGINT"), ("TIMESTAMP '2024-05-01'", "TIMESTAMP WITH TIME ZONE"), ("true", "BIGINT"),
      ("[1::BIGINT]", "INTEGER[]"),
    ])
  func refused(_ value: String, _ type: String) async throws {
    let file = try await bench.parquet("a.parquet", "SELECT \(value) AS v")
    guard case .schemaMismatch(file, let reason) = await bench.failure(rows(file, as: type)) else {
      Issue.record("the value was read")
      return
    }
    #expect(reason.contains(", but the input t has it as \(type). "))
  }

  @Test("a value without an exact counterpart fails with file, row and column")
  func inexact() async throws {
    let nanoseconds = try await bench.parquet(
      "n.parquet",
      "SELECT unnest([TIMESTAMP_NS '2024-05-01 10:00:00', TIMESTAMP_NS '2024-05-01 10:00:00.000000001']) AS v"
    )
    #expect(
      await bench.failure(rows(nanoseconds, as: "TIMESTAMP"))
        == .unreadableFile(
          path: nanoseconds,
          reason:
            "row 2, column \"v\": \"2024-05-01 10:00:00.000000001\" is not exactly a value of TIMESTAMP"
        ))
    let early = try await bench.parquet("e.parquet", "SELECT TIMESTAMP '1600-01-01' AS v")
    #expect(
      await bench.failure(rows(early, as: "TIMESTAMP_NS"))
        == .unreadableFile(
          path: early,
          reason:
            "row 1, column \"v\": \"1600-01-01 00:00:00\" is not exactly a value of TIMESTAMP_NS"))
    let bytes = try await bench.parquet("b.parquet", "SELECT '\\xFF'::BLOB AS v")
    guard case .unreadableFile(bytes, let reason) = await bench.failure(rows(bytes, as: "VARCHAR"))
    else {
      Issue.record("the bytes were read")
      return
    }
    #expect(reason.hasSuffix("is not exactly a value of VARCHAR"))
  }

  @Test("a struct that gained or lost a field follows the policy")
  func fields() async throws {
    let file = try await bench.parquet("s.parquet", "SELECT {'a': 1, 'c': 'x'} AS v")
    let type = "STRUCT(a BIGINT, b DATE)"
    guard
      case .schemaMismatch(_, let new) = await bench.failure(rows(file, as: type, schema: .strict)),
      case .schemaMismatch(_, let missing) = await bench.failure(rows(file, as: type))
    else {
      Issue.record("the fields were let pass")
      return
    }
    #expect(new.hasPrefix("the column \"v.c\" (VARCHAR) is not among the columns"))
    #expect(missing.hasPrefix("the column \"v.b\" (DATE) of the input t is missing"))
    #expect(
      try await bench.staged(rows(file, as: type, schema: .lenient)).rows
        == [["{'a': 1, 'b': NULL}"]])
    let null = try await bench.parquet("z.parquet", "SELECT NULL::STRUCT(a INTEGER) AS v")
    #expect(try await bench.staged(rows(null, as: "STRUCT(a BIGINT)")).rows == [[nil]])
  }

  @Test("a file without rows fits every type")
  func rowless() async throws {
    let empty = try await bench.parquet("e.parquet", "SELECT 1.5 AS v, 2 AS w WHERE false")
    let full = try await bench.parquet("f.parquet", "SELECT 'x' AS v")
    let input = JoinUnit.Input.named("t", "v VARCHAR", files: [empty, full], schema: .strict)
    #expect(try await bench.staged(.sql("SELECT v FROM t", [input])).rows == [["x"]])
  }

  @Test("the engine says which types are wider")
  func widens() async throws {
    #expect(try await bench.engine.reads("int", as: "bigint"))
    #expect(try await bench.engine.reads("DECIMAL(10,2)", as: "DECIMAL(12,2)"))
    #expect(try await !bench.engine.reads("BIGINT", as: "INTEGER"))
    await #expect(
      throws: EngineError.definition(
        "\"nonsense\" is not a type that DuckDB knows; write one such as BIGINT or DECIMAL(18,2).")
    ) { try await bench.engine.reads("BIGINT", as: "nonsense") }
  }
}
