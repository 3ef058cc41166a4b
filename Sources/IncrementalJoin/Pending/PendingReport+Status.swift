public import PartitionPredicate
import Wording

extension PendingReport {
  /// Why a run would take an output partition or leave it out, as the end of a sentence.
  ///
  /// The keys of the partition may be in another order than the output's; `words` are for what helps.
  public func status(
    of partition: Partition, _ words: (Remedy) -> String = { $0.command }
  ) -> String {
    guard let partition = partition.reordered(to: job.output.keys),
      let known = known.first(where: { $0.partition == partition })
    else { return "not known: no input has it, and it was never built" }
    if let hold = known.hold { return hold.sentence(words) }
    if known.reasons.isEmpty, let input = known.inputs.first(where: { !$0.isLookedAt }) {
      return
        "not looked at: it is outside what table \(input.input.table.name) watches; "
        + "\(words(.lookEverywhere)) looks at it"
    }
    if !known.outOfReach.isEmpty {
      return "not pending: \(known.outOfReach.map(\.description).joined(separator: "; "))"
    }
    if known.reasons.isEmpty {
      let run = positions[partition].map { " by run \($0.run)" } ?? ""
      return "not pending: its files are those consumed\(run)"
    }
    return "pending: \(known.reasons.map(\.description).joined(separator: "; "))"
  }

  /// Why a run would read a partition of an input or leave it.
  ///
  /// - Parameters:
  ///   - partition: With the input's own keys.
  ///   - index: The input's place in the job.
  ///   - words: For what helps.
  /// - Returns: The end of a sentence.
  public func status(
    of partition: Partition, input index: Int, _ words: (Remedy) -> String = { $0.command }
  ) -> String {
    guard let place = place(of: partition, input: index) else {
      return known.contains { !$0.inputs[index].isAlone }
        ? "not read: it has no files, or none that an output partition reads"
        : status(of: partition, words)
    }
    var (core, halo): ([Partition], [Partition]) = ([], [])
    var owner: Partition?
    for output in known {
      let part = output.inputs[index]
      guard part.members.indices.contains(place) else { continue }
      let isCore = part.core.contains(place)
      if isCore { owner = owner ?? output.partition }
      guard !output.reasons.isEmpty, output.hold == nil else { continue }
      if isCore { core.append(output.partition) } else { halo.append(output.partition) }
    }
    func first(_ partitions: [Partition]) -> String {
      partitions.count == 1
        ? partitions[0].path.text
        : "\(partitions[0].path) and \(Quantity.number(partitions.count - 1)) more"
    }
    let isNamesake = owner?.path == partition.path && core.count < 2
    switch (core.isEmpty, halo.isEmpty) {
    case (true, true):
      guard let owner else { return "not read: no pending partition reads it" }
      let status = status(of: owner, words)
      return isNamesake ? status : "not read: \(owner.path) is \(status)"
    case (false, true):
      return isNamesake ? status(of: core[0], words) : "read for the pending \(first(core))"
    case (true, false): return "read as halo of the pending \(first(halo))"
    case (false, false):
      return "read for the pending \(first(core)), and as halo of \(first(halo))"
    }
  }

  /// The index of a partition among those of which output partitions read ranges; nil for one that none reads, and
  /// where each output partition reads only its own.
  private func place(of partition: Partition, input index: Int) -> Int? {
    var looked = 0
    for part in known.lazy.map({ $0.inputs[index] }) where !part.isAlone {
      // Neighbors read nearly the same partitions.
      let new = max(looked, part.members.startIndex)..<max(looked, part.members.endIndex)
      if let place = part.members[clamped: new].firstIndex(where: { $0.partition == partition }) {
        return place
      }
      if part.members.startIndex <= looked { looked = max(looked, part.members.endIndex) }
    }
    return nil
  }
}

extension ArraySlice {
  fileprivate subscript(clamped range: Range<Int>) -> ArraySlice {
    self[range.clamped(to: indices)]
  }
}
