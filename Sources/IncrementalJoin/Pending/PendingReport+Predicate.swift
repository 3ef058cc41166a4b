import Foundation
public import PartitionPredicate

extension PendingReport {
  /// The predicate that loads exactly what a run would load from one input; `nearby` is the halo.
  public func generated(forInput input: JobInput) -> GeneratedPredicate {
    let index = job.inputs.firstIndex { $0.name == input.name } ?? 0
    let listed = snapshots[index].partitions
    let (partitions, halo) = read(ofInput: index)
    var known: Set<Partition> = Set(listed.keys)
    for output in self.known {
      if let own = output.inputs[index].own(of: output.partition) { known.insert(own) }
    }
    return GeneratedPredicate(
      keys: input.table.keys, partitions: Array(partitions), nearby: halo, known: known.sorted(),
      spellings: Dictionary(
        partitions.compactMap { partition in listed[partition].map { (partition, $0.spellings) } },
        uniquingKeysWith: { $1 }))
  }

  /// The partitions that a run would read of an input, and those among them that lie in no built partition's own span.
  private func read(ofInput index: Int) -> (all: Set<Partition>, halo: [Partition]) {
    var own: Set<Partition> = []
    var (reached, core) = (IndexSet(), IndexSet())
    var members: [(place: Int, partition: Partition)] = []
    for output in pending where output.hold == nil {
      let part = output.inputs[index]
      if let partition = part.own(of: output.partition) {
        own.insert(partition)
        continue
      }
      core.insert(integersIn: part.core)
      let places = part.members.startIndex..<part.members.endIndex
      // Neighbors read nearly the same partitions.
      for place in IndexSet(integersIn: places).subtracting(reached) {
        members.append((place, part.members[place].partition))
      }
      reached.insert(integersIn: places)
    }
    return (
      own.union(members.map { $0.partition }),
      members.filter { !core.contains($0.place) }.map { $0.partition }
    )
  }
}
