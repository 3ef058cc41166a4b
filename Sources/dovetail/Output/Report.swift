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
  static func table(_ columns: [TextReport.Column], _ rows: [[String]]) {
    // Its cells are sanitized.
    for line in TextReport(columns: columns, rows: rows).lines { write(line.text) }
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
    if utf8.allSatisfy({ (0x20...0x7E).contains($0) || $0 == UInt8(ascii: "\n") }) { return self }
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
