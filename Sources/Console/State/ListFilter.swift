import IncrementalJoin

/// What the text of a list's filter means.
enum ListFilter: Sendable {
  /// Everything is shown.
  case everything
  /// Rows that contain the text, which is in lower case.
  case text(String)
  /// `where PREDICATE` or `@NAME`: rows for which the predicate is TRUE.
  case predicate(PredicateEvaluator)
  /// A predicate with a mistake: what, and where.
  case mistake(String)

  /// Reads a filter over keys; `today` is what `current_date` means, in days since 1970-01-01.
  init(_ text: String, keys: [PartitionKey], today: Int, saved: [String: String]) {
    let trimmed = text.drop { $0 == " " }
    do throws(PushdownPredicateError) {
      if trimmed.lowercased().hasPrefix("where ") {
        self = .predicate(
          PredicateEvaluator(
            try PushdownPredicate(String(trimmed.dropFirst(6)), keys: keys, today: today)))
      } else if trimmed.hasPrefix("@") {
        let name = trimmed.dropFirst().split(separator: " ").first.map(String.init) ?? ""
        guard let text = saved[name] else {
          let names = saved.keys.sorted().joined(separator: ", ")
          self = .mistake(
            "No predicate is saved as \"\(name)\"."
              + (names.isEmpty ? " None is saved." : " Saved are: \(names)."))
          return
        }
        self = .predicate(
          PredicateEvaluator(try PushdownPredicate(text, keys: keys, today: today)))
      } else {
        self = text.isEmpty ? .everything : .text(text.lowercased())
      }
    } catch {
      self = .mistake("\(error)")
    }
  }

  /// The mistake's lines; none when there is no mistake.
  var mistake: [String] {
    if case .mistake(let text) = self {
      text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    } else {
      []
    }
  }
}
