extension PushdownPredicate {
  /// The partitions that the predicate selects, where it names each of them by the values of all keys.
  ///
  /// - Parameter limit: How many there may be.
  /// - Returns: Each once, whether it exists or not; nil where the predicate selects by other means or more of them.
  public func listedPartitions(limit: Int) -> [Partition]? {
    guard let tuples = tuples(root.withNegationsDown, limit: limit) else { return nil }
    var partitions: Set<Partition> = []
    for tuple in tuples {
      let values = keys.indices.compactMap { tuple[$0] }
      guard values.count == keys.count else { return nil }
      partitions.insert(Partition(keys: keys, values: values))
    }
    return partitions.sorted()
  }

  private typealias Tuple = [Int: PartitionValue]

  /// The values that a clause asks for, key by key; nil where it does not name them.
  private func tuples(_ node: PredicateNode, limit: Int) -> [Tuple]? {
    switch node.kind {
    case .literal(.boolean(false)), .literal(.null): return []
    case .or(let terms):
      var found: [Tuple] = []
      for term in terms {
        guard let more = tuples(term, limit: limit), found.count + more.count <= limit else {
          return nil
        }
        found += more
      }
      return found
    case .and(let terms):
      var found: [Tuple] = [[:]]
      for term in terms {
        guard let more = tuples(term, limit: limit), found.count * more.count <= limit else {
          return nil
        }
        found = found.flatMap { tuple in more.compactMap { Self.joined(tuple, $0) } }
      }
      return found
    case .comparison(.equal, let left, let right, as: let type):
      return values(of: left, [right], as: type)
    case .test(.isIn(let operand, let list, as: let type), negated: false):
      return values(of: operand, list, as: type)
    case .test(.isNull(let operand), negated: false):
      return operand.keyIndex.map { [[$0: .null]] }
    default: return nil
    }
  }

  /// A key's literals, if they are compared as the key's own type.
  private func values(
    of operand: PredicateNode, _ literals: [PredicateNode], as type: ValueType
  ) -> [Tuple]? {
    guard let key = operand.keyIndex, type == operand.type else { return nil }
    var found: [Tuple] = []
    for literal in literals {
      guard case .literal(let value) = literal.kind, value == .null || literal.type == type else {
        return nil
      }
      if value != .null { found.append([key: value]) }
    }
    return found
  }

  /// Both together; nil where they disagree.
  private static func joined(_ left: Tuple, _ right: Tuple) -> Tuple? {
    var joined = left
    for (key, value) in right {
      guard joined[key] == nil || joined[key] == value else { return nil }
      joined[key] = value
    }
    return joined
  }
}
