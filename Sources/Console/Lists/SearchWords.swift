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
  func match(_ text: String) -> Bool {
    mistake == nil && words.allSatisfy { $0.isFound(in: text) != $0.isExcluded }
  }

  /// What a row must satisfy: that it contains each word, in its name or beside it.
  ///
  /// - Parameters:
  ///   - name: A row's name.
  ///   - paths: The names of all rows where they are partitions.
  ///   - others: What is shown beside the names.
  /// - Returns: A test a word, all of which must hold.
  func tests(
    name: @escaping @Sendable (Int) -> String, paths: PartitionPaths?, beside others: SharedTexts?
  ) -> [WordTest] {
    guard mistake == nil else { return [.places([], isExcluded: false)] }
    return words.map { word in
      let beside = others?.hits { word.isFound(in: $0) }
      if let paths, case .text(let needle) = word.pattern {
        let places = paths.places(of: needle) + [beside.map { WordPlace([$0]) }].compactMap(\.self)
        return .places(places.filter { !$0.isNowhere }, isExcluded: word.isExcluded)
      }
      return .each { row in
        (beside?[row] == true || word.isFound(in: name(row))) != word.isExcluded
      }
    }
  }

  /// Whether everything that a longer text finds is among what this one finds.
  static func canNarrow(_ text: String) -> Bool {
    let last = text.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
    return !last.hasPrefix("!") && !last.hasPrefix("~")
  }
}
