public import PartitionPredicate
import Wording

/// An operator's request to change a job's positions without building anything.
public struct BookmarkChange: Hashable, Sendable {
  /// Where the positions go.
  public enum Kind: Hashable, Sendable {
    /// Back to where they were after a run; 0 is before the first one.
    case rewind(to: RunID)
    /// Nothing counts as consumed.
    case reset
    /// The current files count as consumed: "these are already right".
    case set
    /// Exactly these of the current files count as consumed: what another tool has read.
    case take(ConsumedFiles)
    /// Pending partitions are not to be processed; their current files count as consumed.
    case skip
    /// Partitions that an undo holds, or that would be emptied, are released.
    case release
  }

  /// Where the positions go.
  public var kind: Kind
  /// Limits the change to what was consumed from this input; nil for all inputs.
  public var input: String?
  /// Only these output partitions; nil for all of them.
  public var partitions: [Partition]?
  /// Why, in the operator's words.
  public var note: String?

  /// Creates a change.
  public init(
    _ kind: Kind, input: String? = nil, partitions: [Partition]? = nil, note: String? = nil
  ) {
    self.kind = kind
    self.input = input
    self.partitions = partitions
    self.note = note
  }

  /// The kind of the run that records it.
  public var runKind: RunKind {
    switch kind {
    case .rewind: .rewind
    case .reset: .reset
    case .set, .take: .set
    case .skip: .skip
    case .release: .release
    }
  }

  /// The request in words: `to run 3, input weather, 2 partitions`.
  public var detail: String {
    var parts: [String] = []
    switch kind {
    case .rewind(let run): parts.append("to run \(run)")
    case .take(let consumed): parts.append("to \(consumed.origin)")
    case .reset, .set, .skip, .release: break
    }
    if let input { parts.append("input \(input)") }
    if let partitions {
      parts.append(
        partitions.count == 1
          ? "partition \(partitions[0])" : Quantity.count(partitions.count, "partition"))
    }
    return parts.joined(separator: ", ")
  }
}

/// What a change of positions would do.
public struct BookmarkPreview: Sendable {
  /// The request.
  public let change: BookmarkChange
  /// The job as it was defined when the preview was made.
  public let job: JobDefinition
  /// A name for exactly these moves.
  public let id: String
  /// The positions that move, in the order of the partitions.
  public let moves: [PositionMove]
  /// How inputs differ from the sources that the positions refer to, by input name: starting over, or saying that the
  /// files are right, accepts them as they are declared now.
  public let sourceChanges: [String: [String]]
  /// Partitions that are not pending now and would be.
  public let becomesPending: [PendingPartition]
  /// Partitions that are pending now and would not be.
  public let settles: [PendingPartition]
  /// Partitions that are pending now and would still be, with the reasons that they would have then.
  public let stays: [PendingPartition]
  /// Partitions that an undo holds now and that a run would take then.
  public let released: [PendingPartition]

  /// Partitions that are held since they would be emptied, and that the next run would remove.
  public let allowedRemovals: [PendingPartition]

  /// Whether nothing would change.
  public var isEmpty: Bool {
    moves.isEmpty && sourceChanges.isEmpty && allowedRemovals.isEmpty
  }

  /// What the change does, in order; empty when only sources are accepted.
  public var steps: [PlanStep] {
    (moves.isEmpty
      ? [] : [.move(moves, because: .bookmark(change.runKind, detail: change.detail))])
      + (allowedRemovals.isEmpty ? [] : [.release(allowedRemovals.map(\.partition))])
  }
}

/// Why positions cannot be moved as the operator asked; nothing was changed.
public enum BookmarkChangeError: CategorizedError, Hashable, Sendable {
  /// Only a pending partition can be marked as not to be processed.
  case notPending(job: String, partition: ExactText)
  case notHeld(job: String, partition: ExactText)
  /// The positions or the inputs moved since the preview.
  case outOfDate(job: String)
}

extension BookmarkChangeError {
  /// The operator named something wrong, unless only a preview is out of date.
  public var category: ErrorCategory {
    if case .outOfDate = self { .refused } else { .usage }
  }
}

extension BookmarkChangeError: Advising {
  /// The sentence for the operator: what is not possible, and what is.
  public func sentence(_ words: (Remedy) -> String) -> String {
    switch self {
    case .notPending(let job, let partition):
      return "Partition \(partition) of job \(job) is not pending, so there is nothing to skip. "
        + "\(words(.pending(of: job))) lists what is."
    case .notHeld(let job, let partition):
      return
        "Partition \(partition) of job \(job) is held neither by an undo nor since it would be "
        + "emptied, so there is nothing to release. \(words(.pending(of: job))) shows what is held, and why."
    case .outOfDate(let job):
      return "The inputs or positions of job \(job) moved since the preview. Nothing was changed; "
        + "look at it again."
    }
  }
}
