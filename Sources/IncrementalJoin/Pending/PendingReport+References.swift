public import PartitionPredicate

extension PendingReport {
  /// The partitions that were built from other versions of a reference than there are now.
  ///
  /// That is no reason to build them again: `changes: ignore` says so.
  ///
  /// - Parameter name: An input.
  /// - Returns: None for an input that the job does not have.
  public func built(fromOlder name: String) -> Set<Partition> {
    guard let index = job.inputs.firstIndex(where: { $0.name.isSameName(as: name) }) else {
      return []
    }
    let input = job.inputs[index].name
    return Set(
      known.filter { partition in
        guard partition.inputs[index].isLookedAt, let lineage = lineages[partition.partition] else {
          return false
        }
        return !isCopy(partition.inputs[index].version, of: lineage.inputs[input])
      }.map(\.partition))
  }

  /// How many partitions were built from other versions of each reference than there are now, by its name;
  /// references that are up to date are left out.
  public var olderReferences: [String: Int] {  // characters: input names are ASCII
    var counts: [String: Int] = [:]  // characters: input names are ASCII
    for input in job.inputs where input.changes != .all {
      let count = built(fromOlder: input.name).count
      if count > 0 { counts[input.name] = count }
    }
    return counts
  }
}
