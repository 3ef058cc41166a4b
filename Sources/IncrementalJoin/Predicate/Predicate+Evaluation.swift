extension Predicate {
  /// Whether the predicate selects a partition, found by its keys' names ignoring case.
  ///
  /// A comparison with a NULL value does not select, as in SQL.
  public func selects(_ partition: Partition) -> Bool {
    switch self {
    case .constant(let flag): flag
    case .equals(let key, let value): value != .null && partition[key.name] == value
    case .isNull(let key): partition[key.name] == .null
    case .isIn(let key, let values):
      partition[key.name].map { $0 != .null && values.contains($0) } ?? false
    case .isBetween(let key, let low, let high):
      partition[key.name].map { $0 != .null && low <= $0 && $0 <= high } ?? false
    case .and(let terms): terms.allSatisfy { $0.selects(partition) }
    case .or(let terms): terms.contains { $0.selects(partition) }
    }
  }
}

extension Partition {
  /// The value of a key by its name, ignoring case; nil when there is no such key.
  public subscript(name: String) -> PartitionValue? {
    keys.firstIndex { $0.name.lowercased() == name.lowercased() }.map { values[$0] }
  }
}
