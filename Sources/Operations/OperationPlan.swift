import Foundation
public import IncrementalJoin
public import PartitionPredicate

/// What an operation would do.
public enum OperationPlan: Sendable {
  /// Positions would move.
  case bookmark(BookmarkPreview)
  /// Builds would be undone.
  case undo(UndoPlan)
  /// Staged partitions would be published.
  case publish(staged: RunID, of: JobDefinition, [StagedDifference])
  /// Staged partitions would be thrown away.
  case discard(staged: RunID, of: JobDefinition, [Partition])
  /// Replaced versions would be removed.
  case collectGarbage(ReplacedVersions)
  /// What is in the output would become known.
  case adoption(AdoptionPlan)

  /// The id with which the operation is performed; nil when it has none.
  public var id: String? {
    switch self {
    case .bookmark(let preview): preview.id
    case .undo(let plan): plan.id
    case .adoption(let plan): plan.id
    case .publish, .discard, .collectGarbage: nil
    }
  }

  /// Whether there is nothing to do.
  public var isEmpty: Bool {
    switch self {
    case .bookmark(let preview): preview.isEmpty
    case .undo(let plan): plan.units.isEmpty
    case .publish: false
    case .discard(_, _, let partitions): partitions.isEmpty
    case .collectGarbage(let versions): versions.expired.isEmpty
    case .adoption(let plan): plan.isEmpty
    }
  }
}

/// The replaced versions of a job's output that are kept for undo.
public struct ReplacedVersions: Hashable, Sendable {
  /// The job whose limits decide what is kept.
  public let job: JobDefinition
  /// What is kept.
  public let kept: [KeptRun]
  /// The part of it that would be removed.
  public var expired: [KeptRun]

  /// Describes what is kept and what would be removed.
  public init(job: JobDefinition, kept: [KeptRun], expired: [KeptRun]) {
    self.job = job
    self.kept = kept
    self.expired = expired
  }
}

/// What a run changed, or would change.
public enum RunChanges: Hashable, Sendable {
  /// What it staged, compared with what is published.
  case staged([StagedDifference])
  /// What it published, compared with what was published before.
  case published([RunDifference])
}

extension OpenWorkspace {
  /// Plans an operation on a job without carrying it out.
  ///
  /// - Parameters:
  ///   - operation: The operation.
  ///   - job: The job.
  ///   - samples: How many rows of each kind to show of what a publish would change.
  /// - Returns: What it would do.
  /// - Throws: What the planner of the operation throws.
  public func plan(_ operation: JobOperation, of job: JobDefinition, samples: Int) async throws
    -> OperationPlan
  {
    switch operation {
    case .bookmark(let change):
      return .bookmark(
        try await BookmarkPlanner(storage: storage, ledger: try ledger()).preview(change, of: job))
    case .undo(let request):
      return .undo(
        try await UndoPlanner(storage: storage, ledger: try ledger()).plan(request, of: job))
    case .publish(let run, let partitions):
      let differences = try await differences(
        stagedBy: run, of: job, partitions: partitions, samples: samples)
      return .publish(staged: run, of: job, differences)
    case .discard(let run, let partitions):
      let keys = job.output.keys
      let staged = try ledger().staged(run: run, keys: keys).map {
        try $0.partition.read(as: keys)
      }
      return .discard(staged: run, of: job, partitions ?? staged)
    case .collectGarbage: return .collectGarbage(try await keptVersions(of: job))
    case .adopt:
      return .adoption(
        try await AdoptionPlanner(
          storage: storage, ledger: try ledger(), workspace: identity
        ).plan(job))
    }
  }

  /// How what a run staged differs from what is published.
  ///
  /// - Throws: `StagedRunError`, `EngineError`, or what the ledger and the storage throw.
  public func differences(
    stagedBy run: RunID, of job: JobDefinition, partitions: [Partition]? = nil, samples: Int
  ) async throws -> [StagedDifference] {
    try await comparison(for: job).compare(
      staged: run, of: job, partitions: partitions, samples: samples)
  }

  /// What a run changed, or would change if what it staged were published.
  ///
  /// - Parameters:
  ///   - run: A run of the job.
  ///   - job: The job.
  ///   - partitions: Which of its partitions; nil for all.
  ///   - samples: How many rows of each kind to return per partition.
  /// - Returns: A difference for each partition.
  /// - Throws: `StagedRunError`, `RunComparisonError`, `EngineError`, or what the ledger and the storage throw.
  public func changes(
    by run: RunID, of job: JobDefinition, partitions: [Partition]? = nil, samples: Int
  ) async throws -> RunChanges {
    if try ledger().run(run)?.state == .staged {
      return .staged(
        try await differences(stagedBy: run, of: job, partitions: partitions, samples: samples))
    }
    return .published(
      try await comparison(for: job).compare(
        run: run, of: job, partitions: partitions, samples: samples))
  }

  private func comparison(for job: JobDefinition) throws -> RunComparison {
    try RunComparison(storage: storage, ledger: ledger(), rows: engine(for: job))
  }

  /// The replaced versions that are kept, and those that would be removed.
  ///
  /// - Throws: `PublishError`, or what the ledger throws.
  public func keptVersions(of job: JobDefinition) async throws -> ReplacedVersions {
    let kept = try await storage.outputs.kept(of: job.output)
    let runs = try ledger().runs(job: job.name, limit: .max)
    return ReplacedVersions(
      job: job, kept: kept, expired: Retention(job.limits).expired(kept, runs: runs, at: Date()))
  }
}
