public import PartitionPredicate
import Synchronization

/// Runs jobs: recovers, plans, and walks the plan's steps.
public struct JobRunner: Sendable {
  let storage: StorageReader
  let outputs: any OutputStore
  let ledger: any LedgerWriter
  let engine: any JoinEngine
  let holder: LockHolder
  let concurrency: Int

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - storage: Where the inputs are listed, and the outputs examined.
  ///   - outputs: Where the outputs are published.
  ///   - ledger: What was consumed, built and run; each run is recorded in it.
  ///   - engine: Reads, joins and writes the rows of each partition.
  ///   - holder: Who is shown as holding an output's lock during a run.
  ///   - concurrency: How many staged partitions are digested, compared and made durable at the same time; how many the
  ///     engine joins at once is a separate setting.
  public init(
    storage: StorageReader, outputs: any OutputStore, ledger: any LedgerWriter,
    engine: any JoinEngine, holder: LockHolder, concurrency: Int = 2
  ) {
    self.storage = storage
    self.outputs = outputs
    self.ledger = ledger
    self.engine = engine
    self.holder = holder
    self.concurrency = max(1, concurrency)
  }

  /// Starts a run of a job.
  ///
  /// The events end with `.finished`, or with an error when the run was refused or could not continue: `PlanError`,
  /// `PublishError`, `EngineError` or what the ledger throws. A partition that fails is an event, not an error.
  public func start(_ job: JobDefinition, _ request: RunRequest = RunRequest()) -> JobRun {
    start(job, .run(request))
  }

  /// Publishes what a run has staged, all of it or some partitions.
  ///
  /// What is left stays staged, and so do removals beyond the job's limit unless they are allowed. The events end like
  /// those of `start`; it also throws `StagedRunError`.
  public func publish(
    staged run: RunID, of job: JobDefinition, partitions: [Partition]? = nil,
    allowsRemovals: Bool = false
  ) -> JobRun {
    start(
      job, .publish(staged: run, partitions: partitions, allowsRemovals: allowsRemovals))
  }

  /// Discards what a run has staged, all of it or some partitions.
  ///
  /// - Throws: `StagedRunError`, `PublishError`, or what the ledger throws.
  public func discard(staged run: RunID, of job: JobDefinition, partitions: [Partition]? = nil)
    async throws -> RunSummary
  {
    try await perform(.discard(staged: run, partitions: partitions), of: job)
  }

  /// Moves positions without building anything.
  ///
  /// - Parameters:
  ///   - change: Which positions, and where.
  ///   - job: The job whose positions they are.
  ///   - expected: `BookmarkPreview.id` of what the operator saw; refused when it would now be a different one.
  /// - Returns: The run that records it; without a number when nothing moves.
  /// - Throws: `BookmarkChangeError`, `PlanError.listing`, `PublishError`, or what the ledger throws.
  public func apply(_ change: BookmarkChange, to job: JobDefinition, expected: String? = nil)
    async throws -> RunSummary
  {
    try await perform(.moveBookmark(change, expected: expected), of: job)
  }

  /// Records what is in the output of a job as published content of unknown origin, without building anything.
  ///
  /// An output that is not the one the ledger knows is taken over.
  ///
  /// - Parameters:
  ///   - job: The job whose output it is.
  ///   - expected: `AdoptionPlan.id` of what the operator saw; refused when it would now be a different one.
  ///   - note: The reason, in the operator's words.
  /// - Returns: The run that records it; without a number when nothing is adopted.
  /// - Throws: `AdoptionError`, `PlanError`, `PublishError`, or what the ledger throws.
  public func adopt(_ job: JobDefinition, expected: String? = nil, note: String? = nil)
    async throws -> RunSummary
  {
    try await perform(.adopt(expected: expected, note: note), of: job)
  }

  /// Undoes what a run did, or the last publish of some partitions.
  ///
  /// The events end like those of `start`; it also throws `UndoError`.
  ///
  /// - Parameters:
  ///   - request: What to undo.
  ///   - job: The job that did it.
  ///   - expected: `UndoPlan.id` of what the operator saw; refused when it would now be a different one.
  ///   - note: The reason, in the operator's words.
  /// - Returns: The run in progress.
  public func undo(
    _ request: UndoRequest, of job: JobDefinition, expected: String? = nil, note: String? = nil
  ) -> JobRun {
    start(job, .undo(request, expected: expected, note: note))
  }

  /// Finishes or rolls back what an interrupted run has left, so that a preview shows the actual state.
  ///
  /// - Returns: The partitions that were published without the ledger knowing it yet; empty where nothing was left.
  /// - Throws: `PublishError`, or what the ledger throws.
  public func recover(_ job: JobDefinition) async throws -> Set<Partition> {
    if try ledger.unfinishedPublishes(job: job.name, keys: job.output.keys).isEmpty { return [] }
    let committed = Mutex<Set<Partition>>([])
    let executor = try StepExecutor(runner: self, job: job) { event in
      if case .recovered(let partition, isCommitted: true) = event {
        committed.withLock { _ = $0.insert(partition) }
      }
    }
    _ = try await executor.perform(.sweep)
    return committed.withLock(\.self)
  }

  /// Removes replaced versions that are past their retention.
  ///
  /// - Returns: What was removed.
  /// - Throws: `PublishError`, or what the ledger throws.
  public func collectGarbage(of job: JobDefinition) async throws -> [KeptRun] {
    let before = try await storage.outputs.kept(of: job.output)
    _ = try await perform(.sweep, of: job)
    let left = Set(try await storage.outputs.kept(of: job.output).map(\.run))
    return before.filter { !left.contains($0.run) }
  }

  private func perform(_ request: OperationRequest, of job: JobDefinition) async throws
    -> RunSummary
  {
    try await StepExecutor(runner: self, job: job).perform(request)
  }

  private func start(_ job: JobDefinition, _ request: OperationRequest) -> JobRun {
    let (events, continuation) = AsyncThrowingStream.makeStream(of: RunEvent.self)
    let task = Task {
      do {
        let executor = try StepExecutor(runner: self, job: job) { continuation.yield($0) }
        let observer = ListingObserver { continuation.yield(.listing($0)) }
        continuation.yield(
          .finished(
            try await ListingObserver.$current.withValue(observer) {
              try await executor.perform(request)
            }))
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
    return JobRun(events: events, task: task, job: job.name, ledger: ledger)
  }
}

/// A run in progress.
public struct JobRun: Sendable {
  /// What happens, in order; read by one consumer.
  public let events: AsyncThrowingStream<RunEvent, any Error>
  let task: Task<Void, Never>
  let job: String
  let ledger: any LedgerReader

  /// How fast the last runs of the job built; nil when it has built nothing yet.
  public var pace: RunPace? { try? RunPace(of: ledger.runs(job: job, limit: 100)) }

  /// Asks the run to end soon.
  ///
  /// Partitions that are published stay committed, the others stay pending; the events still end
  /// with `.finished`.
  public func cancel() { task.cancel() }
}
