extension PredicateNode {
  /// The compact predicate of the alternatives that name one partition each, by `=` or IS NULL on
  /// every key, as the plain form does; in about linear time, however many they are.
  func gatheringPartitions(_ keys: [PartitionKey]) -> PredicateNode? {
    guard keys.count > 1, case .or(let terms) = kind else { return nil }
    var partitions: [Partition] = []
    var others: [PredicateNode] = []
    var place: Int?
    for term in terms {
      if let values = term.partitionValues(keys) {
        place = place ?? others.count
        partitions.append(Partition(keys: keys, values: values))
      } else {
        others.append(term)
      }
    }
    guard let place, partitions.count > 1 else { return nil }
    let compact = PushdownPredicate.compact(partitions, keys: keys).root
    others.insert(contentsOf: compact.terms(of: .or), at: place)
    let node = PredicateNode.any(others)
    // A compact predicate may have such alternatives itself; nothing is gained the second time.
    return node.length < length ? node : nil
  }

  /// The values of the one partition that a conjunction selects; nil where it may select others.
  private func partitionValues(_ keys: [PartitionKey]) -> [PartitionValue]? {
    guard case .and(let terms) = kind, terms.count == keys.count else { return nil }
    var values = [PartitionValue?](repeating: nil, count: keys.count)
    for term in terms {
      guard let (key, value) = term.equality(keys), values[key] == nil else { return nil }
      values[key] = value
    }
    return values.compactMap(\.self)
  }

  private func equality(_ keys: [PartitionKey]) -> (key: Int, value: PartitionValue)? {
    switch kind {
    case .test(.isNull(let operand), negated: false): return operand.keyIndex.map { ($0, .null) }
    case .comparison(.equal, let left, let right, let shared):
      guard let key = left.keyIndex, ValueType(keys[key].type) == shared,
        let value = right.constant(as: shared), value != .null
      else { return nil }
      return (key, value)
    default: return nil
    }
  }
}
