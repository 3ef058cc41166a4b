extension Predicate {
  /// The recipe's form: one conjunction of equalities a partition, joined by OR.
  ///
  /// FALSE for no partition.
  public static func plain(_ partitions: [Partition]) -> Predicate {
    guard !partitions.isEmpty else { return .constant(false) }
    return .or(
      partitions.sorted().map { partition in
        .and(
          zip(partition.keys, partition.values).map { key, value in
            value == .null ? .isNull(key) : .equals(key, value)
          })
      })
  }
}
