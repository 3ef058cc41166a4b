public import PartitionPredicate

/// Why what a run staged cannot be published or discarded.
public enum StagedRunError: Error, Hashable, Sendable {
  case unknownRun(job: String, run: RunID)
  case runOfAnotherJob(job: String, run: RunID, other: String)
  /// Nothing of the run waits.
  case nothingStaged(job: String, run: RunID, state: RunState)
  case notStaged(job: String, run: RunID, partition: ExactText, staged: [ExactText])
  /// A later run published the partition.
  case published(partition: ExactText, by: RunID)
  /// A later run moved the partition's position without building it.
  case moved(partition: ExactText, by: RunID)
  case definitionChanged(partition: ExactText)
  /// What the run staged has other types of its columns than `partition`, which stays published.
  case mixedTypes(
    job: String, run: RunID, types: OutputTypes, partition: ExactText, published: OutputTypes)
  /// The staged files are gone.
  case vanished(partition: ExactText)
}

extension StagedRunError: CustomStringConvertible {
  /// The sentence for the operator: what is not possible, and what is.
  public var description: String {
    switch self {
    case .unknownRun(let job, let run):
      return "Job \(job) has no run \(run). `dovetail history --job \(job)` lists its runs."
    case .runOfAnotherJob(let job, let run, let other):
      return "Run \(run) is a run of job \(other), not of \(job). Name it with --job \(other)."
    case .nothingStaged(let job, let run, let state):
      return "Run \(run) of job \(job) has nothing staged (its state is \(state.rawValue)). "
        + "`dovetail run --stage-only` stages."
    case .notStaged(let job, let run, let partition, let staged):
      let near = staged.prefix(5).joined(separator: ", ")
      return "Run \(run) of job \(job) has not staged \(partition). It has staged: \(near)"
        + (staged.count > 5 ? " and \(staged.count - 5) more." : ".")
    case .published(let partition, let by):
      return "Run \(by) has published \(partition) since it was staged. Nothing was published; "
        + "stage it again."
    case .moved(let partition, let by):
      return "Run \(by) has moved the position of \(partition) since it was staged. Nothing was "
        + "published; stage it again, or undo run \(by) and publish."
    case .definitionChanged(let partition):
      return "The job's definition changed since \(partition) was staged. Nothing was published; "
        + "stage it again."
    case .mixedTypes(let job, let run, let types, let partition, let published):
      return "Run \(run) of job \(job) has staged columns of `types: \(types.rawValue)`, and "
        + "\(partition), which stays published, has those of `types: \(published.rawValue)`. Nothing "
        + "was published. Forget what is staged with `dovetail publish \(run) --none`; `dovetail run` "
        + "builds it anew."
    case .vanished(let partition):
      return "The staged files of \(partition) are gone. Nothing was published; stage it again."
    }
  }
}
