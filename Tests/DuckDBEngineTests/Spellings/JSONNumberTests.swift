import IncrementalJoin
import Testing

@testable import DuckDBEngine

@Suite("What JSON number is a value")
struct JSONNumberTests {
  let bench: Workbench
  let oracle = SpellingOracle()

  init() throws { bench = try Workbench() }

  /// The spellings that RFC 8259 has for numbers.
  static let tokens = Spellings.fixed.filter { text in
    text.wholeMatch(of: /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/) != nil
      && text.utf8.allSatisfy { $0 < 0x80 }
  }

  /// Objects that hold a token in the field `v`, so that it has to be found in several ways.
  private static func object(_ index: Int, _ token: String) -> String {
    switch index % 4 {
    case 0: #"{"i": \#(index), "v": \#(token)}"#
    case 1: #"{"v":\#(token),"i":\#(index)}"#
    case 2: #"{"i":\#(index), "x": {"v":0.1, "w": "\"v\":0.1, 5"}, "v" : \#(token) }"#
    default: #"{"i":\#(index),"s":"a 1.5 \\","\u0076":\#(token),"l":[0.1,"v"]}"#
    }
  }

  @Test("every number is a value of the types that the guide says, and of no other")
  func everyCell() async throws {
    #expect(Self.tokens.count > 500)
    let objects = Self.tokens.enumerated().map { Self.object($0, $1) }
    let table = try await bench.spellings(objects)
    for (name, type) in SpelledType.all {
      let reading = JSONValue(failure: { _, type, _ in "CAST(NULL AS \(type.sql))" })
      let value = reading.sql(
        "json_extract(\(JSONValue.marked("c")), '/v')", as: ColumnType(name),
        spelling: .scalar("VARCHAR"), column: "v")
      let rows = try await bench.engine.execute(
        "SELECT CAST(v AS VARCHAR) FROM (SELECT i, \(value) AS v FROM \(table)) ORDER BY i")
      let read = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($0, $1[0]) })
      let expected = Self.tokens.map {
        (text: $0, value: oracle.reading(ofNumber: $0, as: type).text)
      }
      #expect(SpelledType.differences(read, expected, name) == [], "\(name)")
    }
  }

  @Test("a file of all numbers that are values of a type is staged with exactly these")
  func values() async throws {
    let columns = try SpelledType.all.map { name, type in
      let rows = Self.tokens.compactMap { token in
        oracle.reading(ofNumber: token, as: type).text.map { (text: token, value: Optional($0)) }
      }
      let objects = rows.enumerated().map { Self.object($0, $1.text) + "\n" }
      return (name: name, rows: rows, file: try bench.text("\(name).json", objects.joined()))
    }.filter { !$0.rows.isEmpty }
    let staged = try await bench.staged(columns.map { ($0.name, $0.file) }, as: .json)
    for (name, rows, _) in columns {
      #expect(SpelledType.differences(staged[name] ?? [:], rows, name) == [], "\(name)")
    }
  }

  /// Checks what one object holds in columns of their own: JSON, the column's type, the value.
  private func check(_ columns: [(json: String, type: String, value: String?)]) async throws {
    let fields = columns.enumerated().map { "\"v\($0)\": \($1.json)" }
    let file = try bench.text("one.json", "{\(fields.joined(separator: ", "))}\n")
    let input = JoinUnit.Input(
      name: "t", format: .json,
      columns: columns.enumerated().map { Column(name: "v\($0)", type: $1.type) },
      partition: .month(1), files: [file])
    let casts = columns.indices.map { "CAST(v\($0) AS VARCHAR) AS v\($0)" }
    let row = try await bench.staged(
      .sql("SELECT \(casts.joined(separator: ", ")) FROM t", [input])
    )
    .rows[0]
    for (column, value) in zip(columns, row) {
      #expect(value.isSame(as: column.value), "\(column), not \(value ?? "NULL")")
    }
  }

  /// Checks why objects with the one field `v` are not read: JSON, the column's type, and what is said of the
  /// column.
  private func checkRefusals(_ cases: [(json: String, type: String, reason: String)]) async throws {
    for (json, type, reason) in cases {
      let file = try bench.text("one.json", "{\"v\": \(json)}\n")
      let input = JoinUnit.Input(
        name: "t", format: .json, columns: [Column(name: "v", type: type)], partition: .month(1),
        files: [file])
      #expect(
        await bench.failure(.join(on: [], [input]))
          == .unreadableFile(path: file, reason: "line 1, column \(reason)"), "\(json) as \(type)")
    }
  }

  @Test("fields of one double and of several spellings keep their own digits")
  func sameDouble() async throws {
    let file = try bench.text(
      "a.json",
      """
      {"a": 1.10, "b": 1.1, "c": 1.1000000000000000055, "d": 110e-2, "e": {"a": 1.100}, "f": [1.1, 1.10]}
      {"a": 1.1, "b": 1.1000000000000000055, "e": {"a": 1.1000000000000000055}, "f": [11e-1]}

      """)
    let schema = JoinUnit.Input(
      name: "t", format: .json,
      columns: ["a", "b", "c", "d"].map { Column(name: $0, type: "VARCHAR") }
        + [Column(name: "e", type: "STRUCT(a VARCHAR)"), Column(name: "f", type: "VARCHAR[]")],
      partition: .month(1), files: [file])
    let names = ["a", "b", "c", "d", "e", "f"].map { "CAST(\($0) AS VARCHAR) AS \($0)" }
    let unit = JoinUnit.sql("SELECT \(names.joined(separator: ", ")) FROM t", [schema])
    #expect(
      try await bench.staged(unit).rows == [
        ["1.1", "1.1000000000000000055", nil, nil, "{'a': 1.1000000000000000055}", "[11e-1]"],
        ["1.10", "1.1", "1.1000000000000000055", "110e-2", "{'a': 1.100}", "[1.1, 1.10]"],
      ])
    let exact = try bench.text(
      "b.json", #"{"x": {"v":1.1}, "v" : 1.1000000000000000055}"# + "\n")
    let narrow = JoinUnit.join(
      on: [], [.named("t", "v DECIMAL(38,10)", format: .json, files: [exact])])
    #expect(
      await bench.failure(narrow)
        == .unreadableFile(
          path: exact,
          reason:
            "line 1, column \"v\": 1.1000000000000000055 is not exactly a value of DECIMAL(38,10)"))
  }

  @Test("lists, maps and structs hold values by the same rules")
  func nested() async throws {
    let pair = "STRUCT(a DECIMAL(10,2), b INTEGER[])"
    let tiny = "0.1000000000000000055"
    try await check([
      ("[1, 2.0, \"3\", null]", "INTEGER[]", "[1, 2, 3, NULL]"),
      ("[\(tiny), 1e-1]", "DECIMAL(38,19)[]", "[\(tiny), 0.1000000000000000000]"),
      ("[[1.10], []]", "VARCHAR[][]", "[[1.10], []]"),
      ("{\"a\": 1.50, \"b\": [1, 2e0]}", pair, "{'a': 1.50, 'b': [1, 2]}"),
      ("{\"a\": null, \"b\": null}", pair, "{'a': NULL, 'b': NULL}"),
      ("{\"x/~y\": 1, \"z\": \" 2 \"}", "MAP(VARCHAR, INTEGER)", "{x/~y=1, z=2}"),
      ("{\"x/~y\": 1.10}", "MAP(VARCHAR, VARCHAR)", "{x/~y=1.10}"),
      ("{\"1\": \(tiny)}", "MAP(INTEGER, DECIMAL(38,19))", "{1=\(tiny)}"),
      ("[{\"a\": \(tiny)}]", "STRUCT(a DECIMAL(38,19))[]", "[{'a': \(tiny)}]"),
    ])
  }

  @Test("what is not a value inside them fails with the path of its field")
  func nestedRefusals() async throws {
    let pair = "STRUCT(a DECIMAL(10,2), b INTEGER[])"
    try await checkRefusals([
      ("[1]", "INTEGER", "\"v\": [1] is not exactly a value of INTEGER"),
      ("1", "INTEGER[]", "\"v\": 1 is not exactly a value of INTEGER[]"),
      ("{\"a\": 1}", "INTEGER[]", "\"v\": {\"a\":1} is not exactly a value of INTEGER[]"),
      ("[1]", "STRUCT(a INTEGER)", "\"v\": [1] is not exactly a value of STRUCT(a INTEGER)"),
      ("[1, 2.5]", "INTEGER[]", "\"v\": 2.5 is not exactly a value of INTEGER"),
      (
        "{\"a\": 1.555, \"b\": []}", pair,
        "\"v.a\": 1.555 is not exactly a value of DECIMAL(10,2)"
      ),
      ("{\"a\": 1, \"b\": [true]}", pair, "\"v.b\": true is not exactly a value of INTEGER"),
      (
        "{\"k\": \"x\"}", "MAP(VARCHAR, INTEGER)",
        "\"v\": \"x\" is not exactly a value of INTEGER"
      ),
      (
        "{\"k\": 1}", "MAP(INTEGER, INTEGER)", "\"v\": \"k\" is not exactly a value of INTEGER"
      ),
    ])
  }

  @Test("true and false are values of BOOLEAN, and nothing else is")
  func booleans() async throws {
    let values: [(String, String?)] = [
      ("true", "true"), ("false", "false"), ("\"TRUE\"", "true"), ("\" False \"", "false"),
      ("\"\"", nil), ("null", nil),
    ]
    try await check(values.map { ($0, "BOOLEAN", $1) })
    let refused = ["1", "0.0", "\"1\"", "\"t\"", "[true]"].map { ($0, "BOOLEAN") }
    try await checkRefusals(
      (refused + [("true", "INTEGER"), ("1", "UUID"), ("2024", "TIME")]).map {
        ($0, $1, "\"v\": \($0) is not exactly a value of \($1)")
      })
  }

  @Test("in VARCHAR numbers keep their spelling, strings lose their quotes, the rest is JSON")
  func text() async throws {
    let tiny = "0.1000000000000000055"
    let values: [(String, String?)] = [
      ("1", "1"), ("-0", "-0"), ("1.10", "1.10"), ("1E400", "1E400"), ("1e2", "1e2"), (tiny, tiny),
      ("18446744073709551616", "18446744073709551616"), ("\" x \"", " x "), ("\"\"", ""),
      ("null", nil), ("true", "true"),
    ]
    let wholes: [(String, String?)] = [
      ("{ \"a\" : 1.10, \"b\": [ 1e2, \"5\" ] }", "{\"a\":1.10,\"b\":[1e2,\"5\"]}"),
      ("[ \(tiny) ]", "[\(tiny)]"),
    ]
    try await check(
      (values + wholes).map { ($0, "VARCHAR", $1) } + wholes.map { ($0, "JSON", $1) })
  }

  @Test("a number whose digits a double does not keep is guessed to be text")
  func guesses() async throws {
    let file = try bench.text(
      "g.json",
      #"{"a": 0.1000000000000000055, "b": 1.10, "c": 12345678901234567.5, "d": 18446744073709551616}"#
        + "\n")
    #expect(
      try await bench.columns(ofFile: file, format: .json, keys: []) == [
        Column(name: "a", type: "VARCHAR"), Column(name: "b", type: "DOUBLE"),
        Column(name: "c", type: "VARCHAR"), Column(name: "d", type: "VARCHAR"),
      ])
  }
}
