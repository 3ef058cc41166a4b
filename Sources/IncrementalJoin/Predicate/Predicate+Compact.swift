extension Predicate {
  /// An equivalent of `plain` that is as short as factoring makes it.
  ///
  /// Partitions with a common prefix share it, values with the same rest share an IN, and runs of
  /// three or more adjacent integers or dates become BETWEEN. It is exact over the whole domain, not
  /// only over the known partitions. FALSE for no partition.
  public static func compact(_ partitions: [Partition]) -> Predicate {
    guard let keys = partitions.first?.keys else { return .constant(false) }
    return factor(partitions.map { $0.values[...] }, keys: keys[...])
  }

  private static func factor(
    _ rows: [ArraySlice<PartitionValue>], keys: ArraySlice<PartitionKey>
  ) -> Predicate {
    guard let key = keys.first else { return .constant(true) }
    guard keys.count > 1 else { return valueSet(key, Set(rows.compactMap(\.first))) }
    var rests: [PartitionValue: [ArraySlice<PartitionValue>]] = [:]
    for row in rows {
      guard let value = row.first else { continue }
      rests[value, default: []].append(row.dropFirst())
    }
    var order: [Predicate] = []
    var valuesOf: [Predicate: Set<PartitionValue>] = [:]
    for (value, rest) in rests.sorted(by: { $0.key < $1.key }) {
      let predicate = factor(rest, keys: keys.dropFirst())
      if valuesOf[predicate] == nil { order.append(predicate) }
      valuesOf[predicate, default: []].insert(value)
    }
    return any(
      order.map { rest in
        let values = valueSet(key, valuesOf[rest] ?? [])
        if case .and(let terms) = rest { return .and([values] + terms) }
        return .and([values, rest])
      })
  }

  private static func valueSet(_ key: PartitionKey, _ values: Set<PartitionValue>) -> Predicate {
    var terms: [Predicate] = []
    var single: [PartitionValue] = []
    for run in runs(values.subtracting([.null]).sorted()) {
      if run.count >= 3, let first = run.first, let last = run.last {
        terms.append(.isBetween(key, first, last))
      } else {
        single += run
      }
    }
    if single.count == 1 { terms.append(.equals(key, single[0])) }
    if single.count > 1 { terms.append(.isIn(key, single)) }
    if values.contains(.null) { terms.append(.isNull(key)) }
    return any(terms)
  }

  /// Cuts sorted values into runs in which each is the successor of the one before.
  private static func runs(_ values: [PartitionValue]) -> [[PartitionValue]] {
    var runs: [[PartitionValue]] = []
    for value in values {
      if let previous = runs.last?.last, previous.successor == value {
        runs[runs.count - 1].append(value)
      } else {
        runs.append([value])
      }
    }
    return runs
  }

  private static func any(_ terms: [Predicate]) -> Predicate {
    terms.count == 1 ? terms[0] : .or(terms)
  }
}

extension PartitionValue {
  /// The next value of a discrete type; nil where there is none.
  fileprivate var successor: PartitionValue? {
    switch self {
    case .integer(let number): number == .max ? nil : .integer(number + 1)
    case .date(let days): .date(days: days + 1)
    case .null, .boolean, .decimal, .timestamp, .string: nil
    }
  }
}
