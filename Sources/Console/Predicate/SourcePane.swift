import Cells
import PartitionPredicate

/// The text of a predicate, with clauses styled by their values.
enum SourcePane {
  /// How a clause's text looks.
  struct Look {
    var role = Role.plain
    var isUnderlined = false
    var isReversed = false
  }

  /// Draws one line of the text.
  static func line(
    _ range: Range<Int>, of source: SourceText, _ map: ClauseMap?, look: (Int) -> Look
  ) -> Line {
    let end = lastInk(range, source)
    let range = range.lowerBound..<max(range.lowerBound, end)
    guard let map else { return Line(source.text(in: range)) }
    var line = Line()
    for piece in map.pieces(of: range) {
      let look = piece.clause > 0 ? look(piece.clause) : Look()
      line.spans.append(
        Span(
          text: source.text(in: piece.range), role: look.role, width: nil,
          isUnderlined: look.isUnderlined, isReversed: look.isReversed))
    }
    return line
  }

  /// The offset after the last non-space byte of a range.
  private static func lastInk(_ range: Range<Int>, _ source: SourceText) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, source.bytes[end - 1] == 32 { end -= 1 }
    return end
  }

  /// How a clause looks for a partition; a clause without a value at the end of the evaluation was never evaluated.
  static func look(
    _ clause: PredicateClause, _ outline: PredicateOutline, value: (Int) -> PartitionValue?,
    isOver: Bool
  ) -> Look {
    guard let value = value(clause.number) else {
      return Look(role: isOver ? .notSeen : .plain)
    }
    switch clause.node.kind {
    case .and, .or, .not: return Look()
    default: break
    }
    // The operands of a comparison look like the comparison.
    guard let truth = Truth(value), clause.node.type == .boolean || clause.parent == nil else {
      guard let parent = clause.parent else { return Look() }
      return look(outline[parent], outline, value: { _ in value }, isOver: isOver)
    }
    return Look(role: truth.role)
  }
}

extension Truth {
  /// The role that gives its style.
  var role: Role {
    switch self {
    case .isTrue: .isTrue
    case .isFalse: .isFalse
    case .isNull: .isNull
    }
  }

  /// Its glyph as the verdict on a partition, which is never shown without the word.
  func glyph(_ symbols: Symbols) -> String {
    switch self {
    case .isTrue: symbols.selected
    case .isFalse: symbols.notSelected
    case .isNull: "?"
    }
  }

  /// The verdict on a partition.
  var verdict: String {
    switch self {
    case .isTrue: "selected"
    case .isFalse: "not"
    case .isNull: "NULL"
    }
  }
}
