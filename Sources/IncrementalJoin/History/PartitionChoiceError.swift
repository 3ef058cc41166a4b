public import PartitionPredicate

/// Why a choice of partitions cannot be resolved.
public enum PartitionChoiceError: CategorizedError, Hashable, Sendable {
  /// A text that is no path of the output's keys.
  case path(PartitionError)
  /// A range `A..B` of which one end is no path of the output's keys.
  case rangeEnd(range: ExactText, PartitionError)
  /// A range that ends before it begins.
  case reversedRange(from: ExactText, to: ExactText)
  /// No input has the partition, and it was never built.
  case unknownPartition(job: String, partition: ExactText, near: [ExactText])
  /// There is no run of this number.
  case unknownRun(run: RunID, runs: JobRuns)
  /// The run is another job's.
  case otherJob(run: RunID, of: String, runs: JobRuns)

  /// Each is about what the operator named.
  public var category: ErrorCategory { .usage }
}
