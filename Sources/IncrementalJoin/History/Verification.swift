public import PartitionPredicate

/// Whether the published rows of one output partition are those that its inputs give.
public struct Verification: Hashable, Sendable {
  /// The result of a recomputation.
  public enum Outcome: Hashable, Sendable {
    /// What is published equals what was recomputed, row by row; 0 for a partition that is rightly empty.
    case certified(rows: Int64)
    /// From what is published to what was recomputed.
    case differs(RowDifference)
    /// Nothing is published, and there should be rows.
    case missing(rows: Int64)
    /// A published file cannot be read, so the partition must be rebuilt.
    case unreadable(path: String, reason: String)
    /// Files are published, and there should be no row.
    case surplus(files: Int)
    /// The files of these inputs are not those that the published content was built from.
    case inputsChanged([String], since: RunID)
    /// The job's definition is not that of the published content.
    case definitionChanged(since: RunID)
    /// No run has built the partition.
    case neverBuilt
    /// What is published was adopted by a run, so what it was built from is unknown.
    case adopted(by: RunID)
    /// The input files may not be read for now.
    case held(Hold)
    /// A file that was to be read disappeared or changed in the meantime.
    case moved(PinError)
    /// The recomputation failed, with its sentence.
    case failed(message: String)
  }

  /// The output partition.
  public let partition: Partition
  /// What was found.
  public let outcome: Outcome

  /// Creates the result of a verification.
  public init(partition: Partition, outcome: Outcome) {
    self.partition = partition
    self.outcome = outcome
  }

  /// Whether nothing can be said of the rows, since their origin is unknown.
  public var isAdopted: Bool { if case .adopted = outcome { true } else { false } }

  /// Whether the published rows are known to be right.
  public var isCertified: Bool { if case .certified = outcome { true } else { false } }

  /// Whether the published rows are known to be wrong, so the partition must be rebuilt.
  public var needsRepair: Bool {
    switch outcome {
    case .differs, .missing, .surplus, .unreadable: true
    case .certified, .inputsChanged, .definitionChanged, .neverBuilt, .adopted, .held, .moved,
      .failed:
      false
    }
  }
}
