import PartitionPredicate

extension PartitionChoiceError: CustomStringConvertible {
  /// The sentence for the operator: what does not fit, and what is possible instead.
  public var description: String {
    switch self {
    case .path(let error):
      return "\(error)"
    case .rangeEnd(let range, let error):
      return "\"\(range)\" is not a range: \(error) Both ends of A..B are paths."
    case .reversedRange(let from, let to):
      return "The range \(from)..\(to) ends before it begins: write \(to)..\(from)."
    case .unknownPartition(let job, let partition, let near):
      let hint =
        near.isEmpty
        ? "No partition is known yet; `dovetail tables` shows what has landed."
        : "Known are, for example: \(near.joined(separator: ", ")). `dovetail bookmarks --partitions "
          + "--job \(job)` lists them all."
      return "Job \(job) has no partition \(partition): no input has it and it was never built. "
        + hint
    case .unknownRun(let run, let runs):
      return "There is no run \(run); \(runs)."
    case .otherJob(let run, let other, let runs):
      return "Run \(run) is one of job \(other); \(runs)."
    }
  }
}
