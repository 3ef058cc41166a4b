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
  ///   - storage: Where the inputs are listed, and the outputs looked at.
  ///   - outputs: Where the outputs are published.
  ///   - ledger: What was consumed, built and run; each run is recorded in it.
  ///   - engine: What reads, joins and writes the rows of each partition.
  ///   - holder: Who is named to others while a run holds an output's lock.
  ///   - concurrency: How many partitions are staged at the same time.
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
  /// The events end with `.finished`, or with an error when the run was refused or could not go on:
  /// `PlanError`, `PublishError`, `EngineError` or what the ledger throws. A partition that fails is
  /// an event, not an error.
  public func start(_ job: JobDefinition, _ request: RunRequest = RunRequest()) -> JobRun {
    start(job) { try await $0.run(request) }
  }

  /// Publishes what a run has staged: all of it, or some partitions.
  ///
  /// What is left stays staged, and so do removals beyond the job's limit unless they are allowed. The events
  /// end as those of `start`; it also throws `StagedRunError`.
  public func publish(
    staged run: RunID, of job: JobDefinition, partitions: [Partition]? = nil,
    allowsRemovals: Bool = false
  ) -> JobRun {
    start(job) {
      try await $0.end(
        with: $0.publishStaged(run, partitions: partitions, allowsRemovals: allowsRemovals))
    }
  }

  /// Forgets what a run has staged: all of it, or some partitions.
  ///
  /// - Throws: `StagedRunError`, `PublishError`, or what the ledger throws.
  public func discard(staged run: RunID, of job: JobDefinition, partitions: [Partition]? = nil)
    async throws -> RunSummary
  {
    try await holding(job) { try await $0.discardStaged(run, partitions: partitions) }
  }

  /// Moves positions without building anything.
  ///
  /// - Parameters:
  ///   - change: Which positions, and where.
  ///   - job: The job whose positions they are.
  ///   - expected: `BookmarkPreview.id` of what the operator saw; refused when it would now be another.
  /// - Returns: The run that records it; without a number when nothing moves.
  /// - Throws: `BookmarkChangeError`, `PlanError.listing`, `PublishError`, or what the ledger throws.
  public func apply(_ change: BookmarkChange, to job: JobDefinition, expected: String? = nil)
    async throws -> RunSummary
  {
    try await holding(job) { try await $0.apply(change, expected: expected) }
  }

  /// Takes back what a run, or the last publish of some partitions, did.
  ///
  /// The events end as those of `start`; it also throws `UndoError`.
  ///
  /// - Parameters:
  ///   - request: What is taken back.
  ///   - job: The job that did it.
  ///   - expected: `UndoPlan.id` of what the operator saw; refused when it would now be another.
  ///   - note: Why, in the operator's words.
  /// - Returns: The run that goes on.
  public func undo(
    _ request: UndoRequest, of job: JobDefinition, expected: String? = nil, note: String? = nil
  ) -> JobRun {
    start(job) { try await $0.end(with: $0.undo(request, expected: expected, note: note)) }
  }

  /// Removes replaced versions that are no longer kept.
  ///
  /// - Returns: What went.
  /// - Throws: `PublishError`, or what the ledger throws.
  public func collectGarbage(of job: JobDefinition) async throws -> [KeptRun] {
    try await holding(job) { try await $0.collectGarbage() }
  }

  /// Does something to a job's output, and releases it.
  private func holding<Value: Sendable>(
    _ job: JobDefinition, emit: @escaping @Sendable (RunEvent) -> Void = { _ in },
    _ body: (RunExecution) async throws -> Value
  ) async throws -> Value {
    let execution = try RunExecution(runner: self, job: job, emit: emit)
    do {
      let value = try await body(execution)
      await execution.release()
      return value
    } catch {
      await execution.release()
      throw error
    }
  }

  private func start(
    _ job: JobDefinition, _ body: @escaping @Sendable (RunExecution) async throws -> Void
  ) -> JobRun {
    let (events, continuation) = AsyncThrowingStream.makeStream(of: RunEvent.self)
    let task = Task {
      do {
        try await holding(job, emit: { continuation.yield($0) }, body)
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
    return JobRun(events: events, task: task)
  }
}

/// A run that goes on.
public struct JobRun: Sendable {
  /// What happens, in order; read by one consumer.
  public let events: AsyncThrowingStream<RunEvent, any Error>
  let task: Task<Void, Never>

  /// Asks the run to end soon.
  ///
  /// Partitions that are published stay committed, the others stay pending; the events still end
  /// with `.finished`.
  public func cancel() { task.cancel() }
}
