import PartitionPredicate
import Wording

extension Report {
  /// Prints rows as CSV (RFC 4180, with line feeds) under a heading, sanitized (I10).
  static func csv(_ headings: [String], _ rows: [[String]]) {
    for row in [headings] + rows {
      write(row.map { field($0.sanitized) }.joined(separator: ","))
    }
  }

  private static func field(_ text: String) -> String {
    text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
      ? "\"\(text.exact.replacing(every: "\"", with: "\"\""))\"" : text
  }
}
