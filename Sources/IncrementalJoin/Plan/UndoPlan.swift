public import PartitionPredicate
import Wording

/// An operator's request to undo something.
public enum UndoRequest: Hashable, Sendable {
  /// Everything that a run published, or moved.
  case run(RunID)
  /// The last publish of these output partitions, whichever runs made it.
  case partitions([Partition])

  /// In words: `run 12`.
  var detail: String {
    switch self {
    case .run(let run): "run \(run)"
    case .partitions(let named):
      named.count == 1 ? "partition \(named[0])" : Quantity.count(named.count, "partition")
    }
  }

  /// The run that it names; nil when it names partitions.
  var run: RunID? { if case .run(let run) = self { run } else { nil } }
}

/// What undoing would do, before it is done.
public struct UndoPlan: Sendable {
  /// One output partition that goes back.
  public struct Unit: Hashable, Sendable {
    /// What becomes of the published files.
    public enum Action: String, Hashable, Sendable, Codable {
      /// The replaced version comes back.
      case restore
      /// The partition is removed, because nothing was published before.
      case remove
      /// The published files stay: the run had left them as they were, or moved a position only.
      case stay
    }

    /// The output partition.
    public let partition: Partition
    /// The run that is undone.
    public let run: RunID
    /// What becomes of the published files.
    public let action: Action
    /// Rows that are published now.
    public let rows: Int64
    /// The rows that would be published: those from before the run; 0 where they were not counted.
    public let rowsBefore: Int64
    /// Whether files would be published.
    public let hasContentBefore: Bool
    /// Whether the run had adopted what is published, which would then belong to no run again.
    public let isAdoption: Bool
    /// Where the position moves.
    let position: PositionMove
    /// The build that is current again; nil when nothing was built, or when only a position moved.
    let lineage: Lineage?
    /// The files that the build that is current again had published; nil without rows, and where an
    /// earlier Dovetail did not record them.
    let content: PartitionVersion?
    /// The files that are published now, as the ledger has them; nil without rows, and where an earlier
    /// Dovetail did not record them.
    let published: PartitionVersion?
    /// What the build that is current again had read.
    let inputs: [String: PartitionVersion]
    /// Whether lineage goes back too.
    let isBuild: Bool

    /// The reason that the ledger keeps of the work unit.
    var reason: String { "undo of run \(run)" }

    /// How the ledger records the work unit.
    var state: WorkUnitState {
      // Files that an adoption had found stay where they are.
      if isAdoption { return .unchanged }
      return !hasContentBefore ? .removed : action == .stay ? .unchanged : .committed
    }
  }

  /// The job as it was defined when the plan was made.
  public let job: JobDefinition
  /// What is undone.
  public let request: UndoRequest
  /// A name for exactly this.
  public let id: String
  /// In the order of their partitions.
  public let units: [Unit]
  /// Whether columns come back that have other types than the published ones, which happens to all
  /// partitions together.
  let switchesTypes: Bool

  /// What is undone, in words: `run 12`.
  public var detail: String { request.detail }

  /// What the undo does, in order.
  public var steps: [PlanStep] {
    let moves = units.filter { !$0.isBuild }.map(\.position)
    let builds = units.filter(\.isBuild)
    let size = switchesTypes ? builds.count : PlanStep.batchSize
    return (moves.isEmpty ? [] : [.move(moves, because: .undo(detail: detail))])
      + PlanStep.batches(of: builds, size: size).flatMap { batch -> [PlanStep] in
        let partitions = batch.map(\.partition)
        return [.restore(batch), .publish(partitions), .commit(partitions)]
      } + [.sweep]
  }
}

