import Foundation
public import PartitionPredicate

extension PendingReport {
  /// The predicate that loads exactly what a run would load from one input.
  public func generated(forInput input: JobInput) -> GeneratedPredicate {
    let index = job.inputs.firstIndex { $0.name == input.name } ?? 0
    let listed = snapshots[index].partitions
    func read(by outputs: [PendingPartition]) -> [Partition] {
      var seen: Set<Partition> = []
      var places = IndexSet()
      var partitions: [Partition] = []
      for output in outputs {
        let part = output.inputs[index]
        if let own = part.own(of: output.partition) {
          partitions.append(own)
          continue
        }
        // Neighbors read nearly the same partitions.
        let new = IndexSet(integersIn: part.members.startIndex..<part.members.endIndex)
          .subtracting(places)
        places.formUnion(new)
        partitions += new.map { part.members[$0].partition }
      }
      return partitions.filter { seen.insert($0).inserted }
    }
    let partitions = read(by: pending.filter { $0.hold == nil })
    var known: Set<Partition> = Set(listed.keys)
    for output in self.known {
      if let own = output.inputs[index].own(of: output.partition) { known.insert(own) }
    }
    return GeneratedPredicate(
      keys: input.table.keys, partitions: partitions, known: known.sorted(),
      spellings: Dictionary(
        partitions.compactMap { partition in listed[partition].map { (partition, $0.spellings) } },
        uniquingKeysWith: { $1 }))
  }
}
