import IncrementalJoin
import TestSupport
import Testing

@testable import DuckDBEngine

@Suite("Guessed types")
struct GuessTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// The types of the columns `v` of CSV files that hold these values, a file a list.
  private func type(of files: [[String]], csv: CSVDialect = CSVDialect()) async throws -> String? {
    let paths = try files.enumerated().map { index, values in
      let rows = values.map { "\"\($0.replacing("\"", with: "\"\""))\"" }
      return try bench.text("\(index).csv", (["v"] + rows).joined(separator: "\n") + "\n")
    }
    let table = TableDefinition(name: "t", location: "/", format: .csv, keys: [], csv: csv)
    let seen = try await bench.engine.columns(ofFiles: paths, of: table)
    #expect(seen.columns.map(\.name) == ["v"])
    guard let type = seen.columns[0].type else { return nil }
    // A guess must be able to read the files that it was made from.
    let input = JoinUnit.Input(
      name: "t", format: .csv, columns: [Column(name: "v", type: type)], partition: .month(1),
      files: paths, csv: csv)
    let read = try await bench.staged(.sql("SELECT v FROM t", [input])).rows
    #expect(read.count == files.joined().count)
    return type
  }

  @Test(
    "of CSV are careful: nothing that means something is lost, and mixed kinds are text",
    arguments: [
      (["7", "-3", " 8 ", "0"], "BIGINT"), (["9223372036854775807"], "BIGINT"),
      (["9223372036854775808"], "VARCHAR"), (["12345678901234567890"], "VARCHAR"),
      (["01067", "20095"], "VARCHAR"), (["+4930123456"], "VARCHAR"), (["-007"], "VARCHAR"),
      (["7", "7.49"], "DOUBLE"), (["0.5", ".5", "1e3"], "DOUBLE"), (["nan", "1.5"], "DOUBLE"),
      (["0.1234567890123456789"], "VARCHAR"), (["12345678901234567", "0.5"], "VARCHAR"),
      (["123456789012345.6"], "DOUBLE"), (["1_000"], "VARCHAR"), (["0x10"], "VARCHAR"),
      (["1,5"], "VARCHAR"), (["true", "FALSE"], "BOOLEAN"), (["true", "1"], "VARCHAR"),
      (["yes", "no"], "VARCHAR"), (["2024-05-01"], "DATE"),
      (["2024-05-01", "2024-05-01 10:00"], "TIMESTAMP"), (["2024-05-01T10:00:00.5"], "TIMESTAMP"),
      (["2024-05-01T10:00Z", "2024-05-01 10:00+05:30"], "TIMESTAMP WITH TIME ZONE"),
      (["2024-05-01T10:00Z", "2024-05-01 10:00"], "VARCHAR"), (["13/10/2021"], "VARCHAR"),
      (["01-01-2000"], "VARCHAR"), (["12:30"], "VARCHAR"), (["20240501"], "BIGINT"),
      (["2024-02-30"], "VARCHAR"), (["a", "7"], "VARCHAR"),
      (["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"], "VARCHAR"),
    ] as [([String], String)])
  func csv(_ values: [String], _ expected: String) async throws {
    #expect(try await type(of: [values]) == expected)
    // The same values in several files are the same guess.
    #expect(try await type(of: values.map { [$0] }) == expected)
    #expect(try await type(of: [[""], values, ["", ""]]) == expected)
  }

  @Test("without a value are none, and nothing is pinned for the column")
  func open() async throws {
    #expect(try await type(of: [["", " "], []]) == nil)
    let header = try bench.text("h.csv", "id,v\n")
    let table = TableDefinition(name: "t", location: "/", format: .csv, keys: [])
    let seen = try await bench.engine.columns(ofFiles: [header], of: table)
    #expect(seen.columns == ["id", "v"].map { SeenColumn(name: $0, type: nil) })
    let null = try bench.text("n.jsonl", "{\"id\":1,\"v\":null}\n")
    let json = TableDefinition(name: "t", location: "/", format: .json, keys: [])
    #expect(
      try await bench.engine.columns(ofFiles: [null], of: json).columns == [
        SeenColumn(name: "id", type: "BIGINT"), SeenColumn(name: "v", type: nil),
      ])
    let empty = try await bench.parquet("e.parquet", "SELECT 1.5::DOUBLE AS v WHERE false")
    let full = try await bench.parquet("f.parquet", "SELECT 'x' AS v")
    let parquet = TableDefinition(name: "t", location: "/", format: .parquet, keys: [])
    #expect(
      try await bench.engine.columns(ofFiles: [empty], of: parquet).columns
        == [SeenColumn(name: "v", type: nil)])
    #expect(
      try await bench.engine.columns(ofFiles: [empty, full], of: parquet).columns
        == [SeenColumn(name: "v", type: "VARCHAR")])
  }

  @Test("follow the marks and patterns that csv: declares")
  func dialect() async throws {
    var german = CSVDialect()
    german.decimal = ","
    german.thousands = "."
    german.dateFormat = "%d.%m.%Y"
    german.true = ["ja"]
    german.false = ["nein"]
    #expect(try await type(of: [["1.234,5", "7"]], csv: german) == "DOUBLE")
    #expect(try await type(of: [["1.234", "7"]], csv: german) == "BIGINT")
    #expect(try await type(of: [["1.5"]], csv: german) == "VARCHAR")
    #expect(try await type(of: [["13.10.2021"]], csv: german) == "DATE")
    #expect(try await type(of: [["ja", "NEIN"]], csv: german) == "BOOLEAN")
  }

  @Test("of JSON come from the kinds of values, and digits are kept")
  func json() async throws {
    let first = try bench.text(
      "1.jsonl",
      """
      {"n":1,"d":1.5,"big":12345678901234567890,"long":0.1234567890123456789,"zip":"01067",\
      "day":"2024-05-01","mixed":1,"s":{"a":1,"b":"x"},"l":[1,2.5],"flag":true,"o":{"x":1}}

      """)
    let second = try bench.text(
      "2.jsonl", "{\"n\":2.5,\"mixed\":\"x\",\"s\":{\"a\":null,\"c\":[]},\"o\":[1],\"some\":1}\n")
    let table = TableDefinition(name: "t", location: "/", format: .json, keys: [])
    let seen = try await bench.engine.columns(ofFiles: [first, second], of: table)
    #expect(
      Dictionary(uniqueKeysWithValues: seen.columns.map { ($0.name, $0.type ?? "") }) == [
        "n": "DOUBLE", "d": "DOUBLE", "big": "VARCHAR", "long": "VARCHAR", "zip": "VARCHAR",
        "day": "DATE", "mixed": "VARCHAR", "s": "STRUCT(a BIGINT, b VARCHAR, c VARCHAR[])",
        "l": "DOUBLE[]", "flag": "BOOLEAN", "o": "VARCHAR", "some": "BIGINT",
      ])
    #expect(
      seen.sparse == ["big", "d", "day", "flag", "l", "long", "some", "zip"])
    #expect(seen.isGuess)
  }

  @Test("a file that cannot be read does not hide what the others show")
  func passedOver() async throws {
    let broken = try bench.text("0.csv", "id,v\n1\n")
    let twins = try bench.text("1.csv", "id,ID\n1,2\n")
    let blank = try bench.text("2.csv", "\n1,2\n")
    let good = try bench.text("3.csv", "id,v\n1,2\n")
    let table = TableDefinition(name: "t", location: "/", format: .csv, keys: [])
    let seen = try await bench.engine.columns(ofFiles: [broken, twins, blank, good], of: table)
    #expect(seen.columns == ["id", "v"].map { SeenColumn(name: $0, type: "BIGINT") })
    #expect(seen.files == [good])
    await #expect(
      throws: EngineError.schemaMismatch(
        path: twins,
        reason: "the columns \"id\" and \"ID\" differ only in case, which names ignore. "
          + "Rename one of them in the file.")
    ) { try await bench.engine.columns(ofFiles: [twins, blank], of: table) }
  }
}
