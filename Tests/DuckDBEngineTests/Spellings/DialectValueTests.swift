import IncrementalJoin
import Testing

@testable import DuckDBEngine

@Suite("Values of CSV dialects")
struct DialectValueTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Checks what texts are by the expression that reads them; nil is not a value.
  private func check(_ type: String, _ csv: CSVDialect, _ cells: [(text: String, value: String?)])
    async throws
  {
    let reading = TextValue(ColumnType(type), csv: csv).value("c")
    let table = try await bench.spellings(cells.map(\.text))
    let rows = try await bench.engine.execute(
      "SELECT CAST(v AS VARCHAR) FROM (SELECT i, \(reading) AS v FROM \(table)) ORDER BY i")
    for (cell, row) in zip(cells, rows) {
      #expect(row[0] == cell.value, "\(cell.text) as \(type), \(csv.differences)")
    }
  }

  @Test("date_format replaces ISO 8601, and %Y is a year of four digits")
  func dateFormat() async throws {
    try await check(
      "DATE", CSVDialect(dateFormat: "%d/%m/%Y"),
      [
        ("01/05/2024", "2024-05-01"), ("1/5/2024", "2024-05-01"), (" 01/05/2024\t", "2024-05-01"),
        ("2024-05-01", nil), ("01/05/24", nil), ("01/05/0024", nil), ("29/02/2023", nil),
        ("01/05/2024 10:00", nil), ("", nil),
      ])
    try await check("DATE", CSVDialect(dateFormat: "%d.%m.%y"), [("01.05.24", "2024-05-01")])
    try await check("DATE", CSVDialect(dateFormat: "%b %-d, %Y"), [("May 1, 2024", "2024-05-01")])
    try await check("DATE", CSVDialect(dateFormat: "%Y%m%d"), [("20240501", "2024-05-01")])
  }

  @Test("timestamp_format replaces ISO 8601, and an offset needs a column with a zone")
  func timestampFormat() async throws {
    let zoned = "TIMESTAMP WITH TIME ZONE"
    let minutes = CSVDialect(timestampFormat: "%d/%m/%Y %H:%M")
    try await check(
      "TIMESTAMP", minutes,
      [
        ("01/05/2024 10:30", "2024-05-01 10:30:00"), ("01/05/24 10:30", nil),
        ("2024-05-01 10:30:00", nil), ("01/05/2024", nil),
      ])
    try await check(zoned, minutes, [("01/05/2024 10:30", "2024-05-01 10:30:00+00")])
    let fractions = CSVDialect(timestampFormat: "%d/%m/%Y %H:%M:%S.%f")
    try await check(
      "TIMESTAMP", fractions, [("01/05/2024 10:30:00.25", "2024-05-01 10:30:00.25")])
    try await check(
      "TIMESTAMP_S", fractions,
      [("01/05/2024 10:30:00.25", nil), ("01/05/2024 10:30:00.00", "2024-05-01 10:30:00")])
    let offsets = CSVDialect(timestampFormat: "%d/%m/%Y %H:%M %z")
    try await check(
      zoned, offsets,
      [
        ("01/05/2024 10:30 +0530", "2024-05-01 05:00:00+00"),
        ("01/05/2024 10:30 -05", "2024-05-01 15:30:00+00"), ("01/05/2024 10:30", nil),
      ])
    try await check(
      "TIMESTAMP", offsets, [("01/05/2024 10:30 +0530", nil), ("01/05/2024 10:30 +0000", nil)])
    try await check(
      "TIMESTAMP", CSVDialect(timestampFormat: "%d/%m/%Y %I:%M %p"),
      [("01/05/2024 10:30 PM", "2024-05-01 22:30:00")])
  }

  @Test("the marks of numbers replace the point, and groups have three digits")
  func marks() async throws {
    try await check(
      "DECIMAL(18,2)", CSVDialect(decimal: ",", thousands: "."),
      [
        ("1.234,5", "1234.50"), ("1234,5", "1234.50"), ("-12.345,67", "-12345.67"), ("+,5", "0.50"),
        ("12.34,5", nil), ("1.2345", nil), ("1234.567", nil), (".123", nil), ("1..234", nil),
        ("1.234.", nil), ("1,234.5", nil), ("0,1.234", nil), (",", nil), ("", nil),
      ])
    try await check(
      "DECIMAL(18,2)", CSVDialect(decimal: ","),
      [("1234,5", "1234.50"), ("15,5e-1", "1.55"), ("1.5", nil), ("1,5,0", nil)])
    try await check(
      "DECIMAL(18,2)", CSVDialect(thousands: " "), [("1 234", "1234.00"), ("1\u{A0}234", nil)])
    try await check(
      "DECIMAL(18,2)", CSVDialect(thousands: "'"), [("1'234.5", "1234.50"), ("1,234", nil)])
  }

  @Test("numbers with every pair of marks are values as the oracle says")
  func everyCell() async throws {
    let pairs: [(decimal: String, thousands: String)] = [
      (",", ""), (",", "."), (".", ","), (".", " "), (",", "'"), (".", "_"),
    ]
    for (decimal, mark) in pairs {
      let wholes = [
        "", "0", "7", "1234", "1\(mark)234", "12\(mark)345\(mark)678", "123\(mark)4",
        "1234\(mark)567", "\(mark)123", "1\(mark)\(mark)234", "1\(mark)234\(mark)", "0\(mark)001",
      ]
      let fractions = [
        "", decimal, "\(decimal)5", "\(decimal)50", "\(decimal)234\(mark)567", ".5", ",5",
        "\(decimal)\(decimal)",
      ]
      let texts = Spellings.unique(
        Spellings.cross(["", "-", "+ "], wholes, fractions, ["", "e1", "E-1", "e\(mark)1"])
          + Spellings.surrounded(["1\(mark)234\(decimal)5"]))
      let oracle = SpellingOracle(
        decimal: try #require(decimal.utf8.first), thousands: mark.utf8.first)
      let csv = CSVDialect(decimal: decimal, thousands: mark.isEmpty ? nil : mark)
      let table = try await bench.spellings(texts)
      for (name, type) in SpelledType.all
      where ["INTEGER", "UBIGINT", "DECIMAL(10,2)", "DOUBLE"].contains(name) {
        let reading = TextValue(ColumnType(name), csv: csv).value("c")
        let rows = try await bench.engine.execute(
          "SELECT CAST(v AS VARCHAR) FROM (SELECT i, \(reading) AS v FROM \(table)) ORDER BY i")
        let read = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($0, $1[0]) })
        let expected = texts.map { (text: $0, value: oracle.reading(of: $0, as: type).text) }
        #expect(
          SpelledType.differences(read, expected, name) == [], "\(name), \(csv.differences)")
      }
    }
  }

  @Test("true and false may have more spellings, in any case of ASCII letters")
  func booleans() async throws {
    try await check(
      "BOOLEAN", CSVDialect(true: ["oui", "1"], false: ["Non", "0", "é"]),
      [
        ("oui", "true"), ("OUI", "true"), ("1", "true"), ("non", "false"), ("NON", "false"),
        ("0", "false"), ("TRUE", "true"), (" false ", "false"), ("é", "false"), ("É", nil),
        ("yes", nil), ("", nil),
      ])
  }

  /// A row is `17;"1 299,90";31/01/2024;..;oui`.
  private static let french = CSVDialect(
    delimiter: ";", dateFormat: "%d/%m/%Y", timestampFormat: "%d/%m/%Y %H:%M %z", decimal: ",",
    thousands: " ", true: ["oui"], false: ["non"])

  @Test("files are read by their dialect, and what is not a value in it is named")
  func files() async throws {
    let columns = "id INTEGER, price DECIMAL(10,2), day DATE, at TIMESTAMPTZ, paid BOOLEAN"
    let good = ["17", "\"1 299,90\"", "31/01/2024", "31/01/2024 10:00 +0100", "oui"]
    func input(_ fields: [String], _ columns: String) throws -> JoinUnit.Input {
      let header = columns.split(separator: ", ").map { $0.prefix { $0 != " " } }
      let file = try bench.text(
        "f.csv",
        [header.joined(separator: ";"), fields.joined(separator: ";"), ""].joined(separator: "\n"))
      let named = JoinUnit.Input.named("t", columns, format: .csv)
      return JoinUnit.Input(
        name: "t", format: .csv, columns: named.columns, partition: .month(1), files: [file],
        csv: Self.french)
    }
    #expect(
      try await bench.staged(.join(on: [], [try input(good, columns)])).rows
        == [["17", "1299.90", "2024-01-31", "2024-01-31 09:00:00+00", "true"]])
    let bad = [
      (0, "id", "1 2", "INTEGER"), (1, "price", "1.5", "DECIMAL(10,2)"),
      (2, "day", "31/01/24", "DATE"),
      (3, "at", "31/01/2024 10:00", "TIMESTAMP WITH TIME ZONE"), (4, "paid", "si", "BOOLEAN"),
    ]
    for (index, name, text, type) in bad {
      var fields = good
      fields[index] = text
      let input = try input(fields, columns)
      guard case .unreadableFile(_, let reason) = await bench.failure(.join(on: [], [input])) else {
        Issue.record("\(text) was read")
        continue
      }
      let start = "line 2, column \"\(name)\": \"\(text)\" is not exactly a value of \(type)"
      #expect(reason.hasPrefix(start), "\(reason)")
    }
    let local = try input(good, columns.replacing("TIMESTAMPTZ", with: "TIMESTAMP"))
    #expect(
      await bench.failure(.join(on: [], [local]))?.description.contains(
        "line 2, column \"at\": \"31/01/2024 10:00 +0100\" is not exactly a value of TIMESTAMP")
        == true)
  }
}
