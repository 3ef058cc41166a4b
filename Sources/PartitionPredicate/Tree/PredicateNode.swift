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
    /// A question about a value, with or without NOT in it.
    case test(Test, negated: Bool)
    case not(PredicateNode)
    /// At least two terms.
    case and([PredicateNode])
    /// At least two terms.
    case or([PredicateNode])
  }

  /// A question about a value.
  public enum Test: Hashable, Sendable {
    case isBetween(Between)
    case isIn(PredicateNode, [PredicateNode], as: ValueType)
    case isLike(PredicateNode, pattern: PredicateNode, escape: Unicode.Scalar)
    /// RLIKE: the pattern, a regular expression, matches a part of the text.
    case matches(PredicateNode, pattern: PredicateNode)
    case isNull(PredicateNode)
    /// IS TRUE or IS FALSE, which are never NULL.
    case isTruth(PredicateNode, Bool, as: ValueType)
  }

  /// BETWEEN, which is `>=` and `<=`, each with a type of its own.
  public struct Between: Hashable, Sendable {
    /// What is compared with both bounds.
    public let value: PredicateNode
    /// The lower bound, which belongs to the range.
    public let low: PredicateNode
    /// The upper bound, which belongs to the range.
    public let high: PredicateNode
    /// The type to which value and lower bound are cast.
    public let lowType: ValueType
    /// The type to which value and upper bound are cast.
    public let highType: ValueType

    /// The type as which all three are compared; nil where the bounds differ in it.
    var sharedType: ValueType? { lowType == highType ? lowType : nil }
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
    case .cast(let operand), .not(let operand): [operand]
    case .comparison(_, let left, let right, _): [left, right]
    case .test(let test, _): test.operands
    }
  }
}

extension PredicateNode.Test {
  /// The operands, in the order of the text.
  var operands: [PredicateNode] {
    switch self {
    case .isBetween(let between): [between.value, between.low, between.high]
    case .isIn(let value, let list, _): [value] + list
    case .isLike(let value, let pattern, _), .matches(let value, let pattern): [value, pattern]
    case .isNull(let operand), .isTruth(let operand, _, _): [operand]
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

extension PredicateNode {
  /// TRUE or FALSE; nothing pending is FALSE, never the empty text, which would mean "no filter".
  public static func constant(_ flag: Bool) -> PredicateNode {
    PredicateNode(.literal(.boolean(flag)), .boolean)
  }

  /// The key with this index.
  static func key(_ index: Int, _ key: PartitionKey) -> PredicateNode {
    PredicateNode(.key(index), ValueType(key.type))
  }

  /// A literal of a key's type.
  static func literal(_ value: PartitionValue, _ type: ValueType) -> PredicateNode {
    PredicateNode(.literal(value), type)
  }

  /// `key = value`, or `key IS NULL` for NULL, compared as the key's own type.
  static func equals(_ index: Int, _ key: PartitionKey, _ value: PartitionValue) -> PredicateNode {
    let operand = PredicateNode.key(index, key)
    if value == .null { return PredicateNode(.test(.isNull(operand), negated: false), .boolean) }
    return PredicateNode(
      .comparison(.equal, operand, .literal(value, operand.type), as: operand.type), .boolean)
  }

  /// The conjunction of terms: TRUE for none, the term itself for one.
  static func all(_ terms: [PredicateNode]) -> PredicateNode {
    terms.count > 1
      ? PredicateNode(.and(terms), .boolean) : terms.first ?? .constant(true)
  }

  /// The disjunction of terms: FALSE for none, the term itself for one.
  static func any(_ terms: [PredicateNode]) -> PredicateNode {
    terms.count > 1
      ? PredicateNode(.or(terms), .boolean) : terms.first ?? .constant(false)
  }

  // MARK: NOT

  /// The index of the key that this node is; nil for other nodes.
  var keyIndex: Int? {
    if case .key(let index) = kind { return index }
    return nil
  }

  /// The indices of the keys that the node's value depends on.
  var usedKeys: Set<Int> {
    if let index = keyIndex { return [index] }
    return children.reduce(into: []) { $0.formUnion($1.usedKeys) }
  }

  /// Whether the node computes the same for every partition.
  var isConstant: Bool { keyIndex == nil && children.allSatisfy(\.isConstant) }
}

/// A comparison of two values; NULL on either side gives NULL, but for `<=>`.
public enum ComparisonOperator: String, Hashable, Sendable, CaseIterable {
  case equal = "="
  /// Also written `<>`.
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  /// Equality in which NULL equals NULL; never NULL itself.
  case nullSafeEqual = "<=>"
}

extension PredicateNode {
  /// NOT this node, with the NOT moved into the operators of the clauses.
  ///
  /// It is exact in three-valued logic: NULL stays NULL. Where no operator says it, as for `<=>`, the
  /// NOT remains in front of the clause.
  var negated: PredicateNode {
    switch kind {
    case .literal(.boolean(let flag)): PredicateNode(.literal(.boolean(!flag)), type, range: range)
    case .literal(.null): self
    case .not(let operand): operand
    case .and(let terms): PredicateNode(.or(terms.map(\.negated)), .boolean, range: range)
    case .or(let terms): PredicateNode(.and(terms.map(\.negated)), .boolean, range: range)
    case .comparison(let comparison, let left, let right, let shared):
      comparison.negated.map {
        PredicateNode(.comparison($0, left, right, as: shared), .boolean, range: range)
      } ?? PredicateNode(.not(self), .boolean, range: range)
    case .test(let test, let negated):
      PredicateNode(.test(test, negated: !negated), .boolean, range: range)
    case .literal, .key, .call, .cast: PredicateNode(.not(self), .boolean, range: range)
    }
  }

  /// The same predicate with every NOT above AND, OR and clauses moved down.
  var withNegationsDown: PredicateNode {
    switch kind {
    case .not(let operand):
      if case .not(let inner) = operand.kind { return inner.withNegationsDown }
      let negated = operand.negated
      // No operator says it.
      if case .not = negated.kind { return negated }
      return negated.withNegationsDown
    case .and(let terms):
      return PredicateNode(.and(terms.map(\.withNegationsDown)), .boolean, range: range)
    case .or(let terms):
      return PredicateNode(.or(terms.map(\.withNegationsDown)), .boolean, range: range)
    default: return self
    }
  }
}

extension ComparisonOperator {
  /// The comparison that is TRUE where this one is FALSE; nil for `<=>`, which has none.
  fileprivate var negated: ComparisonOperator? {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    case .nullSafeEqual: nil
    }
  }
}
