import IncrementalJoin
import TestSupport
import Testing

@testable import DuckDBEngine

/// The table of docs/guide/own-tables.md, "What text is a value", cell by cell.
@Suite("What text is a value")
struct SpellingTests {
  let bench: Workbench
  let oracle = SpellingOracle()

  init() throws { bench = try Workbench() }

  @Test("every spelling is a value of the types that the guide says, and of no other")
  func everyCell() async throws {
    var random = SeededGenerator()
    let texts = Spellings.all(mutatedWith: &random)
    let table = try await bench.spellings(texts)
    var cells = 0
    for (name, type) in SpelledType.all {
      let value = TextValue(ColumnType(name), csv: CSVDialect()).value("c")
      let rows = try await bench.engine.execute(
        "SELECT CAST(v AS VARCHAR) FROM (SELECT i, \(value) AS v FROM \(table)) ORDER BY i")
      var differences: [String] = []
      try #require(rows.count == texts.count)
      for (text, row) in zip(texts, rows) {
        let read = row[0].map { type.canonical($0) }
        let expected = oracle.reading(of: text, as: type).text
        if !read.isSame(as: expected) {
          differences.append(
            "\(text.debugDescription.prefix(60)): \(read ?? "none"), not \(expected ?? "none")")
        }
      }
      cells += rows.count
      #expect(differences == [], "\(name), seed \(random.seed)")
    }
    #expect(cells > 50_000)
  }

  @Test(
    "a file of all values of a type is staged with exactly these",
    arguments: [DataFormat.csv, .json])
  func values(in format: DataFormat) async throws {
    for (name, type) in SpelledType.all {
      let rows = Spellings.fixed.compactMap { text in
        let reading = oracle.reading(of: text, as: type)
        return reading == .refused ? nil : (text: text, value: reading.text)
      }
      let file = try bench.rows(rows.map(\.text), as: format, "values")
      let input = JoinUnit.Input.named("t", "i INTEGER, v \(name)", format: format, files: [file])
      let unit = JoinUnit.sql("SELECT i, CAST(v AS VARCHAR) AS v FROM t", [input])
      let staged = try await bench.staged(unit).rows
      try #require(staged.count == rows.count)
      let differences = staged.compactMap { row -> String? in
        guard let index = row[0].flatMap({ Int($0) }) else { return "a row without number" }
        let read = row[1].map { type.canonical($0) }
        if read.isSame(as: rows[index].value) { return nil }
        return "\(rows[index].text.debugDescription): \(read ?? "none"), "
          + "not \(rows[index].value ?? "none")"
      }
      #expect(differences == [], "\(name)")
    }
  }
}

extension Workbench {
  /// A file of texts, numbered from 0 in the column `i`, with the texts in `c`; as SQL.
  func spellings(_ texts: [String]) async throws -> String {
    let rows = texts.enumerated().map { "(\($0.offset), \($0.element.sqlLiteral))" }
    let file = try await parquet(
      "spellings.parquet", "SELECT * FROM (VALUES \(rows.joined(separator: ", "))) AS t(i, c)")
    return "read_parquet(\(file.sqlPath))"
  }

  /// A CSV file of quoted fields, or a JSON file of strings, numbered from 0 in the column `i`.
  func rows(_ texts: [String], as format: DataFormat, _ name: String) throws -> String {
    let lines = texts.enumerated().map { index, text in
      format == .csv
        ? "\(index),\"\(quoted(text))\""
        : #"{"i": \#(index), "v": \#(jsonString(text))}"#
    }
    let header = format == .csv ? ["i,v"] : []
    return try self.text(
      "\(name).\(format.rawValue)", (header + lines + [""]).joined(separator: "\n"))
  }

  /// A text inside the quotes of a CSV field; by scalars, since a quote may carry a combining mark.
  private func quoted(_ text: String) -> String {
    text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
  }

  /// A text as JSON spells it.
  private func jsonString(_ text: String) -> String {
    let parts = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.value < 0x20:
        "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(parts.joined())\""
  }
}

extension Reading {
  /// The value, nil without one.
  var text: String? {
    if case .value(let text) = self { text } else { nil }
  }
}

extension SpelledType {
  /// DuckDB's text of a value as the oracle spells it.
  func canonical(_ text: String) -> String {
    self == .double || self == .float ? SpellingOracle.bits(text, as: self) : text
  }
}

extension String? {
  /// Whether both are missing or have the same bytes.
  func isSame(as other: String?) -> Bool { map { Array($0.utf8) } == other.map { Array($0.utf8) } }
}
