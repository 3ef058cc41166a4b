extension PushdownPredicate {
  /// The partitions that the predicate selects, in their order.
  ///
  /// Their keys are found by name, ignoring case; a partition that lacks one is not selected. The work
  /// does not grow as terms times partitions.
  public func filter(_ partitions: [Partition]) -> [Partition] {
    var reordered: [Partition] = []
    var places: [Int] = []
    for (place, partition) in partitions.enumerated() {
      guard let same = partition.keys == keys ? partition : partition.reordered(to: keys) else {
        continue
      }
      reordered.append(same)
      places.append(place)
    }
    return PartitionTable(reordered, keys: keys).select(self).map { partitions[places[$0]] }
  }
}
