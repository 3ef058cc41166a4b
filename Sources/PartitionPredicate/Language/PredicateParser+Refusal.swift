extension PredicateParser {
  /// The error for a token that cannot stand here: what it is in other SQL, if it is something there,
  /// else what was expected.
  func refusal(_ expected: PushdownPredicateError.Expectation) -> PushdownPredicateError {
    if let feature = feature(expected) { return error(.unsupported(feature), current.range) }
    if current.kind == .close, case .more(_, .end) = expected {
      return error(.unopenedParenthesis, current.range)
    }
    let found = current.kind == .end ? nil : text(current.range)
    let after = previous.isEmpty ? nil : text(previous)
    return error(.expected(expected, found: found, after: after), current.range)
  }

  private func feature(_ expected: PushdownPredicateError.Expectation) -> PushdownPredicateError
    .Feature?
  {
    let isAfterValue = if case .more = expected { true } else { false }
    switch current.kind {
    case .foreign: return foreignSign(text(current.range), isAfterValue: isAfterValue)
    case .plus, .minus, .times, .percent, .pipes:
      return isAfterValue ? .arithmetic(text(current.range)) : nil
    case .keyword(.not) where expected == .value, .not where expected == .value: return .innerNot
    case .word(let word):
      switch word.exact.lowercased {
      case "ilike": return .ilike
      case "distinct" where expected == .truth: return .distinct
      case "unknown" where expected == .truth: return .unknown
      case "collate", "cluster", "distribute", "except", "from", "group", "having", "intersect",
        "limit", "order", "select", "sort", "union", "where", "window":
        return isAfterValue ? .clause(word) : nil
      default: return nil
      }
    default: return nil
    }
  }

  private func foreignSign(_ sign: String, isAfterValue: Bool) -> PushdownPredicateError.Feature {
    switch sign {
    case ";": .semicolon
    case "&&": .otherOperator(sign, "AND")
    case "/", "&", "|", "^", "~": .arithmetic(sign)
    case "::": .doubleColon
    case "?", "@", ":", "$": .parameter(sign)
    default: .sign(sign)
    }
  }

  /// The error for a name that begins another statement or expression of SQL, by the token after it.
  func refusal(ofStatement word: String, _ place: Range<Int>, isFirst: Bool)
    -> PushdownPredicateError?
  {
    let startsOperand =
      switch current.kind {
      case .word, .quotedName, .number, .string, .not, .keyword(.cast), .keyword(.true),
        .keyword(.false), .keyword(.null):
        true
      default: false
      }
    let isStar = current.kind == .foreign || current.kind == .times
    switch word {
    case "where" where isFirst && (startsOperand || current.kind == .open):
      return error(.unsupported(.leadingWhere), place)
    case "select" where isFirst && (startsOperand || isStar),
      "with" where isFirst && startsOperand:
      return error(.unsupported(.statement(word)), place)
    case "select" where startsOperand || isStar:
      return error(.unsupported(.subquery), place)
    case "exists" where current.kind == .open: return error(.unsupported(.exists), place)
    case "timestamp_ltz", "timestamp_ntz", "x":
      guard case .string = current.kind else { return nil }
      return error(.unsupported(.literalPrefix(word)), place)
    default: return nil
    }
  }
}
