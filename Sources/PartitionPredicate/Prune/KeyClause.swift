/// A clause that compares one key with constants as the key's own type: a set of the key's values.
///
/// Clauses that cast the key or call functions are none: what they select is left to the evaluator.
struct KeyClause: Hashable, Sendable {
  /// The key's index.
  let key: Int
  /// The values for which the clause is TRUE.
  let values: ValueSet

  /// Reads a clause; nil when it is no comparison of a key as its own type.
  init?(_ node: PredicateNode, keys: [PartitionKey]) {
    guard let key = Self.key(of: node), keys.indices.contains(key),
      let values = Self.values(node, keys[key].type)
    else { return nil }
    self.key = key
    self.values = values
  }

  /// The key that the clause begins or ends with.
  private static func key(of node: PredicateNode) -> Int? {
    switch node.kind {
    case .key(let key): key
    case .comparison(_, let left, let right, _): left.keyIndex ?? right.keyIndex
    case .test(let test, _): test.operands[0].keyIndex
    case .not(let operand): operand.keyIndex
    default: nil
    }
  }

  private static func values(_ node: PredicateNode, _ type: KeyType) -> ValueSet? {
    switch node.kind {
    case .key: return type == .boolean ? ValueSet(type, values: [.boolean(true)]) : nil
    case .not: return type == .boolean ? ValueSet(type, values: [.boolean(false)]) : nil
    case .test(.isNull, let negated):
      return negated ? .allButNull(type) : ValueSet(type, null: true)
    case .test(.isTruth(_, let flag, .boolean), let negated) where type == .boolean:
      let values = ValueSet(type, values: [.boolean(flag)])
      return negated ? values.complement : values
    case .comparison(let comparison, let left, let right, let shared)
    where shared == ValueType(type):
      let isMirrored = left.keyIndex == nil
      guard let value = (isMirrored ? left : right).constant(as: shared) else { return nil }
      return values(isMirrored ? comparison.mirrored : comparison, value, type)
    case .test(.isIn(_, let list, let shared), let negated) where shared == ValueType(type):
      let values = list.map { $0.constant(as: shared) }
      guard !values.contains(nil) else { return nil }
      return inList(values.compactMap(\.self), negated: negated, type)
    case .test(.isBetween(let between), let negated):
      guard let shared = between.sharedType, shared == ValueType(type),
        let low = between.low.constant(as: shared), let high = between.high.constant(as: shared)
      else { return nil }
      // NOT over AND: TRUE where either half is FALSE, whatever the other one is.
      return negated
        ? .union([values(.less, low, type), values(.greater, high, type)], type)
        : .intersection(
          [values(.greaterOrEqual, low, type), values(.lessOrEqual, high, type)], type)
    default: return nil
    }
  }

  private static func values(
    _ comparison: ComparisonOperator, _ value: PartitionValue, _ type: KeyType
  ) -> ValueSet {
    if value == .null { return ValueSet(type, null: comparison == .nullSafeEqual) }
    return switch comparison {
    case .equal, .nullSafeEqual: ValueSet(type, from: .before(value), to: .after(value))
    case .notEqual: ValueSet(type, values: [value]).complement.withoutNull
    case .less: ValueSet(type, from: .start, to: .before(value))
    case .lessOrEqual: ValueSet(type, from: .start, to: .after(value))
    case .greater: ValueSet(type, from: .after(value), to: .end)
    case .greaterOrEqual: ValueSet(type, from: .before(value), to: .end)
    }
  }

  private static func inList(
    _ values: [PartitionValue], negated: Bool, _ type: KeyType
  ) -> ValueSet {
    let set = ValueSet(type, values: values.filter { $0 != .null })
    if !negated { return set }
    // A NULL in the list leaves it unknown whether the value is in it.
    return values.contains(.null) ? ValueSet(type) : set.complement.withoutNull
  }
}

extension ComparisonOperator {
  /// The same comparison with its sides exchanged.
  var mirrored: ComparisonOperator {
    switch self {
    case .equal, .notEqual, .nullSafeEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension PredicateNode {
  /// The value of a literal as the type that it is compared as; nil for what is no literal, or
  /// depends on the day (a time without a date).
  func constant(as type: ValueType) -> PartitionValue? {
    guard case .literal(let value) = kind else { return nil }
    let cast = value.cast(from: self.type, to: type, today: 0)
    return cast == value.cast(from: self.type, to: type, today: 1) ? cast : nil
  }
}
