import Foundation

/// The part of a document between two marks, which `make bench` replaces.
struct MarkedPart {
  private let begin: String
  private let end: String

  /// Names a part; without a name it is the one about runs.
  init(_ name: String? = nil) {
    let words = name.map { "\($0) " } ?? ""
    begin = "<!-- make bench: \(words)begin -->\n"
    end = "<!-- make bench: \(words)end -->"
  }

  /// Replaces what is between the marks of a document.
  ///
  /// - Throws: `BenchError` when the marks are missing.
  func replace(in path: String, with markdown: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    guard let head = text.range(of: begin),
      let tail = text.range(of: end, range: head.upperBound..<text.endIndex)
    else {
      throw BenchError("\(path) has no lines \(begin.dropLast()) and \(end).")
    }
    let replaced = text[..<head.upperBound] + markdown + text[tail.lowerBound...]
    try String(replaced).write(toFile: path, atomically: true, encoding: .utf8)
  }
}
