import Foundation
import PartitionPredicate

/// What DuckDB answered instead of a result.
struct DatabaseError: Error, Hashable, Sendable {
  /// DuckDB's name of the kind: `Binder`, `Parser`, `Invalid Input`, `Out of Memory`, `INTERRUPT`.
  let kind: String
  /// DuckDB's sentence, which may have several lines.
  let message: String
  /// A byte offset into the SQL text, where DuckDB knows one.
  let position: Int?

  /// Reads DuckDB's error text, which is JSON under `errors_as_json`, sometimes after a prefix.
  init(text: String) {
    guard let start = text.unicodeScalars.firstIndex(of: "{"),
      let facts = try? JSONDecoder().decode(Facts.self, from: Data(text[start...].utf8))
    else {
      let kind = text.exact.range(ofFirst: " Error: ").map { String(text[..<$0.lowerBound]) }
      self.init(
        kind: kind ?? "Unknown",
        message: kind.map { String(text.unicodeScalars.dropFirst($0.unicodeScalars.count + 8)) }
          ?? text, position: nil)
      return
    }
    self.init(
      kind: facts.kind, message: facts.message,
      position: facts.position.flatMap { Int($0) })
  }

  init(kind: String, message: String, position: Int?) {
    self.kind = kind
    self.message = Self.withoutTrace(message).trimmingCharacters(in: .whitespacesAndNewlines)
    self.position = position
  }

  /// Whether the query ended because somebody interrupted it.
  var isInterrupt: Bool { kind.exact.uppercased == "INTERRUPT" }

  /// Whether the instance of DuckDB is of no use afterwards.
  ///
  /// Errors of memory, full disks and rows leave it as it was.
  var isFatal: Bool { ["INTERNAL", "FATAL"].contains(kind.exact.uppercased) }

  /// Whether there was not enough memory, or space to spill into.
  var isOutOfMemory: Bool { kind.exact == "Out of Memory" }

  /// What DuckDB says of the first fatal error: an instance quotes it to every later query.
  var originalReason: String {
    guard let quoted = message.exact.range(ofFirst: Self.originalPrefix) else { return sentence }
    let text = String(message[quoted.upperBound...])
    return Self.oneLine(
      text.exact.ends(with: "\"") ? String(text.unicodeScalars.dropLast()) : text)
  }

  private static let originalPrefix: ExactText = "Original error: \""

  /// Cuts off DuckDB's stack trace and its advice to developers.
  private static func withoutTrace(_ message: String) -> String {
    let marks: [ExactText] = [
      "\nStack Trace:", "\nThis error signals an assertion failure within DuckDB",
    ]
    return marks.reduce(message) { text, mark in
      text.exact.range(ofFirst: mark).map { String(text[..<$0.lowerBound]) } ?? text
    }
  }

  private struct Facts: Decodable {
    let kind: String
    let message: String
    let position: String?

    private enum CodingKeys: String, CodingKey {
      case kind = "exception_type"
      case message = "exception_message"
      case position
    }
  }
}

extension DatabaseError: CustomStringConvertible {
  var description: String { "DuckDB says: \(kind) Error: \(message)" }
}

extension DatabaseError {
  /// DuckDB's message on one line and without a full stop, to stand inside a sentence.
  var sentence: String { Self.oneLine(message) }

  static func oneLine(_ message: String) -> String {
    let lines = message.split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    let text = lines.filter { !$0.isEmpty }.joined(separator: " ")
    return text.exact.ends(with: ".") ? String(text.unicodeScalars.dropLast()) : text
  }
}
