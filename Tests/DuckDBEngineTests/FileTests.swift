import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing

@testable import DuckDBEngine

@Suite("Data files")
struct FileTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// A unit that returns the rows of one input as they are.
  private func rows(of input: JoinUnit.Input) -> JoinUnit {
    .join(on: [], [input], partition: input.members[0].partition)
  }

  @Test("the columns of a Parquet file come with DuckDB's types, without the partition keys")
  func parquetColumns() async throws {
    let file = try await bench.parquet(
      "t.parquet",
      "SELECT 1::BIGINT AS id, 2 AS Month, now() AS at, 1.5::DECIMAL(9,2) AS price, {'a': [1]} AS s"
    )
    let columns = try await bench.columns(
      ofFile: file, format: .parquet, keys: [PartitionKey(name: "month", type: .int)])
    #expect(
      columns == [
        Column(name: "id", type: "BIGINT"), Column(name: "at", type: "TIMESTAMP WITH TIME ZONE"),
        Column(name: "price", type: "DECIMAL(9,2)"), Column(name: "s", type: "STRUCT(a INTEGER[])"),
      ])
  }

  @Test("the columns of a CSV or JSON file are found, compressed or not")
  func textColumns() async throws {
    let csv = "id,\"the, name\",day\r\n1,x,2013-01-01\r\n2,,2013-01-02\r\n"
    let json = "{\"id\": 1, \"day\": \"2013-01-01\"}\n{\"id\": 2, \"the, name\": \"x\"}\n"
    let id = Column(name: "id", type: "BIGINT")
    let name = Column(name: "the, name", type: "VARCHAR")
    let day = Column(name: "day", type: "DATE")
    for ending in ["", ".gz", ".zst"] {
      let csvFile = try await compressed("a.csv", csv, ending)
      #expect(
        try await bench.columns(ofFile: csvFile, format: .csv, keys: []) == [id, name, day])
      let jsonFile = try await compressed("a.jsonl", json, ending)
      #expect(
        try await bench.columns(ofFile: jsonFile, format: .json, keys: [])
          == [day, id, name])
    }
  }

  @Test("compressed and plain text files of different column orders are read by name")
  func textByName() async throws {
    let input = JoinUnit.Input.named(
      "t", "id INTEGER, name VARCHAR, at TIMESTAMPTZ", format: .csv,
      files: [
        try await compressed(
          "1.csv", "id,name,at\n1,\"a \"\"b\"\"\",2013-01-01 05:00:00+01\n", ".gz"),
        try await compressed("2.csv", "name,ID\nb,2\n", ".zst"),
        try bench.text("3.csv", "at,id\n2013-01-01,3\n"),
      ], schema: .lenient)
    #expect(
      try await bench.staged(rows(of: input)).rows == [
        ["1", "a \"b\"", "2013-01-01 04:00:00+00"], ["2", "b", nil],
        ["3", nil, "2013-01-01 00:00:00+00"],
      ])
    let json = JoinUnit.Input.named(
      "t", "id INTEGER, name VARCHAR, list INTEGER[]", format: .json,
      files: [
        try await compressed("1.jsonl", "{\"name\":\"a\",\"id\":1}\n{\"id\":2}\n", ".gz"),
        try await compressed("2.jsonl", "{\"ID\":3,\"list\":[1,2]}\n", ".zst"),
        try bench.text("3.jsonl", ""),
      ], schema: .lenient)
    #expect(
      try await bench.staged(rows(of: json)).rows == [
        ["1", "a", nil], ["2", nil, nil], ["3", nil, "[1, 2]"],
      ])
  }

  @Test("a retyped column fails the unit with the file and both types")
  func retypedColumn() async throws {
    let good = try await bench.parquet("a.parquet", "SELECT 1 AS id")
    let bad = try await bench.parquet("b.parquet", "SELECT 1::BIGINT AS id")
    let input = JoinUnit.Input.named("t", "id int", files: [good, bad])
    #expect(
      await bench.failure(rows(of: input))?.description == """
        \(bad): the column "id" is BIGINT, but the input t has it as INTEGER. Widen the table's \
        column, under `columns:` or with `dovetail tables widen`, or rewrite the file.
        """)
    let other = try await bench.parquet("c.parquet", "SELECT 'x' AS id")
    #expect(
      await bench.failure(rows(of: .named("t", "id int", files: [other])))?.description == """
        \(other): the column "id" is VARCHAR, but the input t has it as INTEGER. Rewrite the file, or \
        declare under `columns:` of the table a type that holds both.
        """)
  }

  @Test("two columns that differ only in case are refused")
  func sameNames() async throws {
    let file = try bench.text("x.csv", "id,ID\n1,2\n")
    let input = JoinUnit.Input.named("t", "id INTEGER", format: .csv, files: [file])
    #expect(
      await bench.failure(rows(of: input))?.description == """
        \(file): the columns "id" and "ID" differ only in case, which names ignore. Rename one of \
        them in the file.
        """)
  }

  @Test("a truncated Parquet file is named")
  func truncated() async throws {
    let whole = try await bench.parquet("whole.parquet", "SELECT range AS id FROM range(1000)")
    let file = "\(bench.folder)/truncated.parquet"
    try Data(contentsOf: URL(fileURLWithPath: whole)).prefix(300)
      .write(to: URL(fileURLWithPath: file))
    let input = JoinUnit.Input.named("t", "id BIGINT", files: [whole, file])
    #expect(
      await bench.failure(rows(of: input))
        == .unreadableFile(
          path: file, reason: "it is not a Parquet file, or its end is missing"))
    await #expect(throws: EngineError.self) {
      try await bench.columns(ofFile: file, format: .parquet, keys: [])
    }
  }

  @Test("a Parquet file with damaged pages is named")
  func damaged() async throws {
    let whole = try await bench.parquet("whole.parquet", "SELECT range AS id FROM range(100)")
    let file = "\(bench.folder)/damaged.parquet"
    try await bench.sql(
      """
      COPY (SELECT hash(range)::VARCHAR AS id FROM range(5000)) TO \(file.sqlLiteral)
      (FORMAT parquet, COMPRESSION zstd)
      """)
    var data = try Data(contentsOf: URL(fileURLWithPath: file))
    for index in 60..<2000 { data[index] = 0x5A }
    try data.write(to: URL(fileURLWithPath: file))
    let inputs = [
      JoinUnit.Input.named("a", "id BIGINT", files: [whole]),
      JoinUnit.Input.named("b", "id VARCHAR", files: [file]),
    ]
    let unit = JoinUnit.sql("SELECT b.id FROM a JOIN b ON a.id::VARCHAR = b.id", inputs)
    guard case .unreadableFile(let path, _) = await bench.failure(unit) else {
      Issue.record("the damage was not found")
      return
    }
    #expect(path == file)
  }

  @Test("a file that vanished is named")
  func vanished() async throws {
    let file = "\(bench.folder)/it's [1]*.parquet"
    let input = JoinUnit.Input.named("t", "id BIGINT", files: [file])
    #expect(
      await bench.failure(rows(of: input))
        == .unreadableFile(path: file, reason: "it does not exist any more"))
  }

  @Test("a path that DuckDB cannot read literally is refused")
  func backslash() async throws {
    let plain = try await bench.parquet("a\\b.parquet", "SELECT 1 AS id")
    #expect(
      try await bench.staged(rows(of: .named("t", "id INTEGER", files: [plain]))).rows == [["1"]])
    let file = try await bench.parquet("a\\b[1].parquet", "SELECT 1 AS id")
    #expect(
      await bench.failure(rows(of: .named("t", "id INTEGER", files: [file])))
        == .unreadableFile(
          path: file, reason: "DuckDB cannot read a path with both a backslash and one of * ? ["))
  }

  @Test("a quote that is never closed is named, though the line that it opens goes on")
  func openQuote() async throws {
    let file = try bench.text("open.csv", "id,name\n1,\"a\n")
    let input = JoinUnit.Input.named("t", "id INTEGER, name VARCHAR", format: .csv, files: [file])
    #expect(
      await bench.failure(rows(of: input))
        == .unreadableFile(
          path: file,
          reason: "line 2: a quote is opened and never closed; the line is \"1,\"a\""))
  }

  @Test("a broken CSV row is named with file and line")
  func brokenRow() async throws {
    let file = try bench.text("broken.csv", "id,name\n1,a\n2\n3,c\n")
    let reason = "line 3: it has 1 value for 2 columns; the line is \"2\""
    let input = JoinUnit.Input.named("t", "id INTEGER, name VARCHAR", format: .csv, files: [file])
    #expect(
      await bench.failure(rows(of: input)) == .unreadableFile(path: file, reason: reason))
    await #expect(throws: EngineError.unreadableFile(path: file, reason: reason)) {
      try await bench.columns(ofFile: file, format: .csv, keys: [])
    }
  }

  @Test("a CSV value of another type is named with file, line and column")
  func wrongValue() async throws {
    let file = try bench.text("value.csv", "id,name\n1,a\nx,b\n")
    let input = JoinUnit.Input.named("t", "id INTEGER, name VARCHAR", format: .csv, files: [file])
    #expect(
      await bench.failure(rows(of: input))
        == .unreadableFile(
          path: file,
          reason: "line 3, column \"id\": \"x\" is not exactly a value of INTEGER"))
  }

  @Test("a CSV file without a header is named")
  func noHeader() async throws {
    let empty = try bench.text("empty.csv", "")
    let open = try bench.text("open.csv", "id,\"na\n1,2\n")
    #expect(
      await bench.failure(rows(of: .named("t", "id INTEGER", format: .csv, files: [empty])))
        == .unreadableFile(path: empty, reason: "the header line is missing"))
    #expect(
      await bench.failure(rows(of: .named("t", "id INTEGER", format: .csv, files: [open])))
        == .unreadableFile(path: open, reason: "line 1: a quote of the header is not closed"))
  }

  @Test("a broken line of JSON is named with file and line")
  func brokenJSON() async throws {
    let file = try bench.text("broken.jsonl", "{\"id\":1}\n{\"id\":}\n")
    let input = JoinUnit.Input.named("t", "id INTEGER", format: .json, files: [file])
    let reason = "line 2: unexpected character"
    #expect(await bench.failure(rows(of: input)) == .unreadableFile(path: file, reason: reason))
    await #expect(throws: EngineError.unreadableFile(path: file, reason: reason)) {
      try await bench.columns(ofFile: file, format: .json, keys: [])
    }
    let typed = try bench.text("typed.jsonl", "{\"id\":1}\n{\"id\":\"x\"}\n")
    guard
      case .unreadableFile(typed, let cast) = await bench.failure(
        rows(of: .named("t", "id INTEGER", format: .json, files: [typed])))
    else {
      Issue.record("the value was read")
      return
    }
    #expect(cast == "line 2, column \"id\": \"x\" is not exactly a value of INTEGER")
  }

  @Test("a file's own partition key gives way to the path's, and differences are counted")
  func keyInFile() async throws {
    let parquet = JoinUnit.Input.named(
      "t", "id INTEGER",
      files: [
        try await bench.parquet(
          "m.parquet",
          "SELECT * FROM (VALUES (1, '01'), (2, '2'), (3, NULL), (4, 'x')) t(id, Month)")
      ])
    let unit = JoinUnit.sql("SELECT id, month + 0 AS m FROM t", [parquet])
    let staged = try await bench.staged(unit)
    #expect(staged.rows == [["1", "1"], ["2", "1"], ["3", "1"], ["4", "1"]])
    #expect(
      staged.account.warnings == [
        """
        t, partition month=1: the files hold another value of the partition key month than the \
        path in 3 rows; the path's value was used.
        """
      ])
    let csv = JoinUnit.Input.named(
      "t", "id INTEGER", format: .csv,
      files: [try bench.text("m.csv", "month,id\n1,7\n01,8\n2,9\n")])
    #expect(try await bench.staged(rows(of: csv)).account.warnings.count == 1)
    let same = JoinUnit.Input.named(
      "t", "id INTEGER", format: .json,
      files: [try bench.text("m.jsonl", "{\"month\":1,\"id\":7}\n")])
    #expect(try await bench.staged(rows(of: same)).account.warnings.isEmpty)
  }

  @Test("keys of every type are bound with their type and value, NULL too")
  func keyTypes() async throws {
    let keys: [(KeyType, String, String)] = [
      (.string, "01", "VARCHAR"), (.int, "01", "INTEGER"), (.bigint, "5000000000", "BIGINT"),
      (.date, "2013-12-31", "DATE"), (.timestamp, "2013-12-31 05:00:00.000001", "TIMESTAMP"),
      (.decimal(precision: 5, scale: 2), "1.5", "DECIMAL(5,2)"), (.boolean, "true", "BOOLEAN"),
    ]
    let file = try await bench.parquet("t.parquet", "SELECT 1 AS id")
    for (type, raw, sqlType) in keys {
      for raw in [raw, hiveDefaultPartition] {
        let value = try #require(PartitionValue(raw: raw, type: type))
        let key = PartitionKey(name: "k", type: type)
        let partition = Partition(keys: [key], values: [value])
        let input = JoinUnit.Input.named(
          "t", "id INTEGER", partition: partition, files: [file])
        let unit = JoinUnit.sql(
          "SELECT k, typeof(k) AS type, CAST(k AS VARCHAR) AS text FROM t", [input],
          partition: partition)
        #expect(
          try await bench.staged(unit).rows == [[sqlType, value == .null ? nil : value.text]])
      }
    }
  }

  private func compressed(_ name: String, _ text: String, _ ending: String) async throws -> String {
    guard !ending.isEmpty else { return try bench.text(name, text) }
    let path = try bench.file(name + ending)
    // One column without quotes or headers writes the text as it is.
    try await bench.sql(
      """
      COPY (SELECT \(String(text.unicodeScalars.dropLast()).sqlLiteral)) TO \(path.sqlLiteral)
      (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\u{1}',
       COMPRESSION \(ending == ".gz" ? "gzip" : "zstd"))
      """)
    return path
  }
}
