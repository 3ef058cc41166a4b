import IncrementalJoin

/// The predicate of one input in both dialects.
struct PredicateText: Sendable {
  let input: String
  let partitions: Int
  let plain: String
  let compact: String
  let plainLength: Int
  let compactLength: Int

  init(_ input: JobInput, of report: PendingReport, partitions: Int) {
    self.input = input.name
    self.partitions = partitions
    let generated = report.generated(forInput: input)
    plain = (try? generated.text(.plain)) ?? ""
    compact = (try? generated.text(.compact)) ?? ""
    plainLength = plain.count
    compactLength = compact.count
  }

  func text(_ dialect: PredicateDialect) -> String { dialect == .plain ? plain : compact }
}

/// The predicate screen.
///
/// Texts are written when the screen is first shown, and wrapped once a width.
struct PredicateState: Sendable {
  /// One predicate broken into lines of a width.
  struct Wrapped: Sendable {
    let input: Int
    let dialect: PredicateDialect
    let width: Int
    let lines: [String]
  }

  var input = 0
  var dialect = PredicateDialect.compact
  /// Only `top` counts: text is scrolled, not selected.
  var list = ListState()
  /// nil until they are needed, and after every refresh.
  var texts: [PredicateText]?
  var wrapped: [Wrapped] = []

  var shown: PredicateText? {
    guard let texts, texts.indices.contains(input) else { return nil }
    return texts[input]
  }

  /// The lines of the shown input in a dialect; from the cache when the width is the same.
  func lines(_ dialect: PredicateDialect, width: Int) -> [String] {
    let cached = wrapped.first {
      $0.input == input && $0.dialect == dialect && $0.width == width
    }
    return cached?.lines ?? shown?.text(dialect).wrapped(toColumns: width) ?? []
  }
}
