/// Runs jobs: recovers, plans, and walks the plan's steps.
public struct JobRunner: Sendable {
  let storage: any Storage
  let ledger: any LedgerWriter
  let engine: any JoinEngine
  let holder: LockHolder
  let concurrency: Int

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - storage: Where the inputs are listed and the outputs are published.
  ///   - ledger: What was consumed, built and run; each run is recorded in it.
  ///   - engine: What reads, joins and writes the rows of each partition.
  ///   - holder: Who is named to others while a run holds an output's lock.
  ///   - concurrency: How many partitions are staged at the same time.
  public init(
    storage: any Storage, ledger: any LedgerWriter, engine: any JoinEngine, holder: LockHolder,
    concurrency: Int = 2
  ) {
    self.storage = storage
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
    let (events, continuation) = AsyncThrowingStream.makeStream(of: RunEvent.self)
    let execution = RunExecution(runner: self, job: job) { continuation.yield($0) }
    let task = Task {
      do {
        try await execution.run(request)
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
