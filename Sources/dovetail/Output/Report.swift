import Foundation
import Reports
import Wording

/// Writes to standard output.
enum Report {
  /// Prints one line for people, sanitized (I10).
  static func line(_ text: String = "") { write(text.sanitized) }

  /// Prints a line that is known to be harmless.
  static func write(_ line: String) { StandardStream.output.write(line + "\n") }

  /// Prints aligned columns under headings; nothing if there are no rows.
  ///
  /// Numbers are right-aligned.
  static func table(_ headings: [String], _ rows: [[String]]) {
    guard !rows.isEmpty else { return }
    let rows = rows.map { $0.map(\.sanitized) }
    let widths = headings.indices.map { column in
      ([headings] + rows).map { $0[column].columns }.max() ?? 0
    }
    let isNumber = headings.indices.map { column in
      rows.allSatisfy { $0[column].allSatisfy { $0.isNumber || $0 == "," } }
        && rows.contains { !$0[column].isEmpty }
    }
    for row in [headings] + rows {
      // Text is padded only up to the last cell that is not empty: one long line must not lengthen all lines.
      let last = row.lastIndex { !$0.isEmpty } ?? 0
      let cells = row[...last].indices.map { column in
        if column == last, !isNumber[column] { return row[column] }
        let fill = String(repeating: " ", count: widths[column] - row[column].columns)
        return isNumber[column] ? fill + row[column] : row[column] + fill
      }
      write(cells.joined(separator: "  "))
    }
  }

  /// Prints a report for people.
  static func text(_ report: TextReport) {
    for line in report.lines { Self.line(line.text) }
  }

  /// Answers with a value as JSON in its documented shape: sorted keys, dates in ISO 8601.
  ///
  /// It is printed when the command ends; see `Answer`.
  static func json(_ value: some Encodable) throws {
    Answer.hold(try text(of: value, .prettyPrinted))
  }

  /// Prints a value as JSON on one line, for commands that answer with one value per line.
  static func jsonLine(_ value: some Encodable) throws { write(try text(of: value)) }

  /// A value as JSON that is harmless to print.
  static func text(of value: some Encodable, _ format: JSONEncoder.OutputFormatting = []) throws
    -> String
  {
    String(decoding: try encoder(format).encode(value), as: UTF8.self).harmlessJSON
  }

  /// A value as JSON on one line, for another program.
  static func data(_ value: some Encodable) throws -> Data {
    try encoder([]).encode(value) + Data("\n".utf8)
  }

  private static func encoder(_ format: JSONEncoder.OutputFormatting) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = format.union([.sortedKeys, .withoutEscapingSlashes])
    encoder.dateEncodingStrategy = .iso8601
    return encoder
  }
}

extension String {
  /// The same JSON with everything that could steer a terminal written as `\uXXXX` (I10): the encoder leaves controls
  /// above ASCII and invisible format characters as they are.
  fileprivate var harmlessJSON: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      let text = String(scalar)
      if (" "..."~").contains(scalar) || scalar == "\n" || text.sanitized == text {
        result.append(scalar)
      } else {
        for unit in text.utf16 {
          let digits = String(unit, radix: 16)
          let zeros = String(repeating: "0", count: 4 - digits.count)
          result.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
        }
      }
    }
    return String(result)
  }
}
