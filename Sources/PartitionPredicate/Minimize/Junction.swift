/// An AND or an OR seen from one side, so that a rule and its mirror image are one.
enum Junction: Hashable, Sendable {
  case and
  case or

  var other: Junction { self == .and ? .or : .and }

  /// The constant that a term leaves unchanged.
  var neutral: Bool { self == .and }

  /// The node that joins terms; the neutral constant for none.
  func node(_ terms: [PredicateNode], range: Range<Int> = 0..<0) -> PredicateNode {
    guard terms.count > 1 else { return terms.first ?? .constant(neutral) }
    return PredicateNode(self == .and ? .and(terms) : .or(terms), .boolean, range: range)
  }
}

extension PredicateNode {
  /// The junction and its terms, where the node is one.
  var junction: (kind: Junction, terms: [PredicateNode])? {
    switch kind {
    case .and(let terms): (.and, terms)
    case .or(let terms): (.or, terms)
    default: nil
    }
  }

  /// The terms of the node as a junction: itself when it is no such one.
  func terms(of junction: Junction) -> [PredicateNode] {
    guard let (kind, terms) = self.junction, kind == junction else { return [self] }
    return terms
  }

  /// Whether the node is TRUE, FALSE or NULL as a filter, in which NULL does not select.
  var constantSelection: Bool? {
    guard case .literal(let value) = kind, let truth = Truth(value) else { return nil }
    return truth == .isTrue
  }

  // MARK: Length

  /// About how many characters the node takes as text, each key's name as five; what rules compare.
  var length: Int {
    switch kind {
    case .key: 5
    case .literal(let value): value.length
    case .call(let function, let operands): function.name.utf8.count + Self.length(operands)
    case .cast(let operand): 12 + operand.length
    case .comparison(let comparison, let left, let right, _):
      comparison.rawValue.utf8.count + 2 + left.length + right.length
    case .test(let test, let negated):
      test.operands.reduce(test.wordLength + (negated ? 4 : 0)) { $0 + $1.length }
    case .not(let operand): 4 + operand.length
    case .and(let terms): Self.length(terms) + 3 * terms.count - 5
    case .or(let terms): Self.length(terms) + 2 * terms.count - 2
    }
  }

  private static func length(_ nodes: [PredicateNode]) -> Int {
    nodes.reduce(0) { $0 + $1.length + 2 }
  }
}

extension PredicateNode.Test {
  /// The characters that are no operands, in a list with those between its elements.
  fileprivate var wordLength: Int {
    switch self {
    case .isBetween: 14
    case .isIn(_, let list, _): 4 + 2 * list.count
    case .isLike, .matches: 6
    case .isNull: 8
    case .isTruth(_, let flag, _): flag ? 8 : 9
    }
  }
}

extension PartitionValue {
  /// The number of characters of the value as a literal.
  var length: Int {
    switch self {
    case .null: return 4
    case .boolean(let flag): return flag ? 4 : 5
    case .integer(let number):
      var (digits, rest) = (number < 0 ? 2 : 1, number.magnitude / 10)
      while rest > 0 { (digits, rest) = (digits + 1, rest / 10) }
      return digits
    case .decimal(let unscaled, _): return String(unscaled).utf8.count + 1
    case .date: return 17
    case .timestamp: return 31
    case .string(let text): return text.utf8.count + 2
    }
  }
}