/// Why something cannot be undone; nothing was changed.
public enum UndoError: CategorizedError, Hashable, Sendable {
  /// The run published and moved nothing.
  case nothing(job: String, run: RunID)
  /// The partition was never built.
  case neverBuilt(job: String, partition: ExactText)
  /// A later run published the partition or moved its position.
  case overwritten(job: String, run: RunID, partition: ExactText, by: RunID)
  /// The replaced version was swept; `kept` are the runs whose replaced versions are kept.
  case notKept(job: String, run: RunID, partition: ExactText, kept: [RunID])
  /// The kept version is not the one that the run replaced.
  case keptChanged(job: String, run: RunID, partition: ExactText)
  /// The run took the partition over from somebody else, whose version is in the folder `kept`.
  case adopted(job: String, run: RunID, partition: ExactText, kept: String)
  /// The published files are not those that the ledger knows.
  case publishedChanged(job: String, partition: ExactText)
  /// Undoing `run` would give the columns of `partition` types other than those of `staying`, which stays published.
  /// `needed` is the run that built that one: `run`, all of which has to be undone, or a later one; nil where no undo
  /// helps.
  case mixedTypes(
    job: String, run: RunID, partition: ExactText, types: OutputTypes, staying: ExactText,
    needed: RunID?)
  /// The run was undone already, in the run `by`.
  case alreadyUndone(job: String, run: RunID, by: RunID)
  /// An interrupted run has published a partition that was named, and the ledger knows it only now.
  case recovered(job: String, partition: ExactText)
  /// Something moved since the preview.
  case outOfDate(job: String)
}

extension UndoError {
  /// The operator named what does not exist, or what cannot be undone any more.
  public var category: ErrorCategory {
    switch self {
    case .neverBuilt: .usage
    case .nothing, .overwritten, .notKept, .keptChanged, .adopted, .publishedChanged,
      .alreadyUndone, .mixedTypes, .recovered, .outOfDate:
      .refused
    }
  }
}

extension UndoError: Advising {
  /// The sentence for the operator: what is not possible, and what is.
  public func sentence(_ words: (Remedy) -> String) -> String {
    switch self {
    case .nothing(let job, let run):
      return "Run \(run) of job \(job) published and moved nothing, so there is nothing to "
        + "undo. \(words(.runs(of: job))) lists its runs."
    case .neverBuilt(let job, let partition):
      return "Partition \(partition) of job \(job) was never built, so there is nothing to undo."
    case .overwritten(let job, let run, let partition, let by):
      return "Run \(run) of job \(job) cannot be undone: run \(by) has since changed \(partition). "
        + "Undo run \(by) first, or name the partitions of run \(run) that no later run changed."
    case .notKept(let job, let run, let partition, let kept):
      let runs = kept.map { "\($0)" }.joined(separator: ", ")
      return "The version of \(partition) that run \(run) of job \(job) replaced is not kept any "
        + "more (\(kept.isEmpty ? "none is" : "kept are those of run \(runs)")). `limits:` in "
        + "dovetail.yaml says how long versions are kept; \(words(.rerun(partition))) rebuilds "
        + "it from the current files."
    case .keptChanged(let job, let run, let partition):
      return "The kept version of \(partition) is not the one that run \(run) of job \(job) "
        + "replaced: its files were changed, or another workspace writes the same output. "
        + "\(words(.rerun(partition))) rebuilds the partition from the current files."
    case .adopted(let job, let run, let partition, let kept):
      return
        "Run \(run) of job \(job) took \(partition) over with --adopt: what it replaced was built by "
        + "no run of this workspace, so it cannot be published again. It is kept in \(kept); copy "
        + "it from there, or name the other partitions."
    case .publishedChanged(let job, let partition):
      return
        "The published files of \(partition) are not those that the last run of job \(job) left: "
        + "somebody else changed them, and an undo would remove them. \(words(.verify)) shows the "
        + "drift; \(words(.rerun(partition))) rebuilds the partition from the current files."
    case .mixedTypes(let job, let run, let partition, let types, let staying, let needed):
      let remedy =
        switch needed {
        case run: "Undo all of run \(run): \(words(.undo(run)))."
        case .some(let later): "Undo run \(later) first: \(words(.undo(later)))."
        case nil: "\(words(.rerun(partition))) rebuilds the partition from the current files."
        }
      return
        "Undoing run \(run) of job \(job) in \(partition) would put back columns of `types: "
        + "\(types.rawValue)`, and \(staying), which stays published, has others. Nothing was "
        + "changed. \(remedy)"
    case .alreadyUndone(let job, let run, let by):
      return "Run \(run) of job \(job) was already undone by run \(by). Undo run \(by) to "
        + "restore it."
    case .recovered(let job, let partition):
      return
        "A run of job \(job) that was interrupted has published \(partition), which the ledger knows only now: this "
        + "publish would be undone, and not the one before. Nothing was undone; look at it again."
    case .outOfDate(let job):
      return "The output or the positions of job \(job) moved since the preview. Nothing was "
        + "changed; look at it again."
    }
  }
}
