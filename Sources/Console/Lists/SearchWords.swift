import PartitionPredicate

/// The search terms for a list: words that must all be found, in any order and in either case.
///
/// `!word` must not be found; `~expression` is a regular expression (of `java.util.regex`), and `!~expression` one that
/// must not match.
struct SearchWords: Sendable {
  private enum Pattern: Sendable {
    /// A text in lower case.
    case text([UInt8])
    case expression(RegularExpression)
  }

  private struct Word: Sendable {
    let pattern: Pattern
    let isExcluded: Bool

    func isFound(in text: String) -> Bool {
      switch pattern {
      case .text(let needle): SearchText.contains(needle, in: text)
      // A search that was given up finds nothing.
      case .expression(let expression): expression.find(in: text) ?? false
      }
    }
  }

  private var words: [Word] = []
  /// What is wrong with a regular expression.
  private(set) var mistake: String?

  /// Reads what was typed; anything still incomplete, such as a single `!`, excludes nothing.
  init(_ text: String) {
    for word in text.split(separator: " ") {
      let isExcluded = word.hasPrefix("!") && word != "!"
      let rest = isExcluded ? word.dropFirst() : word
      guard rest.hasPrefix("~") else {
        if word != "!" {
          words.append(
            Word(pattern: .text(Array(rest.lowercased().utf8)), isExcluded: isExcluded))
        }
        continue
      }
      guard rest != "~" else { continue }
      do throws(RegularExpression.Problem) {
        let expression = try RegularExpression("(?i)\(rest.dropFirst())")
        words.append(Word(pattern: .expression(expression), isExcluded: isExcluded))
      } catch {
        mistake = "\(rest): \(error.reason)."
      }
    }
  }

  /// Whether there is nothing to search for.
  var isEmpty: Bool { words.isEmpty && mistake == nil }

  /// Whether a text contains all words.
  func match(_ text: String) -> Bool { matcher(beside: nil)(text, 0) }

  /// Whether a row contains all words, in its name or beside it.
  ///
  /// - Parameter others: What is shown beside the names; searched once for words that many rows share.
  /// - Returns: Whether a row contains them.
  func matcher(beside others: SearchText?) -> @Sendable (_ name: String, _ row: Int) -> Bool {
    let parts = words.map { word in
      (word: word, others: others.map { $0.rows { word.isFound(in: $0) } })
    }
    let isMistaken = mistake != nil
    return { name, row in
      !isMistaken
        && parts.allSatisfy { part in
          (part.others?(row) == true || part.word.isFound(in: name)) != part.word.isExcluded
        }
    }
  }

  /// Whether everything that a longer text finds is among what this one finds.
  static func canNarrow(_ text: String) -> Bool {
    let last = text.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
    return !last.hasPrefix("!") && !last.hasPrefix("~")
  }
}
