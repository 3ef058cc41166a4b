import IncrementalJoin
import Testing

@testable import DuckDBEngine

@Suite("The schema policy")
struct SchemaPolicyTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Stages the rows of one input as they are.
  private func staged(_ input: JoinUnit.Input) async throws
    -> (account: StagedRows, rows: [[String?]])
  {
    try await bench.staged(unit(input))
  }

  private func unit(_ input: JoinUnit.Input) -> JoinUnit {
    .join(on: [], [input], partition: input.members[0].partition)
  }

  /// A file with the columns id and extra.
  private func wide(_ format: DataFormat) async throws -> String {
    switch format {
    case .parquet: try await bench.parquet("x.parquet", "SELECT 1 AS id, 2 AS extra")
    case .csv: try bench.text("x.csv", "id,extra\n1,2\n")
    case .json: try bench.text("x.jsonl", "{\"id\":1}\n{\"extra\":2,\"id\":null}\n")
    }
  }

  @Test("strict refuses a new column with the file's name", arguments: DataFormat.allCases)
  func strictNew(format: DataFormat) async throws {
    let file = try await wide(format)
    let type = format == .parquet ? " (INTEGER)" : ""
    let input = JoinUnit.Input.named(
      "t", "id INTEGER", format: format, files: [file], schema: .strict)
    #expect(
      await bench.failure(unit(input))?.description == """
        \(file): the column "extra"\(type) is not among the columns of the input t: id. Declare it \
        under `columns:` of the table, or choose `schema: additive` on the table to leave it out.
        """)
  }

  @Test("additive and lenient leave a new column out and report it", arguments: DataFormat.allCases)
  func leftOut(format: DataFormat) async throws {
    let file = try await wide(format)
    let type = format == .parquet ? " (INTEGER)" : ""
    for policy in [SchemaPolicy.additive, .lenient] {
      let input = JoinUnit.Input.named(
        "t", "id INTEGER", format: format, files: [file], schema: policy)
      let result = try await staged(input)
      #expect(result.rows == (format == .json ? [["1"], [nil]] : [["1"]]))
      #expect(
        result.account.warnings == [
          """
          t, partition month=1: \(file) has the new column "extra"\(type), which was left out; \
          declare it under `columns:` of the table to read it.
          """
        ])
      #expect(try await bench.engine.preview(unit(input), limit: 1).columns.count == 2)
    }
  }

  @Test(
    "a missing column is refused by strict and additive", arguments: [DataFormat.parquet, .csv])
  func missing(format: DataFormat) async throws {
    let good =
      format == .csv
      ? try bench.text("a.csv", "id,added\n1,2013-01-01\n")
      : try await bench.parquet("a.parquet", "SELECT 1 AS id, DATE '2013-01-01' AS added")
    let bad =
      format == .csv
      ? try bench.text("b.csv", "id\n2\n") : try await bench.parquet("b.parquet", "SELECT 2 AS id")
    for policy in [SchemaPolicy.strict, .additive] {
      let input = JoinUnit.Input.named(
        "t", "id INTEGER, added DATE", format: format, files: [good, bad], schema: policy)
      #expect(
        await bench.failure(unit(input))
          == .schemaMismatch(
            path: bad,
            reason: """
              the column "added" (DATE) of the input t is missing. Rewrite the file with it, write \
              `optional: [added]` at the table if files may lack it, or choose `schema: lenient` to \
              read every missing column as NULL.
              """))
    }
  }

  @Test("lenient reads a missing column as NULL and reports how many files lack it")
  func lenient() async throws {
    let files = [
      try await bench.parquet("a.parquet", "SELECT DATE '2013-01-01' AS ADDED, 1 AS id"),
      try await bench.parquet("b.parquet", "SELECT 2 AS id"),
      try await bench.parquet("c.parquet", "SELECT 3 AS id, 'x' AS extra"),
      try await bench.parquet("d.parquet", "SELECT 4 AS id"),
    ]
    let input = JoinUnit.Input.named(
      "t", "id INTEGER, added DATE", files: files, schema: .lenient)
    let result = try await staged(input)
    #expect(result.rows == [["1", "2013-01-01"], ["2", nil], ["3", nil], ["4", nil]])
    #expect(
      result.account.warnings == [
        """
        t, partition month=1: \(files[1]) and 2 more files lack the column "added" (DATE), which was \
        read as NULL; rewrite the files with it, or write `optional: [added]` at the table.
        """,
        """
        t, partition month=1: \(files[2]) has the new column "extra" (VARCHAR), which was left out; \
        declare it under `columns:` of the table to read it.
        """,
      ])
  }

  @Test(
    "JSON objects may leave a field out as long as one of the file has it",
    arguments: SchemaPolicy.allCases)
  func jsonField(policy: SchemaPolicy) async throws {
    let input = JoinUnit.Input.named(
      "t", "id INTEGER, name VARCHAR", format: .json,
      files: [
        try bench.text("a.jsonl", "{\"id\":1}\n{\"id\":2,\"name\":\"b\"}\n"),
        try bench.text("b.jsonl", ""),
      ],
      schema: policy)
    let result = try await staged(input)
    #expect(result.rows == [["1", nil], ["2", "b"]])
    #expect(result.account.warnings.isEmpty)
  }

  @Test("a field that no JSON object of a file has is a missing column, nested ones too")
  func jsonMissing() async throws {
    let file = try bench.text("a.jsonl", "{\"id\":1,\"s\":{\"a\":1}}\n")
    func input(_ policy: SchemaPolicy, optional: [String] = []) -> JoinUnit.Input {
      JoinUnit.Input(
        name: "t", format: .json,
        columns: [
          Column(name: "id", type: "INTEGER"), Column(name: "name", type: "VARCHAR"),
          Column(name: "s", type: "STRUCT(a INTEGER, b INTEGER)"),
        ], partition: .month(1), files: [file], schemaPolicy: policy, optional: optional)
    }
    for policy in [SchemaPolicy.strict, .additive] {
      #expect(
        await bench.failure(unit(input(policy)))
          == .schemaMismatch(
            path: file,
            reason: """
              the column "name" (VARCHAR) of the input t is missing: no object of the file has it. \
              Rewrite the file with it, write `optional: [name]` at the table if files may lack it, or \
              choose `schema: lenient` to read every missing column as NULL.
              """))
      guard
        case .schemaMismatch(_, let nested) = await bench.failure(
          unit(input(policy, optional: ["NAME"])))
      else {
        Issue.record("the nested field was not missed")
        return
      }
      #expect(nested.hasPrefix("the column \"s.b\" (INTEGER) of the input t is missing"))
    }
    let read = try await staged(input(.strict, optional: ["name", "s.b"]))
    #expect(read.rows == [["1", nil, "{'a': 1, 'b': NULL}"]])
    #expect(read.account.warnings.isEmpty)
    #expect(try await staged(input(.lenient)).account.warnings.count == 2)
  }

  @Test("a retyped column is refused by every policy", arguments: SchemaPolicy.allCases)
  func retyped(policy: SchemaPolicy) async throws {
    let file = try await bench.parquet("b.parquet", "SELECT 1::BIGINT AS id")
    let input = JoinUnit.Input.named("t", "id INTEGER", files: [file], schema: policy)
    guard case .schemaMismatch(file, let reason) = await bench.failure(unit(input)) else {
      Issue.record("not a mismatch")
      return
    }
    #expect(reason.hasPrefix("the column \"id\" is BIGINT, but the input t has it as INTEGER."))
  }

  @Test("a partition key inside a file is no difference", arguments: SchemaPolicy.allCases)
  func keyInFile(policy: SchemaPolicy) async throws {
    let files = [
      try await bench.parquet("a.parquet", "SELECT 1 AS id, 1 AS MONTH"),
      try await bench.parquet("b.parquet", "SELECT 2 AS id"),
    ]
    let input = JoinUnit.Input.named("t", "id INTEGER, Month INTEGER", files: files, schema: policy)
    let result = try await bench.staged(.sql("SELECT id, month AS m FROM t", [input]))
    #expect(result.rows == [["1", "1"], ["2", "1"]])
    #expect(result.account.warnings.isEmpty)
  }
}
