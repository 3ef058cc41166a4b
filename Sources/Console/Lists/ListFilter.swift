import Cells
import PartitionPredicate
import Wording

/// The meaning of the text in a list's filter.
enum ListFilter: Sendable {
  /// Everything is shown.
  case everything
  /// Rows that contain all the words.
  case words(SearchWords)
  /// `where PREDICATE` or `@NAME`: rows for which the predicate is TRUE.
  case predicate(PushdownPredicate)
  /// `where` without a predicate so far.
  case beginning
  /// A predicate with a mistake: what is wrong, and where.
  case mistake(String)

  /// Reads a filter over keys; `today` is what `current_date` means, in days since 1970-01-01.
  ///
  /// `failures` says why saved predicates could not be read.
  init(
    _ text: String, keys: [PartitionKey], today: Int, saved: [String: String],
    failures: [String]
  ) {
    let trimmed = text.drop { $0 == " " }
    do throws(PushdownPredicateError) {
      if trimmed.lowercased() == "where" || trimmed.lowercased().hasPrefix("where ") {
        let predicate = trimmed.dropFirst(6)
        guard predicate.contains(where: { $0 != " " }) else {
          self = .beginning
          return
        }
        self = .predicate(try PushdownPredicate(String(predicate), keys: keys, today: today))
      } else if trimmed.hasPrefix("@") {
        let name = trimmed.dropFirst().split(separator: " ").first.map(String.init) ?? ""
        guard let text = saved[name] else {
          let names = saved.keys.sorted().joined(separator: ", ")
          self = .mistake(
            "No predicate is saved as \"\(name)\"."
              + (!names.isEmpty
                ? " Saved are: \(names)." : failures.isEmpty ? " None is saved." : "")
              + failures.map { "\n\($0)" }.joined())
          return
        }
        self = .predicate(try PushdownPredicate(text, keys: keys, today: today))
      } else {
        let words = SearchWords(text)
        self = words.mistake.map { .mistake($0) } ?? (words.isEmpty ? .everything : .words(words))
      }
    } catch {
      self = .mistake("\(error)")
    }
  }

  /// What is drawn in place of the rows; empty for a filter without a mistake.
  func message(columns: Int) -> [Line] {
    switch self {
    case .everything, .words, .predicate: return []
    case .beginning: return [Line("Write a predicate after where.", .dim)]
    case .mistake(let text):
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      return lines.enumerated().flatMap { index, line in
        // Carets must stay below the place that they point to.
        let isExcerpt = lines[index...].prefix(2).contains(where: Self.isCarets)
        return isExcerpt ? [line] : line.wrapped(toColumns: columns)
      }.map { Line($0, .bad) }
    }
  }

  private static func isCarets(_ line: String) -> Bool {
    line.contains("^") && line.allSatisfy { $0 == " " || $0 == "^" }
  }
}
