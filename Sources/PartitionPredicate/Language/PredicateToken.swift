/// A word, literal or sign of a predicate's text.
struct PredicateToken: Sendable {
  enum Kind: Equatable, Sendable {
    /// A name without quotes, which may also be a word of the language such as `DATE`.
    case word(String)
    /// A word that is no name unless it is quoted.
    case keyword(PredicateKeyword)
    /// A name in back quotes, without them.
    case quotedName(String)
    /// A string literal's value.
    case string(String)
    case number(PredicateNumber)
    case comparison(ComparisonOperator)
    case not
    case plus
    case minus
    case times
    case percent
    /// `||`
    case pipes
    case open
    case close
    case comma
    case dot
    /// A sign that only other SQL knows, such as `/` or `;`.
    case foreign
    case end
  }

  let kind: Kind
  /// Where it stands in the text, in UTF-8 offsets.
  let range: Range<Int>
}

/// The words that are names only in back quotes.
enum PredicateKeyword: String, CaseIterable, Sendable {
  case and, between, cast, escape, `false`, `in`, `is`, like, not, null, or, regexp, rlike
  case `true`

  /// The keyword of each lower-case word.
  static let all = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue.exact, $0) })
}
