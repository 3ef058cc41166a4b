public import IncrementalJoin
public import PartitionPredicate

/// What an operator does to a job's positions or published data, other than building.
public enum JobOperation: Hashable, Sendable {
  /// Positions move; the note is part of the change.
  case bookmark(BookmarkChange)
  /// A run is undone, or the last publish of some partitions.
  case undo(UndoRequest)
  /// What a run staged is published, all of it or some partitions.
  case publish(staged: RunID, partitions: [Partition]?)
  /// What a run staged is thrown away, all of it or some partitions.
  case discard(staged: RunID, partitions: [Partition]?)
  /// Replaced versions that are past their retention are removed.
  case collectGarbage
  /// What is in the output, and what no run has built, becomes known as it is.
  case adopt

  /// The partitions that it names; empty where it is about a run or all partitions.
  public var partitions: [Partition] {
    switch self {
    case .bookmark(let change): change.partitions ?? []
    case .undo(.partitions(let partitions)): partitions
    case .publish(_, let partitions), .discard(_, let partitions): partitions ?? []
    case .undo(.run), .collectGarbage, .adopt: []
    }
  }

  /// Whether its reason is recorded; a skip requires one.
  public var note: NoteRule {
    switch self {
    case .bookmark(let change): change.kind == .skip ? .required : .optional
    case .undo, .adopt: .optional
    case .publish, .discard, .collectGarbage: .none
    }
  }

  /// Whether the operator gives a reason.
  public enum NoteRule: Hashable, Sendable {
    /// Nothing is recorded.
    case none
    /// The operator may give a reason.
    case optional
    /// The operator has to give a reason.
    case required
  }
}
