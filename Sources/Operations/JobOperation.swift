public import IncrementalJoin
public import PartitionPredicate

/// What an operator does to a job's positions or published data, other than building.
public enum JobOperation: Hashable, Sendable {
  /// Positions move; its note is the one that was asked for.
  case bookmark(BookmarkChange)
  /// A run, or the last publish of some partitions, is undone.
  case undo(UndoRequest)
  /// What a run staged is published: all of it, or some partitions.
  case publish(staged: RunID, partitions: [Partition]?)
  /// What a run staged is thrown away: all of it, or some partitions.
  case discard(staged: RunID, partitions: [Partition]?)
  /// Replaced versions that are no longer kept go.
  case collectGarbage

  /// The partitions that it names; nothing where it is about a run or all of them.
  public var partitions: [Partition] {
    switch self {
    case .bookmark(let change): change.partitions ?? []
    case .undo(.partitions(let partitions)): partitions
    case .publish(_, let partitions), .discard(_, let partitions): partitions ?? []
    case .undo(.run), .collectGarbage: []
    }
  }

  /// Whether why it is done is recorded; a skip is not done without saying so.
  public var note: NoteRule {
    switch self {
    case .bookmark(let change): change.kind == .skip ? .required : .optional
    case .undo: .optional
    case .publish, .discard, .collectGarbage: .none
    }
  }

  /// Whether the operator says why.
  public enum NoteRule: Hashable, Sendable {
    /// Nothing is recorded.
    case none
    /// The operator may say why.
    case optional
    /// The operator has to say why.
    case required
  }
}
