import Foundation

/// A regular expression of RLIKE, in the syntax of `java.util.regex`.
struct RegularExpression: Sendable {
  /// Why a text is no regular expression.
  struct Problem: Error, Equatable {
    let reason: String
  }

  private let expression: NSRegularExpression

  /// Compiles a pattern.
  init(_ pattern: String) throws(Problem) {
    let translated = try JavaPattern.translated(pattern)
    do {
      expression = try NSRegularExpression(pattern: translated)
    } catch {
      throw Problem(reason: "it is no regular expression")
    }
  }

  /// Whether a part of the text matches; nil when the search was given up because it went on for too
  /// long (nested repetitions can take time exponential in the text's length).
  func find(in text: String) -> Bool? {
    var found: Bool? = false
    var remaining = Self.patience
    let range = NSRange(location: 0, length: text.utf16.count)
    expression.enumerateMatches(in: text, options: .reportProgress, range: range) {
      match, flags, stop in
      if match != nil {
        found = true
        stop.pointee = true
        return
      }
      remaining -= 1
      if flags.contains(.internalError) || remaining == 0 {
        found = nil
        stop.pointee = true
      }
    }
    return found
  }

  /// How many reports of progress, each of some thousand steps, a search may take.
  private static let patience = 1000
}
