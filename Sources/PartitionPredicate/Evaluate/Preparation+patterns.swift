extension Preparation {
  /// LIKE; NULL when the pattern is none, which for a literal the binder reports.
  func like(_ text: PredicateNode, _ pattern: PredicateNode, _ escape: Unicode.Scalar) -> Condition
  {
    matching(text, pattern, { try? LikePattern($0, escape: escape) }) { $0.matches($1) }
  }

  /// RLIKE; NULL when the pattern is none, which for a literal the binder reports, and when the
  /// search was given up.
  func matches(_ text: PredicateNode, _ pattern: PredicateNode) -> Condition {
    matching(text, pattern, { try? RegularExpression($0) }) { $0.find(in: $1) }
  }

  /// Both operands as strings; a literal pattern is prepared here and now.
  private func matching<Pattern: Sendable>(
    _ text: PredicateNode, _ pattern: PredicateNode,
    _ prepare: @escaping @Sendable (String) -> Pattern?,
    _ match: @escaping @Sendable (Pattern, String) -> Bool?
  ) -> Condition {
    let text = cast(text, to: .string)
    if case .literal = pattern.kind {
      guard case .string(let written) = literal(pattern, as: .string),
        let prepared = prepare(written)
      else { return { _ in .isNull } }
      return { values in
        guard case .string(let text) = text(values) else { return .isNull }
        return match(prepared, text).map { Truth($0) } ?? .isNull
      }
    }
    let pattern = cast(pattern, to: .string)
    return { values in
      guard case .string(let text) = text(values), case .string(let written) = pattern(values),
        let prepared = prepare(written)
      else { return .isNull }
      return match(prepared, text).map { Truth($0) } ?? .isNull
    }
  }
}
