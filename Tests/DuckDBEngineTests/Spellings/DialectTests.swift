import Foundation
import IncrementalJoin
import Testing

@testable import DuckDBEngine

@Suite("CSV dialects")
struct DialectTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func input(
    _ content: String, _ columns: String, _ csv: CSVDialect, encoding: String.Encoding = .utf8
  ) throws -> JoinUnit.Input {
    let file = try bench.file("d.csv")
    try #require(content.data(using: encoding)).write(to: URL(fileURLWithPath: file))
    let named = JoinUnit.Input.named("t", columns, format: .csv, files: [file])
    return JoinUnit.Input(
      name: "t", format: .csv, columns: named.columns, partition: .month(1), files: [file], csv: csv
    )
  }

  /// The rows of a file, in the order of all columns.
  private func rows(
    _ content: String, _ columns: String, _ csv: CSVDialect = CSVDialect(),
    encoding: String.Encoding = .utf8
  ) async throws -> [[String?]] {
    let input = try input(content, columns, csv, encoding: encoding)
    return try await bench.staged(.join(on: [], [input])).rows
  }

  /// Why a file is not read.
  private func reason(
    _ content: String, _ columns: String, _ csv: CSVDialect = CSVDialect(),
    encoding: String.Encoding = .utf8
  ) async throws -> String? {
    let input = try input(content, columns, csv, encoding: encoding)
    switch await bench.failure(.join(on: [], [input])) {
    case .unreadableFile(_, let reason), .schemaMismatch(_, let reason): return reason
    case let other: return other.map { "\($0)" }
    }
  }

  @Test(
    "delimiters of one to four bytes", arguments: [";", "\t", "||", "\u{1}", "\u{1F6EB}", "; ,"])
  func delimiters(delimiter: String) async throws {
    let lines = [["id", "name"], ["1", "\"a\(delimiter)b\""], ["2", "x,y"], ["3", ""]]
    let content = lines.map { $0.joined(separator: delimiter) + "\n" }.joined()
    let csv = CSVDialect(delimiter: delimiter)
    #expect(
      try await rows(content, "id INTEGER, name VARCHAR", csv) == [
        ["1", "a\(delimiter)b"], ["2", "x,y"], ["3", nil],
      ])
    let bad = content + "x\(delimiter)y\n"
    #expect(
      try await reason(bad, "id INTEGER, name VARCHAR", csv)
        == "line 5, column \"id\": \"x\" is not exactly a value of INTEGER")
  }

  @Test("without quotes a quote is a character")
  func noQuotes() async throws {
    let csv = CSVDialect(quote: nil, escape: nil)
    #expect(
      try await rows("id,name\n1,\"a\n2,5\"\n3,''\n", "id INTEGER, name VARCHAR", csv) == [
        ["1", "\"a"], ["2", "5\""], ["3", "''"],
      ])
    #expect(
      try await reason("id,name\n1,\"a\n2,5\"\nx,''\n", "id INTEGER, name VARCHAR", csv)
        == "line 4, column \"id\": \"x\" is not exactly a value of INTEGER")
  }

  @Test("a backslash escapes quotes inside quoted fields")
  func backslash() async throws {
    let csv = CSVDialect(escape: "\\")
    let content = #"""
      id,name
      1,"a \"b\" c"
      2,"a, \\ b"
      3,"\"

      """#
    #expect(
      try await rows(content.replacing("3,\"\\\"\n", with: ""), "id INTEGER, name VARCHAR", csv)
        == [["1", "a \"b\" c"], ["2", "a, \\ b"]])
    #expect(
      try await reason(
        "id,name\n1,\"a \\\"b\nc\"\n2,x\nx,\"\\\"\"\n", "id INTEGER, name VARCHAR", csv)
        == "line 5, column \"id\": \"x\" is not exactly a value of INTEGER")
  }

  @Test("single quotes enclose fields, and two of them are one")
  func singleQuotes() async throws {
    let csv = CSVDialect(quote: "'", escape: "'")
    #expect(
      try await rows("id,name\n1,'it''s, \"x\"'\n", "id INTEGER, name VARCHAR", csv)
        == [["1", "it's, \"x\""]])
  }

  @Test("without a header the fields are the declared columns in their order")
  func noHeader() async throws {
    let csv = CSVDialect(hasHeader: false)
    #expect(
      try await rows("1,a\n2,b\n", "id INTEGER, name VARCHAR", csv) == [["1", "a"], ["2", "b"]])
    #expect(
      try await reason("1,a\n\n\nx,b\n", "id INTEGER, name VARCHAR", csv)
        == "line 4, column \"id\": \"x\" is not exactly a value of INTEGER")
  }

  @Test("spellings of a missing value count where they are not quoted")
  func nullSpellings() async throws {
    let csv = CSVDialect(null: ["", "NA", "-"])
    let content = "id,name\n1,NA\n2,\"NA\"\n3,-\n4,\n5,\"\"\n6,na\n-,x\n"
    #expect(
      try await rows(content, "id INTEGER, name VARCHAR", csv) == [
        ["1", nil], ["2", "NA"], ["3", nil], ["4", nil], ["5", ""], ["6", "na"], [nil, "x"],
      ])
    #expect(
      try await reason("id,name\n\"NA\",x\n", "id INTEGER, name VARCHAR", csv)
        == "line 2, column \"id\": \"NA\" is not exactly a value of INTEGER")
    // The list replaces the default.
    #expect(
      try await rows("id,name\n1,\n2,NA\n", "id INTEGER, name VARCHAR", CSVDialect(null: ["NA"]))
        == [["1", ""], ["2", nil]])
    #expect(
      try await rows("id,name\n1,\n2,x\n", "id INTEGER, name VARCHAR", CSVDialect(null: []))
        == [["1", ""], ["2", "x"]])
  }

  @Test(#"\N is missing, with every escape"#, arguments: ["\"", "\\", nil] as [String?])
  func hiveNull(escape: String?) async throws {
    let csv = CSVDialect(
      delimiter: "\t", quote: escape == nil ? nil : "\"", escape: escape, null: ["\\N"])
    #expect(
      try await rows("id\tname\n1\t\\N\n\\N\tx\n2\tN\n", "id INTEGER, name VARCHAR", csv) == [
        ["1", nil], ["2", "N"], [nil, "x"],
      ])
  }

  @Test("latin-1 and UTF-16 are read, with their lines")
  func encodings() async throws {
    let content = "id,größe\n1,é\n2,\"a\nb\"\n"
    for (name, encoding) in [
      (CSVDialect.TextEncoding.latin1, String.Encoding.isoLatin1), (.utf16, .utf16LittleEndian),
    ] {
      let csv = CSVDialect(encoding: name)
      let columns = "id INTEGER, größe VARCHAR"
      #expect(
        try await rows(content, columns, csv, encoding: encoding) == [["1", "é"], ["2", "a\nb"]])
      #expect(
        try await reason(content + "ä,c\n", columns, csv, encoding: encoding)
          == "line 5, column \"id\": \"ä\" is not exactly a value of INTEGER")
    }
    let wrong = try await reason(
      "id,größe\n1,é\n", "id INTEGER, größe VARCHAR", encoding: .isoLatin1)
    #expect(wrong?.contains("line 1") == true, "\(wrong ?? "")")
    let late = try await reason(
      "id,name\n1,a\n2,é\n", "id INTEGER, name VARCHAR", encoding: .isoLatin1)
    #expect(late?.contains("line 3") == true, "\(late ?? "")")
  }

  @Test("a byte order mark is no part of the first name")
  func byteOrderMark() async throws {
    #expect(try await rows("\u{FEFF}id,v\n1,x\n", "id INTEGER, v VARCHAR") == [["1", "x"]])
    #expect(
      try await rows(
        "\u{FEFF}id,v\n1,x\n", "id INTEGER, v VARCHAR", CSVDialect(encoding: .utf16),
        encoding: .utf16LittleEndian) == [["1", "x"]])
  }

  @Test(
    "line ends of two kinds are named by line",
    arguments: [
      ("id,v\n1,a\r\n2,b\n", "line 2 ends with CRLF, and the lines before it with LF"),
      ("id,v\r\n1,a\r\n2,b\n3,c\r\n", "line 3 ends with LF, and the lines before it with CRLF"),
      ("id,v\n\n\n1,a\n2,b\r\n3,c\n", "line 5 ends with CRLF, and the lines before it with LF"),
      (
        "id,v\n1,\"x\r\n\r\ny\"\n2,b\r\n3,c\n",
        "line 5 ends with CRLF, and the lines before it with LF"
      ),
    ])
  func mixedLineEnds(content: String, reason: String) async throws {
    #expect(
      try await self.reason(content, "id INTEGER, v VARCHAR")
        == "\(reason); write all line ends alike (for example with dos2unix)")
  }

  @Test("line breaks inside quotes are text, of whatever kind", arguments: ["\n", "\r\n"])
  func quotedLineBreaks(end: String) async throws {
    let lines = ["id,v", "1,\"a\nb\"", "2,\"a\r\n\r\nb\"", "3,\"\"\"\nx\"", ""]
    #expect(
      try await rows(lines.joined(separator: end), "id INTEGER, v VARCHAR") == [
        ["1", "a\nb"], ["2", "a\r\n\r\nb"], ["3", "\"\nx"],
      ])
  }

  @Test(
    "a bad value has the number of its own line", arguments: ["\n", "\r\n"], ["", ".gz", ".zst"])
  func lineNumbers(end: String, compression: String) async throws {
    let lines = [
      "id,v", "", "1,\"a\nb\"", "", "", "2,\"a\r\nb, \"\"\n\"", "3,\u{301}x", "x,\u{301}\"y", "",
    ]
    let content = lines.joined(separator: end)
    let file = try bench.file("l.csv\(compression)")
    if compression.isEmpty {
      try content.write(toFile: file, atomically: false, encoding: .utf8)
    } else {
      try await bench.sql(
        """
        COPY (SELECT \(String(content.unicodeScalars.dropLast()).sqlLiteral)) \
        TO \(file.sqlLiteral) (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\u{1}', \
        COMPRESSION \(compression == ".gz" ? "gzip" : "zstd"))
        """)
    }
    let input = JoinUnit.Input.named("t", "id INTEGER, v VARCHAR", format: .csv, files: [file])
    #expect(
      await bench.failure(.join(on: [], [input]))
        == .unreadableFile(
          path: file, reason: "line 11, column \"id\": \"x\" is not exactly a value of INTEGER"))
  }

  @Test("a file with one column of another delimiter is refused with the hint")
  func otherDelimiter() async throws {
    #expect(
      try await reason("a;b\n1;2\n", "a INTEGER, b INTEGER") == """
        the header is one column, "a;b", because the fields are separated by another character than \
        ",". Declare `csv: { delimiter: ";" }` of the table.
        """)
  }

  @Test("a column without a name is called by its place")
  func unnamed() async throws {
    #expect(
      try await rows(",v\n0,x\n1,y\n", "column0 INTEGER, v VARCHAR") == [["0", "x"], ["1", "y"]])
    #expect(
      try await rows("v,\nx,0\n", "v VARCHAR, column1 INTEGER") == [["x", "0"]])
  }
}
