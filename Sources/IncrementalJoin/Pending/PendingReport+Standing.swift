public import PartitionPredicate

extension PendingReport {
  /// Why a run would take an output partition or leave it out, as the end of a sentence.
  ///
  /// The keys of the partition may be in another order than the output's.
  public func standing(of partition: Partition) -> String {
    guard let partition = partition.reordered(to: job.output.keys),
      let known = known.first(where: { $0.partition == partition })
    else { return "not known: no input has it, and it was never built" }
    if let hold = known.hold { return "\(hold)" }
    if known.reasons.isEmpty {
      let run = positions[partition].map { " by run \($0.run)" } ?? ""
      return "not pending: its files are those consumed\(run)"
    }
    return "pending: \(known.reasons.map(\.description).joined(separator: "; "))"
  }
}
