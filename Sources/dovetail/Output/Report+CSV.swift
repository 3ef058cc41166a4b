import PartitionPredicate
import Wording

extension Report {
  /// Prints rows as CSV (RFC 4180, with line feeds) under a heading, sanitized (I10).
  static func csv(_ headings: [String], _ rows: [[String]]) {
    write(String(csvText(headings, rows).dropLast()))
  }

  /// The same as a text, with a line end after each row.
  static func csvText(_ headings: [String], _ rows: [[String]]) -> String {
    ([headings] + rows)
      .map { $0.map { field($0.sanitized) }.joined(separator: ",") + "\n" }.joined()
  }

  private static func field(_ text: String) -> String {
    text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
      ? "\"\(text.exact.replacing(every: "\"", with: "\"\""))\"" : text
  }
}
