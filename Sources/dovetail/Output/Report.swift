import Cells
import Foundation

/// What goes to standard output.
enum Report {
  /// Prints one line for people, sanitised (I10).
  static func line(_ text: String = "") { print(text.sanitized) }

  /// Prints aligned columns under headings.
  ///
  /// Numbers are right-aligned.
  static func table(_ headings: [String], _ rows: [[String]]) {
    let rows = rows.map { $0.map(\.sanitized) }
    let widths = headings.indices.map { column in
      ([headings] + rows).map { $0[column].count }.max() ?? 0
    }
    let isNumber = headings.indices.map { column in
      rows.allSatisfy { $0[column].first?.isNumber ?? true }
        && rows.contains { !$0[column].isEmpty }
    }
    for row in [headings] + rows {
      let cells = row.indices.map { column in
        let fill = String(repeating: " ", count: widths[column] - row[column].count)
        return isNumber[column] ? fill + row[column] : row[column] + fill
      }
      let line = cells.joined(separator: "  ")
      print(line.replacing(#/ +$/#, with: ""))
    }
  }

  /// Prints a value as JSON in its documented shape: sorted keys, dates in ISO 8601.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
