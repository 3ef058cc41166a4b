/// A node of a bound predicate: names are keys, every node has a type, and every comparison says as
/// which type it compares.
///
/// Conjunctions and disjunctions are n-ary, so that thousands of partitions make no deep tree; the
/// parser limits all other nesting, so that a recursion over the tree is safe.
public struct PredicateNode: Sendable {
  /// What the node computes.
  ///
  /// `as` is the type to which the operands are cast before they are compared.
  public indirect enum Kind: Hashable, Sendable {
    case literal(PartitionValue)
    /// The value of the key with this index.
    case key(Int)
    case call(PredicateFunction, [PredicateNode])
    /// CAST to the node's type.
    case cast(PredicateNode)
    case comparison(ComparisonOperator, PredicateNode, PredicateNode, as: ValueType)
    case isBetween(
      PredicateNode, low: PredicateNode, high: PredicateNode, asLow: ValueType,
      asHigh: ValueType, negated: Bool)
    case isIn(PredicateNode, [PredicateNode], as: ValueType, negated: Bool)
    case isLike(PredicateNode, pattern: PredicateNode, escape: Unicode.Scalar, negated: Bool)
    /// RLIKE: the pattern, a regular expression, matches a part of the text.
    case matches(PredicateNode, pattern: PredicateNode, negated: Bool)
    case isNull(PredicateNode, negated: Bool)
    /// IS TRUE or IS FALSE, which are never NULL.
    case isTruth(PredicateNode, Bool, as: ValueType, negated: Bool)
    case not(PredicateNode)
    /// At least two terms.
    case and([PredicateNode])
    /// At least two terms.
    case or([PredicateNode])
  }

  /// What the node computes, with its operands.
  public let kind: Kind
  /// The type of its value; boolean for every predicate.
  public let type: ValueType
  /// The bytes of the source text (UTF-8 offsets) that it was read from; empty when it was generated.
  public let range: Range<Int>

  /// Creates a node.
  public init(_ kind: Kind, _ type: ValueType, range: Range<Int> = 0..<0) {
    self.kind = kind
    self.type = type
    self.range = range
  }

  /// The operands, in the order of the text.
  public var children: [PredicateNode] {
    switch kind {
    case .literal, .key: []
    case .call(_, let operands), .and(let operands), .or(let operands): operands
    case .cast(let operand), .not(let operand), .isNull(let operand, _),
      .isTruth(let operand, _, _, _):
      [operand]
    case .comparison(_, let left, let right, _): [left, right]
    case .isBetween(let value, let low, let high, _, _, _): [value, low, high]
    case .isIn(let value, let list, _, _): [value] + list
    case .isLike(let value, let pattern, _, _), .matches(let value, let pattern, _):
      [value, pattern]
    }
  }
}

extension PredicateNode: Hashable {
  /// Nodes are equal when they compute the same in the same way, wherever they were read from.
  public static func == (left: PredicateNode, right: PredicateNode) -> Bool {
    left.type == right.type && left.kind == right.kind
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}
