/// Texts of a list's rows, of which those that many rows share are stored, and searched, once.
struct SharedTexts: Sendable {
  private var texts: [String] = []
  private var codes: [UInt32] = []

  init(_ texts: some Sequence<String>) {
    var known: [String: UInt32] = [:]  // characters: equal words are found equally
    for text in texts {
      if let code = known[text] {
        codes.append(code)
      } else {
        let code = UInt32(self.texts.count)
        known[text] = code
        codes.append(code)
        self.texts.append(text)
      }
    }
  }

  /// Which rows have texts that satisfy a condition.
  struct Hits: Sendable {
    /// The number of each row's text.
    let codes: [UInt32]
    /// Whether each text satisfies it.
    let hits: [Bool]

    subscript(row: Int) -> Bool { hits[Int(codes[row])] }
  }

  /// Tests each text once.
  func hits(where isFound: (String) -> Bool) -> Hits {
    Hits(codes: codes, hits: texts.map(isFound))
  }
}

/// A place where a row may have a word: all of these texts must be hits.
struct WordPlace: Sendable {
  let texts: [SharedTexts.Hits]
  /// Whether no row has the word there.
  let isNowhere: Bool

  init(_ texts: [SharedTexts.Hits]) {
    // What every row satisfies decides nothing.
    self.texts = texts.filter { $0.hits.contains(false) }
    isNowhere = texts.contains { !$0.hits.contains(true) }
  }
}

/// Which rows have a word, or lack it.
enum WordTest: Sendable {
  /// Those that have it in one of these places.
  case places([WordPlace], isExcluded: Bool)
  /// Those for which a test holds.
  case each(@Sendable (Int) -> Bool)

  /// Whether it holds for every row, whichever there are.
  var isAlwaysTrue: Bool {
    guard case .places(let places, let isExcluded) = self else { return false }
    return isExcluded ? places.isEmpty : places.contains { $0.texts.isEmpty }
  }

  /// The rows for which it holds, in their order.
  func rows(among rows: ArraySlice<Int>) -> [Int] {
    switch self {
    case .each(let isFound): return rows.filter(isFound)
    case .places(let places, let isExcluded):
      if places.count == 1, places[0].texts.count == 1 {
        let (codes, hits) = (places[0].texts[0].codes, places[0].texts[0].hits)
        return rows.filter { hits[Int(codes[$0])] != isExcluded }
      }
      return rows.filter { row in
        places.contains { $0.texts.allSatisfy { $0[row] } } != isExcluded
      }
    }
  }
}
