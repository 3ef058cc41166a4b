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
      let read = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($0, $1[0]) })
      let expected = texts.map { (text: $0, value: oracle.reading(of: $0, as: type).text) }
      #expect(
        SpelledType.differences(read, expected, name) == [], "\(name), seed \(random.seed)")
      cells += rows.count
    }
    #expect(cells > 50_000)
  }

  @Test(
    "a file of all values of a type is staged with exactly these",
    arguments: [DataFormat.csv, .json])
  func values(in format: DataFormat) async throws {
    let columns = try SpelledType.all.map { name, type in
      let rows = Spellings.fixed.compactMap { text in
        let reading = oracle.reading(of: text, as: type)
        return reading == .refused ? nil : (text: text, value: reading.text)
      }
      return (name: name, rows: rows, file: try bench.rows(rows.map(\.text), as: format, name))
    }
    let staged = try await bench.staged(columns.map { ($0.name, $0.file) }, as: format)
    for (name, rows, _) in columns {
      #expect(SpelledType.differences(staged[name] ?? [:], rows, name) == [], "\(name)")
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

  /// Stages files that have a column `v` of a type each, in one unit, and returns the values by their numbers
  /// in the column `i`.
  func staged(_ files: [(type: String, file: String)], as format: DataFormat) async throws
    -> [String: [Int: String?]]
  {
    let inputs = files.enumerated().map { index, column in
      JoinUnit.Input.named(
        "t\(index)", "i INTEGER, v \(column.type)", format: format, files: [column.file])
    }
    let selects = files.enumerated().map { index, column in
      "SELECT \(column.type.sqlLiteral) AS type, i, CAST(v AS VARCHAR) AS v FROM t\(index)"
    }
    let rows = try await staged(.sql(selects.joined(separator: " UNION ALL "), inputs)).rows
    return rows.reduce(into: [:]) { values, row in
      if let type = row[0], let index = row[1].flatMap({ Int($0) }) {
        values[type, default: [:]][index] = .some(row[2])
      }
    }
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

extension SpelledType {
  /// What was read of texts that is not their value.
  static func differences(
    _ read: [Int: String?], _ rows: [(text: String, value: String?)], _ name: String
  ) -> [String] {
    guard let type = all.first(where: { $0.name == name })?.type, read.count == rows.count else {
      return ["\(read.count) of \(rows.count) rows"]
    }
    return rows.enumerated().compactMap { index, row in
      guard let found = read[index] else { return "row \(index) is missing" }
      let value = found.map { type.canonical($0) }
      if value.isSame(as: row.value) { return nil }
      return
        "\(row.text.debugDescription.prefix(60)): \(value ?? "none"), not \(row.value ?? "none")"
    }
  }
}

extension String? {
  /// Whether both are missing or have the same bytes.
  func isSame(as other: String?) -> Bool { map { Array($0.utf8) } == other.map { Array($0.utf8) } }
}
