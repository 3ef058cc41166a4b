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
    if value == .null { return PredicateNode(.isNull(operand, negated: false), .boolean) }
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
}
