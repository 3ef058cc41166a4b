import IncrementalJoin
import TestSupport
import Testing
import Workspace

@Suite("What a table says about its files")
struct CSVTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The table of a workspace, with more lines of its own.
  private func table(_ lines: String) throws -> TableDefinition {
    try load(lines).table(named: "a")
  }

  private func load(_ lines: String, output: String = "") throws -> Workspace {
    try folder.load(
      """
      tables:
        a:
          location: data/a
          partitions: [month]
          format: csv
          \(lines)
      jobs:
        j: { inputs: [a], sql: SELECT 1, output: { location: out/j \(output) } }
      """)
  }

  @Test("every key of csv is read")
  func everyKey() throws {
    let table = try table(
      """
      columns: { id: BIGINT, at: DATE }
          csv:
            delimiter: ";"
            quote: "'"
            escape: '\\'
            header: false
            null: ["", NA, "NULL", "~"]
            encoding: latin-1
            date_format: "%d/%m/%Y"
            timestamp_format: "%-d.%-m.%y %H:%M:%S.%f 100%%"
            decimal: ","
            thousands: "."
            true: [yes, J, 1]
            false: [no, N, 0]
      """)
    #expect(
      table.csv
        == CSVDialect(
          delimiter: ";", quote: "'", escape: "\\", hasHeader: false,
          null: ["", "NA", "NULL", "~"], encoding: .latin1, dateFormat: "%d/%m/%Y",
          timestampFormat: "%-d.%-m.%y %H:%M:%S.%f 100%%", decimal: ",", thousands: ".",
          true: ["yes", "J", "1"], false: ["no", "N", "0"]))
  }

  @Test("without csv the files are those of RFC 4180", arguments: ["", "csv: {}"])
  func standard(_ text: String) throws {
    #expect(try table(text).csv == CSVDialect())
  }

  @Test(
    "each key of csv changes its own part",
    arguments: [
      (#"delimiter: "\t""#, CSVDialect(delimiter: "\t")),
      (#"delimiter: "\u0001""#, CSVDialect(delimiter: "\u{1}")),
      ("delimiter: ;", CSVDialect(delimiter: ";")),
      ("delimiter: '||'", CSVDialect(delimiter: "||")),
      ("delimiter: \u{1F6EB}", CSVDialect(delimiter: "\u{1F6EB}")),
      ("quote: none", CSVDialect(quote: nil, escape: nil)),
      ("quote: \"'\"", CSVDialect(quote: "'", escape: "'")),
      (#"escape: "\\""#, CSVDialect(escape: "\\")),
      ("header: true", CSVDialect()),
      ("null: ''", CSVDialect()),
      ("null: NA", CSVDialect(null: ["NA"])),
      ("null: '-'", CSVDialect(null: ["-"])),
      ("null: -999", CSVDialect(null: ["-999"])),
      (#"null: "\\N""#, CSVDialect(null: ["\\N"])),
      ("encoding: utf-8", CSVDialect()),
      ("encoding: utf-16", CSVDialect(encoding: .utf16)),
      ("date_format: '%Y%m%d'", CSVDialect(dateFormat: "%Y%m%d")),
      ("timestamp_format: '%d.%m.%Y %H:%M'", CSVDialect(timestampFormat: "%d.%m.%Y %H:%M")),
      ("decimal: ','", CSVDialect(decimal: ",")),
      ("decimal: .", CSVDialect()),
      ("thousands: ','", CSVDialect(thousands: ",")),
      ("thousands: \"'\"", CSVDialect(thousands: "'")),
      ("thousands: ' '", CSVDialect(thousands: " ")),
      ("thousands: _", CSVDialect(thousands: "_")),
      ("true: yes", CSVDialect(true: ["yes"])),
      ("false: [no]", CSVDialect(false: ["no"])),
      ("false: ['']\n      null: NA", CSVDialect(null: ["NA"], false: [""])),
    ])
  func oneKey(_ text: String, _ expected: CSVDialect) throws {
    #expect(try table("csv:\n      \(text)").csv == expected)
  }

  @Test("another csv is another definition, the same one spelled out is not")
  func fingerprint() throws {
    func fingerprint(_ text: String) throws -> String { try load(text).jobs[0].fingerprint }
    let plain = try fingerprint("")
    #expect(try fingerprint("csv: { delimiter: ',', null: '', header: true }") == plain)
    #expect(try fingerprint("csv: { delimiter: ';' }") != plain)
  }

  @Test(
    "columns that a file may lack are kept as they are written",
    arguments: [
      ("", []),
      ("optional: [Error_Code, user.address.zip, any]", ["Error_Code", "user.address.zip", "any"]),
      (
        "columns: { ID: BIGINT, \"v1.0\": DOUBLE, user: STRUCT(name VARCHAR) }\n"
          + "    optional: [id, v1.0, user.name]",
        ["id", "v1.0", "user.name"]
      ),
    ])
  func optional(_ text: String, _ expected: [String]) throws {
    #expect(try table(text).optional == expected)
  }

  @Test(
    "an output has the types that it says, or none in particular",
    arguments: [
      ("", nil), (", types: spark", .spark), (", types: duckdb", .duckdb),
    ] as [(String, OutputTypes?)])
  func types(_ text: String, _ expected: OutputTypes?) throws {
    #expect(try load("", output: text).jobs[0].output.types == expected)
  }
}
