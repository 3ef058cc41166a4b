public import PartitionPredicate

extension PendingReport {
  /// The predicate that loads exactly what a run would load of one input.
  public func generated(forInput input: JobInput) -> GeneratedPredicate {
    let keys = input.table.keys
    let partitions = pending.filter { $0.hold == nil }
      .compactMap { $0.partition.reordered(to: keys) }
    let index = job.inputs.firstIndex { $0.name == input.name }
    let listed = index.map { snapshots[$0].partitions } ?? [:]
    return GeneratedPredicate(
      keys: keys, partitions: partitions,
      known: known.compactMap { $0.partition.reordered(to: keys) },
      spellings: Dictionary(
        partitions.compactMap { partition in listed[partition].map { (partition, $0.spellings) } },
        uniquingKeysWith: { $1 }))
  }
}
